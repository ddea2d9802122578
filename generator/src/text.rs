//! Text of documents, made safe to show: in source code, in a terminal, in a manifest; and its words.

/// One kind of line break, and no characters that hide or reorder others (Unicode Technical
/// Report 36, section 3; Trojan Source, CVE-2021-42574).
pub fn visible(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\t' => Some(' '),
            c if c.is_control() || is_invisible(c) => None,
            c => Some(c),
        })
        .collect()
}

/// The same on one line.
pub fn one_line(text: &str) -> String {
    let text = visible(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `CommonMark` that shows a text as it is, on one line ("Code spans").
pub fn code_span(text: &str) -> String {
    let text = visible(text).replace('\n', " ");
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    let is_padded = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
    if is_padded || text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// Whether a character changes the direction or the extent of others and shows nothing itself.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// One of several.
pub fn singular(words: &str) -> String {
    let lower = words.to_ascii_lowercase();
    let cut = |end: usize| &words[..words.len() - end];
    let in_f = [
        "shelves", "leaves", "halves", "wolves", "selves", "thieves", "loaves",
    ];
    if in_f.iter().any(|end| lower.ends_with(end)) {
        return format!("{}f", cut(3));
    }
    if lower.ends_with("ies") && lower.len() > 4 {
        format!("{}y", cut(3))
    } else if ["sses", "shes", "ches", "xes"]
        .iter()
        .any(|end| lower.ends_with(end))
    {
        cut(2).to_owned()
    } else if lower.ends_with('s') && !["ss", "us", "is"].iter().any(|end| lower.ends_with(end)) {
        cut(1).to_owned()
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{one_line, singular, visible};

    #[test]
    fn what_hides_or_reorders_is_left_out() {
        assert_eq!(visible("a\u{202e}b\u{200b}c\u{feff}\u{7}d"), "abcd");
        assert_eq!(visible("a\r\nb\u{2028}c\td"), "a\nb\nc d");
        assert_eq!(one_line(" a\n\n b\u{85}c "), "a b c");
    }

    #[test]
    fn one_of_several_is_called_by_its_singular() {
        for (several, one) in [
            ("pets", "pet"),
            ("shelves", "shelf"),
            ("entries", "entry"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("status", "status"),
            ("analysis", "analysis"),
            ("sheep", "sheep"),
        ] {
            assert_eq!(singular(several), one, "{several}");
        }
    }
}
