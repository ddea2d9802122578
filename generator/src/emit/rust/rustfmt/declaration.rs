//! Signatures, and what has a name and a type.

use super::scan::{indent, outermost, split};
use super::{LINE, below, is_signature, push};

/// What `rustfmt` does not count of the bound of an argument.
const UNCOUNTED: &str = "impl ";

/// Lays them all out again.
pub(super) fn layout(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut laid_out = String::with_capacity(text.len());
    let mut index = 0;
    while index < lines.len() {
        match declaration(&lines[index..]) {
            Some((length, text)) => {
                index += length;
                push(&mut laid_out, &text);
            }
            None => {
                push(&mut laid_out, lines[index]);
                index += 1;
            }
        }
    }
    laid_out
}

/// A signature or a field of a struct, with a name or without; and how many lines it takes now.
fn declaration(lines: &[&str]) -> Option<(usize, String)> {
    let first = lines.first()?;
    let depth = indent(first);
    let ends = |end: char| {
        let is_end = |line: &&str| indent(line) == depth && line.ends_with(end);
        lines.iter().position(is_end)
    };
    if (first.starts_with("impl ") || first.starts_with("impl<"))
        && let Some(rest) = lines.get(1).filter(|line| line.starts_with("for "))
    {
        return Some((2, implementation(first, rest)?));
    }
    // One parameter stays beside its type.
    if let [_, "    'a," | "    '_,", close, ..] = lines
        && let Some(rest) = close.strip_prefix('>')
        && first.ends_with('<')
    {
        let lifetime = lines[1].trim().trim_end_matches(',');
        let line = format!("{first}{lifetime}>{rest}");
        return (line.len() <= LINE).then_some((3, line));
    }
    if is_signature(first) {
        let length = ends('{')? + 1;
        return Some((length, signature(depth, &one_line(&lines[..length]))?));
    }
    if first.starts_with("//") {
        return None;
    }
    let first = first.trim_start();
    if first.starts_with("const ") && first.ends_with(';') && first.len() > LINE {
        return Some((1, below(first, " = ")?));
    }
    if first.starts_with("pub type ") && (first.ends_with('<') || first.len() > LINE) {
        let length = ends(';')? + 1;
        let line = one_line(&lines[..length]);
        return Some((
            length,
            fitting(depth, &line, " = ").or_else(|| below(&line, " = "))?,
        ));
    }
    let is_named = ["pub struct ", "pub enum "]
        .iter()
        .any(|word| first.starts_with(word));
    if is_named && first.ends_with(" {") && first.len() > LINE {
        return Some((1, format!("{}\n{{", first.strip_suffix(" {")?)));
    }
    let is_field = first.starts_with("pub ") && first.ends_with(',') && depth + first.len() > LINE;
    if is_field || first.ends_with('<') && !first.starts_with("//") {
        let length = ends(',')? + 1;
        return Some((length, fitting(depth, &one_line(&lines[..length]), ": ")?));
    }
    None
}

/// The first line of an implementation of a trait.
fn implementation(first: &str, rest: &str) -> Option<String> {
    let line = format!("{first} {rest}");
    // Of empty braces, one is not counted.
    if line.trim_end_matches('}').len() <= LINE {
        return Some(line);
    }
    let (name, body) = rest.split_once(" {")?;
    let end = if body.is_empty() { "" } else { "\n}" };
    Some(format!("{first}\n    {name}\n{{{end}"))
}

/// Several lines as one.
fn one_line(lines: &[&str]) -> String {
    let mut one = String::new();
    for line in lines.iter().map(|line| line.trim_start()) {
        if !(one.is_empty() || one.ends_with(['(', '<']) || line.starts_with([')', '>'])) {
            one.push(' ');
        }
        if line.starts_with([')', '>']) && one.ends_with(',') {
            one.pop();
        }
        one.push_str(line);
    }
    one
}

/// A signature: on one line; or with its arguments on lines of their own; and then with the brace
/// on the next line, or the parts of the returned type on lines of their own.
fn signature(depth: usize, line: &str) -> Option<String> {
    let indent = " ".repeat(depth);
    let whole = format!("{indent}{line}");
    if whole.len() <= LINE {
        return Some(whole);
    }
    let (open, close) = outermost(&whole)?;
    // `rustfmt` leaves room for three characters behind the parenthesis.
    let start = (open + 1 > LINE - 3).then(|| below_each_other(&whole[..open]));
    let start = start.flatten();
    let mut text = format!("{}(\n", start.as_deref().unwrap_or(&whole[..open]));
    for argument in split(&whole[open + 1..close]) {
        let argument = format!("{indent}    {}", argument.trim());
        let is_bound = argument.contains(": impl ");
        let stays = is_bound && argument.len() + ",".len() <= LINE + UNCOUNTED.len();
        let broken = parameters_below(&argument).filter(|_| !stays);
        text.push_str(&broken.unwrap_or(argument));
        text.push_str(",\n");
    }
    let last = format!("{indent}{}", &whole[close..]);
    // Where the brace follows the returned type, `rustfmt` counts the indentation twice.
    if last.len() + depth <= LINE {
        text.push_str(&last);
        return Some(text);
    }
    // On a line of its own, the returned type may be wider by the brace.
    let returned = last.strip_suffix(" {")?;
    if returned.len() <= LINE + " {".len() {
        text.extend([returned, "\n", &indent, "{"]);
        return Some(text);
    }
    let returned = parameters_below(returned)?;
    // `rustfmt` gives up on the space where a line remains too wide.
    let is_wide = returned.lines().any(|line| line.len() > LINE);
    text.extend([&*returned, if is_wide { "{" } else { " {" }]);
    Some(text)
}

/// A type that is too wide, with each of its parameters on a line of its own.
fn parameters_below(line: &str) -> Option<String> {
    (line.len() + ",".len() > LINE).then(|| below_each_other(line))?
}

/// A type with each of its parameters on a line of its own.
fn below_each_other(line: &str) -> Option<String> {
    let (start, parts) = line.strip_suffix('>')?.split_once('<')?;
    let indent = " ".repeat(indent(line));
    let mut text = format!("{start}<\n");
    for part in split(parts) {
        text.extend([&indent, "    ", part.trim(), ",\n"]);
    }
    text.extend([&indent, ">"]);
    Some(text)
}

/// A name and a type: the type on the next line where both do not fit in one.
fn fitting(depth: usize, line: &str, separator: &str) -> Option<String> {
    let whole = format!("{}{line}", " ".repeat(depth));
    if whole.len() <= LINE {
        return Some(whole);
    }
    let text = below(&whole, separator)?;
    text.lines().all(|line| line.len() <= LINE).then_some(text)
}
