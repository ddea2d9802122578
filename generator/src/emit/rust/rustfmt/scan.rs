//! What a line of code consists of.

/// How far a line is indented.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The parentheses of the outermost call of a line, if they open and close in it.
pub(super) fn outermost(line: &str) -> Option<(usize, usize)> {
    let mut first = None;
    let mut depth = 0_usize;
    // Neither a visibility nor the guard of an arm is a call.
    let after = |text: &str| line.find(text).map(|at| at + text.len());
    let start = after(" => ").or(after("pub(crate)")).unwrap_or_default();
    for (index, byte) in code(line).filter(|(index, _)| *index >= start) {
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
pub(super) fn split(arguments: &str) -> Vec<&str> {
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
