//! Where `rustfmt` breaks lines otherwise than `prettyplease`: it fills 100 columns, and gives
//! each argument of a call its own line when together they are wider than 60.

const LINE: usize = 100;
const ARGUMENTS: usize = 60;

/// Breaks and joins lines as `rustfmt` does.
pub(super) fn adjust(text: &str) -> String {
    let text = single_links(text);
    let lines: Vec<&str> = text.lines().collect();
    let mut adjusted = String::with_capacity(text.len());
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        if let Some(arm) = arm(&lines[index..]) {
            index += 3;
            push(&mut adjusted, &arm);
            continue;
        }
        if let Some(signature) = signature(&lines[index..]) {
            index += signature.length;
            push(&mut adjusted, &signature.text);
            continue;
        }
        let group = group(&lines[index..]);
        match group.and_then(|group| joined(&group)) {
            Some(one) => {
                index += group_length(&lines[index..]);
                push(&mut adjusted, &broken(&one));
            }
            None => {
                index += 1;
                push(&mut adjusted, &broken(line));
            }
        }
    }
    adjusted
}

/// Puts a method that is called on a name beside the name: `prettyplease` puts it below.
fn single_links(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut linked = String::with_capacity(text.len());
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index];
        let depth = indent(line);
        let is_name = !line.is_empty() && line.trim().bytes().all(is_word);
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

/// An arm of a `match` whose value fits beside its pattern.
fn arm(lines: &[&str]) -> Option<String> {
    let [pattern, value, close, ..] = lines else {
        return None;
    };
    let start = pattern.strip_suffix("=> {")?;
    let is_value = indent(value) == indent(pattern) + 4 && !value.ends_with([';', '{', '(']);
    if !is_value || close.trim_start() != "}" || indent(close) != indent(pattern) {
        return None;
    }
    let line = format!("{start}=> {},", value.trim_start());
    (line.len() <= LINE).then_some(line)
}

/// A signature whose returned type `prettyplease` has broken.
struct Signature {
    length: usize,
    text: String,
}

/// `rustfmt` breaks the arguments before it breaks the returned type.
fn signature(lines: &[&str]) -> Option<Signature> {
    let (first, rest) = lines.split_first()?;
    let open = first.strip_suffix('<')?;
    let close = format!("{}> {{", " ".repeat(indent(first)));
    let end = rest.iter().position(|line| *line == close)?;
    let types: Vec<&str> = rest[..end].iter().map(|line| line.trim()).collect();
    let types = types.join(" ");
    let returned = format!("<{}> {{", types.trim_end_matches(','));
    let text = if is_signature(first) {
        let (start, close) = outermost(first)?;
        let indent = " ".repeat(indent(first));
        let mut text = format!("{}\n", &first[..=start]);
        for argument in split(&first[start + 1..close]) {
            text.extend([&indent, "    ", argument.trim(), ",\n"]);
        }
        text.extend([&indent, &open[close..], &returned]);
        text
    } else {
        format!("{open}{returned}")
    };
    let fits = text.lines().all(|line| line.len() <= LINE);
    fits.then_some(Signature {
        length: end + 2,
        text,
    })
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
    if is_signature(group.open) {
        return (line.len() <= LINE).then_some(line);
    }
    if arguments.len() > ARGUMENTS {
        return None;
    }
    if line.len() <= LINE {
        return Some(line);
    }
    // A value that does not fit beside its name goes below it.
    let (name, value) = line.split_once(" = ")?;
    let below = format!("{}    {value}", " ".repeat(indent(name)));
    (below.len() <= LINE).then(|| format!("{name} =\n{below}"))
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
    let wide = line.len() > LINE || arguments.len() > ARGUMENTS;
    if !wide || arguments.is_empty() || arguments.ends_with('{') {
        return line.to_owned();
    }
    let indent = " ".repeat(indent(line));
    let mut broken = format!("{}\n", &line[..=open]);
    for argument in split(arguments) {
        let argument = self::broken(&format!("{indent}    {}", argument.trim()));
        broken.extend([&argument, ",\n"]);
    }
    broken.push_str(&indent);
    broken.push_str(&line[close..]);
    broken
}

fn is_signature(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix("pub ").unwrap_or(line);
    let line = line.strip_prefix("pub(crate) ").unwrap_or(line);
    ["fn ", "const fn "]
        .iter()
        .any(|start| line.starts_with(start))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The parentheses of the outermost call of a line, if they open and close in it.
fn outermost(line: &str) -> Option<(usize, usize)> {
    let mut first = None;
    let mut depth = 0_usize;
    let visibility = line
        .find("pub(crate)")
        .map_or(0, |at| at + "pub(crate)".len());
    for (index, byte) in code(line).filter(|(index, _)| *index >= visibility) {
        match byte {
            b'(' => {
                first.get_or_insert(index);
                depth += 1;
            }
            b')' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some((first?, index));
                }
            }
            _ => {}
        }
    }
    None
}

/// The arguments of a call.
fn split(arguments: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut depth = 0_i32;
    let mut start = 0;
    for (index, byte) in code(arguments) {
        match byte {
            b'(' | b'[' | b'{' | b'<' => depth += 1,
            b')' | b']' | b'}' | b'>' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(&arguments[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(&arguments[start..]);
    parts
}

/// The bytes of a line that are not in a string.
fn code(line: &str) -> impl Iterator<Item = (usize, u8)> {
    let mut in_string = false;
    let mut escaped = false;
    line.bytes().enumerate().filter(move |(_, byte)| {
        let was = in_string;
        if *byte == b'"' && !escaped {
            in_string = !in_string;
        }
        escaped = *byte == b'\\' && !escaped;
        !was
    })
}
