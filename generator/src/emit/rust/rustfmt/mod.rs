//! Where `rustfmt` breaks lines otherwise than `prettyplease`: it fills 100 columns, and gives
//! each argument of a call its own line when together they are wider than 60.

mod declaration;
mod scan;

use scan::{indent, outermost, split};

const LINE: usize = 100;
const ARGUMENTS: usize = 60;

/// Breaks and joins lines as `rustfmt` does.
pub(super) fn adjust(text: &str) -> String {
    let text = declaration::layout(&bare_arms(&single_links(text)));
    let lines: Vec<&str> = text.lines().collect();
    let mut adjusted = String::with_capacity(text.len());
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        let group = group(&lines[index..]);
        let is_group = group.is_some();
        match group.and_then(|group| joined(&group)) {
            Some(one) => {
                index += group_length(&lines[index..]);
                push(&mut adjusted, &broken(&one));
            }
            None if line.len() > LINE && is_group => {
                let length = group_length(&lines[index..]);
                push(&mut adjusted, &value_below(&lines[index..index + length]));
                index += length;
            }
            None => {
                index += 1;
                push(&mut adjusted, &broken(line));
            }
        }
    }
    adjusted
}

/// A call over several lines whose first line is too long: it stands below its name.
fn value_below(lines: &[&str]) -> String {
    let (first, rest) = lines.split_first().unwrap_or((&"", &[]));
    match below(first, " = ") {
        Some(first) => {
            let rest = rest.iter().map(|line| format!("\n    {line}"));
            format!("{first}{}", rest.collect::<String>())
        }
        None => lines.join("\n"),
    }
}

/// Puts a method that is called on a name beside the name: `prettyplease` puts it below.
fn single_links(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut linked = String::with_capacity(text.len());
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        let depth = indent(line);
        let is_name =
            !line.is_empty() && line.trim().bytes().all(is_word) || line.ends_with("= self");
        let call = lines.get(index + 1).map(|next| next.trim_start());
        let Some(call) = call.filter(|call| is_name && call.starts_with('.')) else {
            push(&mut linked, line);
            index += 1;
            continue;
        };
        push(&mut linked, &format!("{line}{call}"));
        index += 2;
        while index < lines.len() && indent(lines[index]) > depth {
            push(&mut linked, lines[index].get(4..).unwrap_or_default());
            index += 1;
        }
    }
    linked
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Takes the braces from an arm of a `match` whose value is one call.
fn bare_arms(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut bare = String::with_capacity(text.len());
    let mut index = 0;
    while index < lines.len() {
        match arm(&lines[index..]) {
            Some((length, text)) => {
                index += length;
                push(&mut bare, &text);
            }
            None => {
                push(&mut bare, lines[index]);
                index += 1;
            }
        }
    }
    bare
}

/// An arm of a `match` whose value can stand beside its pattern; and how many lines it takes now.
fn arm(lines: &[&str]) -> Option<(usize, String)> {
    let (pattern, rest) = lines.split_first()?;
    let start = pattern.strip_suffix("=> {")?;
    let depth = indent(pattern);
    let end = rest.iter().position(|line| indent(line) <= depth)?;
    let (first, more) = rest[..end].split_first()?;
    let is_closed = rest[end].trim_start() == "}" && !first.ends_with([';', '{']);
    let inner = |line: &&str| indent(line) > depth + 4;
    let is_call = match more.split_last() {
        None => !first.ends_with('('),
        Some((last, between)) => {
            let closes = indent(last) == depth + 4 && last.trim_start() == ")";
            first.ends_with('(') && closes && between.iter().all(inner)
        }
    };
    let mut arm = format!("{start}=> {}", first.trim_start());
    if !is_closed || !is_call {
        return None;
    }
    for line in more {
        arm.extend(["\n", line.get(4..)?]);
    }
    arm.push(',');
    if more.is_empty() && arm.len() > LINE {
        let (open, close) = outermost(&arm)?;
        if split(&arm[open + 1..close]).len() < 2 {
            return None;
        }
        arm = with_arguments_below(&arm)?;
    }
    arm.lines()
        .all(|line| line.len() <= LINE)
        .then_some((end + 2, arm))
}

/// A call or a signature over several lines: its first line, its arguments, its last line.
struct Group<'a> {
    open: &'a str,
    arguments: Vec<&'a str>,
    close: &'a str,
}

fn group_length(lines: &[&str]) -> usize {
    group(lines).map_or(1, |group| group.arguments.len() + 2)
}

/// A group whose arguments take one line each.
fn group<'a>(lines: &[&'a str]) -> Option<Group<'a>> {
    let (open, rest) = lines.split_first()?;
    if !open.ends_with('(') || open.trim_start().starts_with("//") {
        return None;
    }
    let depth = indent(open);
    let end = rest.iter().position(|line| indent(line) <= depth)?;
    let close = rest[end];
    let arguments = &rest[..end];
    let simple = |line: &&str| indent(line) == depth + 4 && line.ends_with(',');
    if !close.trim_start().starts_with(')') || !arguments.iter().all(simple) {
        return None;
    }
    Some(Group {
        open,
        arguments: arguments.iter().map(|line| line.trim_start()).collect(),
        close,
    })
}

/// The group on one line, if that is how `rustfmt` writes it.
fn joined(group: &Group<'_>) -> Option<String> {
    let arguments = group.arguments.join(" ");
    let arguments = arguments.trim_end_matches(',');
    let line = format!("{}{arguments}{}", group.open, group.close.trim_start());
    let ends_parameters = group.open.trim() == ">(";
    if is_signature(group.open) || ends_parameters {
        return None;
    }
    let is_struct = group.open.contains("struct ");
    if group.arguments.len() > 1 && arguments.len() > ARGUMENTS && !is_struct {
        return None;
    }
    if line.len() <= LINE {
        return Some(line);
    }
    // A value that does not fit beside its name goes below it.
    let indent = " ".repeat(indent(&line));
    let text = if let Some((pattern, value)) = line.split_once(" => ") {
        let value = value.strip_suffix(',')?;
        format!("{pattern} => {{\n{indent}    {value}\n{indent}}}")
    } else {
        method_below(&line).or_else(|| below(&line, " = "))?
    };
    text.lines().all(|line| line.len() <= LINE).then_some(text)
}

/// A line, with what stands behind a separator on the next.
fn below(line: &str, separator: &str) -> Option<String> {
    let (name, value) = line.split_once(separator)?;
    let indent = " ".repeat(indent(line));
    Some(format!(
        "{name}{}\n{indent}    {value}",
        separator.trim_end()
    ))
}

/// A line, with the arguments of its outermost call on lines of their own where `rustfmt` puts
/// them there.
fn broken(line: &str) -> String {
    let text = line.trim_start();
    let stays = text.starts_with("//") || text.starts_with('#') || line.contains('\n');
    if stays || is_signature(text) && line.len() <= LINE {
        return line.to_owned();
    }
    let Some((open, close)) = outermost(line) else {
        return line.to_owned();
    };
    let arguments = &line[open + 1..close];
    let several = split(arguments).len() > 1;
    let wide = line.len() > LINE || several && arguments.len() > ARGUMENTS;
    let is_let = line.len() > LINE && text.starts_with("let ");
    if is_let && (!several || arguments.len() <= ARGUMENTS) {
        let below = below(line, " = ");
        let fits = |text: &String| text.lines().all(|line| line.len() <= LINE);
        if let Some(below) = below.filter(fits) {
            return below;
        }
    }
    if !wide || arguments.is_empty() || arguments.ends_with('{') {
        return line.to_owned();
    }
    if !several && let Some(chain) = method_below(line) {
        return chain;
    }
    with_arguments_below(line).unwrap_or_else(|| line.to_owned())
}

/// A method that is called on a name with one argument, below the name.
fn method_below(line: &str) -> Option<String> {
    let (name, call) = line.split_once('.')?;
    let text = format!("{name}\n{}    .{call}", " ".repeat(indent(line)));
    let is_method = name.trim_start().bytes().all(is_word);
    let fits = text.lines().all(|line| line.len() <= LINE);
    (is_method && fits).then_some(text)
}

/// A line, with each argument of its outermost call on a line of its own.
fn with_arguments_below(line: &str) -> Option<String> {
    let (open, close) = outermost(line)?;
    let indent = " ".repeat(indent(line));
    let mut text = format!("{}\n", &line[..=open]);
    // The tuple of one ends with a comma.
    let arguments = split(&line[open + 1..close]).into_iter();
    for argument in arguments.filter(|argument| !argument.trim().is_empty()) {
        let argument = broken(&format!("{indent}    {}", argument.trim()));
        text.extend([&argument, ",\n"]);
    }
    text.extend([&indent, &line[close..]]);
    Some(text)
}

fn is_signature(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let line = line.strip_prefix("pub(crate) ").unwrap_or(line);
    ["fn ", "const fn "]
        .iter()
        .any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::adjust;

    /// What `prettyplease` prints, and what `rustfmt` makes of it.
    fn adjusted(printed: &str, formatted: &str) {
        assert_eq!(adjust(printed), format!("{formatted}\n"), "{printed}");
    }

    #[test]
    fn arguments_wider_than_sixty_columns_have_lines_of_their_own() {
        let short = "    a.b(\n        first,\n        second,\n    );";
        adjusted(short, "    a.b(first, second);");
        let wide = format!("    a.b({}, {});", "x".repeat(40), "y".repeat(40));
        let broken = format!(
            "    a.b(\n        {},\n        {},\n    );",
            "x".repeat(40),
            "y".repeat(40)
        );
        adjusted(&wide, &broken);
        adjusted(&broken, &broken);
    }

    #[test]
    fn a_tuple_of_one_stays_one() {
        let line = format!("    a(({},))", "x".repeat(100));
        let broken = format!(
            "    a(\n        (\n            {},\n        ),\n    )",
            "x".repeat(100)
        );
        adjusted(&line, &broken);
    }

    #[test]
    fn texts_hold_no_arguments() {
        let line = format!("    a.b(\"{}\");", "(,)".repeat(15));
        adjusted(&line, &line);
    }

    #[test]
    fn a_method_stands_beside_a_name_and_arms_have_no_braces() {
        adjusted(
            "        request\n            .path(\"/\");",
            "        request.path(\"/\");",
        );
        let arm = "        200 => {\n            a.b()\n        }";
        adjusted(arm, "        200 => a.b(),");
    }

    #[test]
    fn signatures_fill_a_hundred_columns() {
        let signature =
            "    pub fn a(\n        &self,\n        b: &str,\n    ) -> C {\n        d\n    }";
        adjusted(
            signature,
            "    pub fn a(&self, b: &str) -> C {\n        d\n    }",
        );
    }

    #[test]
    fn comments_stay_as_they_are() {
        let comment = format!("    /// a({}, {})", "x".repeat(60), "y".repeat(60));
        adjusted(&comment, &comment);
    }
}
