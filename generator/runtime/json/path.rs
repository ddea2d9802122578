//! Where in a JSON text a decoder stopped.

use std::fmt::Write as _;

/// The path of the value that ends at, or was to start at, the given line and column (one-based,
/// in bytes, as `serde_json::Error` counts them): `tasks[2].interval`, or `.` for the whole text.
pub(crate) fn at(text: &[u8], line: usize, column: usize) -> String {
    let line_start = match line {
        0 | 1 => 0,
        _ => {
            let mut ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
            ends.nth(line - 2).map_or(0, |(index, _)| index + 1)
        }
    };
    let read = text.len().min(line_start + column);
    let mut open = Vec::new();
    let mut rest = &text[..read];
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'{' => open.push(Step::Key(None)),
            b'[' => open.push(Step::Index(0)),
            b'}' | b']' => {
                open.pop();
            }
            b',' => match open.last_mut() {
                Some(Step::Index(index)) => *index += 1,
                Some(Step::Key(key)) => *key = None,
                None => {}
            },
            b'"' => {
                let length = string_length(rest);
                let (string, after) = rest.split_at(length);
                rest = after.get(1..).unwrap_or_default();
                if let Some(Step::Key(key @ None)) = open.last_mut() {
                    *key = Some(string);
                }
            }
            _ => {}
        }
    }
    written(&open)
}

/// A container that is still open: the member or the element being read.
enum Step<'a> {
    Key(Option<&'a [u8]>),
    Index(usize),
}

/// The bytes before the closing quote.
fn string_length(text: &[u8]) -> usize {
    let mut escaped = false;
    let end = text.iter().position(|&byte| {
        let closing = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closing
    });
    end.unwrap_or(text.len())
}

fn written(open: &[Step<'_>]) -> String {
    let mut path = String::new();
    for step in open {
        match step {
            Step::Key(None) => {}
            Step::Key(Some(key)) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&String::from_utf8_lossy(key));
            }
            Step::Index(index) => {
                // Writing to a string does not fail.
                let _ = write!(path, "[{index}]");
            }
        }
    }
    if path.is_empty() {
        path.push('.');
    }
    path
}
