//! Markdown of pages.

use crate::plan::{Docs, Text};

/// A text of the crate's documentation, where links to items of the crate are their names.
pub(super) fn text(text: &Text) -> String {
    let text = text.to_string();
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find("[`") {
        let (before, link) = rest.split_at(start);
        plain.push_str(before);
        let Some(end) = link.find("`]") else { break };
        let behind = &link[end + "`]".len()..];
        let target = behind
            .strip_prefix('(')
            .and_then(|target| target.split_once(')'));
        match target {
            Some((target, after)) if is_item(target) => {
                plain.push_str(&link[1..=end]);
                rest = after;
            }
            Some(_) => {
                plain.push_str(&link[..end + "`]".len()]);
                rest = behind;
            }
            None => {
                plain.push_str(&link[1..=end]);
                rest = behind;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Whether a link leads to an item of the crate.
fn is_item(target: &str) -> bool {
    ["crate::", "mod@", "super::"]
        .iter()
        .any(|start| target.starts_with(start))
}

/// All that is said about something, without its sections.
pub(super) fn paragraphs(docs: &Docs) -> String {
    let texts = docs.text.iter().map(text);
    let facts = docs
        .facts
        .iter()
        .map(|fact| format!("{}: {}", fact.label, text(&fact.value)));
    let blocks: Vec<String> = texts
        .chain(facts)
        .filter(|block| !block.is_empty())
        .collect();
    blocks.join("\n\n")
}

/// The same for a cell of a table.
pub(super) fn cell(docs: &Docs) -> String {
    in_cell(&paragraphs(docs))
}

/// A text for a cell of a table: on one line, without what ends a cell. Lines of code are code still.
pub(super) fn in_cell(text: &str) -> String {
    let mut lines = Vec::new();
    let mut is_code = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("```") {
            is_code = !is_code;
        } else if is_code && !line.is_empty() {
            lines.push(Text::code(line).to_string());
        } else if !line.is_empty() && !line.starts_with("|--") {
            lines.push(line.trim_start_matches(['#', '>']).trim().to_owned());
        }
    }
    lines.join(" ").replace('|', "\\|")
}

/// A value of the document for a cell of a table, shown as it is.
pub(super) fn code(value: &str) -> String {
    in_cell(&Text::code(value).to_string())
}

/// A block of code, whatever fences it has within.
pub(super) fn block(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or_default().max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}")
}

/// The first sentence or line of what is said.
pub(super) fn summary(docs: &Docs) -> String {
    in_cell(&text(&docs.summary()))
}

/// A table, where it has rows.
pub(super) fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
    let rule = format!("|{}\n", " --- |".repeat(heads.len()));
    let rows: String = rows.iter().map(|row| line(row)).collect();
    format!("{}{rule}{}", line(&heads), rows.trim_end())
}

/// What a link to a heading ends with.
pub(super) fn anchor(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
    let lower: String = kept.flat_map(char::to_lowercase).collect();
    lower.replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::{in_cell, text};
    use crate::plan::Text;

    #[test]
    fn links_to_items_are_their_names_and_links_to_the_web_stay() {
        for (own, shown) in [
            ("How [`A::b`] ends.", "How `A::b` ends."),
            ("[`A`](crate::A) and [`b`](mod@crate::b)", "`A` and `b`"),
            (
                "[`x`](https://example.com) `y`",
                "[`x`](https://example.com) `y`",
            ),
            ("no link", "no link"),
        ] {
            assert_eq!(text(&Text::own(own)), shown);
        }
    }

    #[test]
    fn a_cell_is_one_line() {
        assert_eq!(
            in_cell("# a\n\n* b | c\n```text\nd\n```"),
            "a * b \\| c `d`"
        );
    }
}
