//! Text that is safe in documentation.

use std::fmt;

use super::markdown::rewritten;
use crate::api::Status;
use crate::plan::names::Ident;
use crate::text::{code_span, one_line};

/// `CommonMark` in which nothing is code to be run, markup to be trusted, or a link to somewhere
/// unexpected, and which has no characters that hide or reorder others.
///
/// It is made of words of the generator's own, which are known when it is compiled, and of text of
/// the document, which is rewritten.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(String);

impl Text {
    /// Words of the generator's own.
    pub fn own(words: &'static str) -> Self {
        Self(words.to_owned())
    }

    /// `CommonMark` of the document, with headings, lists and code.
    pub fn markdown(text: &str) -> Self {
        let lines = rewritten(text);
        lines.map_or_else(|| Self::code(text), |lines| Self(lines.join("\n")))
    }

    /// `CommonMark` of the document within a line.
    pub fn inline(text: &str) -> Self {
        // Behind a colon, nothing starts a heading, a list or code.
        let Some(lines) = rewritten(&format!(": {}", one_line(text))) else {
            return Self::code(text);
        };
        let line = lines.join(" ");
        Self(line.strip_prefix(':').unwrap_or(&line).trim().to_owned())
    }

    /// Text of the document, shown as it is ("Code spans", `CommonMark`).
    pub fn code(text: &str) -> Self {
        Self(code_span(text))
    }

    /// A link to an item of the generated crate: a path that ends with these names.
    pub fn link(path: &[&Ident]) -> Self {
        // A raw identifier is linked by its name alone.
        let path = path
            .iter()
            .map(|ident| ident.as_str().trim_start_matches("r#"));
        Self(format!("[`{}`]", path.collect::<Vec<_>>().join("::")))
    }

    /// A link to an item at the root of the generated crate.
    pub fn root_link(item: &Ident) -> Self {
        let name = item.as_str();
        Self(format!("[`{name}`](crate::{name})"))
    }

    /// A link to an item of a module at the root of the generated crate.
    pub fn item_link(module: &Ident, path: &[&Ident]) -> Self {
        let plain = |ident: &Ident| ident.as_str().trim_start_matches("r#").to_owned();
        let path: Vec<String> = path.iter().map(|ident| plain(ident)).collect();
        let path = path.join("::");
        Self(format!("[`{path}`](crate::{}::{path})", plain(module)))
    }

    /// A link to a module at the root of the generated crate.
    pub fn module_link(module: &Ident) -> Self {
        let name = module.as_str().trim_start_matches("r#");
        Self(format!("[`{name}`](mod@crate::{name})"))
    }

    /// A status, as the document writes it.
    pub fn status(status: Status) -> Self {
        Self(status.to_string())
    }

    /// A status, as people know it.
    pub fn status_label(status: Status) -> Self {
        Self(status.label())
    }

    /// An identifier.
    pub fn name(ident: &Ident) -> Self {
        Self(ident.as_str().to_owned())
    }

    /// An identifier, as code.
    pub fn ident(ident: &Ident) -> Self {
        Self(format!("`{}`", ident.as_str()))
    }

    /// This text with another one behind it.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }

    /// This text with words of the generator's own behind it.
    #[must_use]
    pub fn then(mut self, words: &'static str) -> Self {
        self.0.push_str(words);
        self
    }

    /// This text with text of the document behind it, shown as it is.
    #[must_use]
    pub fn code_then(self, text: &str, words: &'static str) -> Self {
        self.and(&Self::code(text)).then(words)
    }

    /// All texts, with words of the generator's own between them.
    pub fn join(texts: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        let texts: Vec<String> = texts.into_iter().map(|text| text.0).collect();
        Self(texts.join(between))
    }

    /// The text's first paragraph on one line.
    #[must_use]
    pub fn first_paragraph(&self) -> Self {
        let paragraph = self.0.split("\n\n").next().unwrap_or_default();
        Self(paragraph.lines().collect::<Vec<_>>().join(" "))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.lines()
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Text;

    #[test]
    fn code_stays_one_code_span_on_one_line() {
        for (text, code) in [
            ("a", "`a`"),
            ("", "``"),
            ("a`b", "``a`b``"),
            ("`", "`` ` ``"),
            (
                "a\n\n```\nfn main() {}\n```",
                "```` a  ``` fn main() {} ``` ````",
            ),
            ("\u{202e}a", "`a`"),
        ] {
            assert_eq!(Text::code(text).to_string(), code, "{text:?}");
        }
    }

    #[test]
    fn inline_text_starts_no_block() {
        for (text, line) in [
            ("# a", "# a"),
            ("- a\n- b", "- a - b"),
            ("```\nfn main() {}\n```", "`fn main() {}`"),
            ("a *b*\n\nc [d]", "a *b* c \\[d]"),
        ] {
            assert_eq!(Text::inline(text).to_string(), line, "{text:?}");
        }
    }
}
