//! Is a file short, and does it hold what belongs elsewhere?

use std::fs;
use std::path::Path;

/// The longest a source file may be.
const LONGEST_FILE: usize = 400;

/// The longest a function may be; a longer one is a list of steps without names.
const LONGEST_FUNCTION: usize = 60;

/// What a reader should not meet.
const LEFTOVERS: [&str; 4] = ["TODO", "FIXME", "XXX", "dbg!("];

/// What stands in one place of the generator only: the text, and the file or folder.
const AT_HOME: [(&str, &str); 6] = [
    ("#[doc = #", "generator/src/emit/rust/docs.rs"),
    ("split(';')", "generator/src/lower/media.rs"),
    ("starts_with(\"application/", "generator/src/lower/media.rs"),
    ("starts_with(\"multipart/", "generator/src/lower/media.rs"),
    ("starts_with(\"text/", "generator/src/lower/media.rs"),
    ("contains(\"json\")", "generator/src/lower/media.rs"),
];

/// Checks a file.
pub fn check(root: &Path, path: &Path, findings: &mut Vec<String>) {
    let text = fs::read_to_string(path).unwrap_or_default();
    let shown = path
        .strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string();
    let lines: Vec<&str> = text.lines().collect();
    if lines.len() > LONGEST_FILE {
        let length = lines.len();
        findings.push(format!(
            "{shown}: {length} lines; which two questions does it answer?"
        ));
    }
    // A test can be a table.
    let is_test = shown.contains("/tests/");
    for (start, length) in functions(&lines) {
        if length > LONGEST_FUNCTION && !is_test {
            findings.push(format!(
                "{shown}:{start}: a function of {length} lines; name its steps"
            ));
        }
    }
    let is_own = shown.ends_with("tidy/text.rs");
    for (index, line) in lines.iter().enumerate().filter(|_| !is_own) {
        let at = format!("{shown}:{}", index + 1);
        if LEFTOVERS.iter().any(|leftover| line.contains(leftover)) {
            findings.push(format!("{at}: finish it, or leave it out"));
        }
        let strangers = AT_HOME.iter().filter(|(text, home)| {
            shown.starts_with("generator/src") && line.contains(text) && shown != *home
        });
        for (text, home) in strangers {
            findings.push(format!("{at}: `{text}` belongs into {home}"));
        }
    }
}

/// The functions of a formatted file: the number of the line where each starts, and how many lines
/// it has.
fn functions(lines: &[&str]) -> Vec<(usize, usize)> {
    let mut functions = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let public = code
            .strip_prefix("pub")
            .map(|rest| match rest.strip_prefix('(') {
                Some(limit) => limit.split_once(") ").map_or(rest, |(_, rest)| rest),
                None => rest,
            });
        let words = public
            .unwrap_or(code)
            .split(['(', '<'])
            .next()
            .unwrap_or_default();
        let is_function = words.split(' ').rev().nth(1) == Some("fn");
        if !is_function || code.starts_with("//") || code.ends_with(';') || code.ends_with('}') {
            continue;
        }
        let end = format!("{}}}", &line[..line.len() - code.len()]);
        let length = lines[index..].iter().position(|line| *line == end);
        functions.extend(length.map(|length| (index + 1, length + 1)));
    }
    functions
}

#[cfg(test)]
mod tests {
    use super::functions;

    #[test]
    fn functions_end_where_their_line_is_closed() {
        let text = "impl A {\n    pub(super) fn a<T>(\n        b: T,\n    ) {\n        c()\n    }\n}\nfn d() {}\nfn e() {\n}\n";
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(functions(&lines), [(2, 5), (9, 2)]);
    }
}
