//! What is said about something.

use super::text::Text;
use crate::api;

/// What is said about something: paragraphs first, then facts, then sections.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Docs {
    /// What it is; the first paragraph is the summary.
    pub text: Vec<Text>,
    /// Its default, an example.
    pub facts: Vec<Fact>,
    /// Lists under headings.
    pub sections: Vec<DocsSection>,
}

/// A fact about something.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// What it is: `Default`, `Example`.
    pub label: &'static str,
    /// The value.
    pub value: Text,
}

/// What stands under a heading.
#[derive(Debug, Clone, PartialEq)]
pub struct DocsSection {
    /// The heading.
    pub heading: &'static str,
    /// What stands before the list.
    pub text: Text,
    /// The list.
    pub rows: Vec<Row>,
}

/// A line of a list, and what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is about.
    pub subject: Text,
    /// What is said about it.
    pub docs: Docs,
}

impl Docs {
    /// One paragraph.
    pub fn of(text: Text) -> Self {
        Self {
            text: vec![text],
            ..Self::default()
        }
    }

    /// Adds a paragraph.
    #[must_use]
    pub fn paragraph(mut self, text: Text) -> Self {
        self.text.push(text);
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn fact(mut self, label: &'static str, value: Text) -> Self {
        self.facts.push(Fact { label, value });
        self
    }

    /// Adds a list under a heading, where it has rows.
    #[must_use]
    pub(in crate::plan) fn list(mut self, heading: &'static str, rows: Vec<Row>) -> Self {
        if !rows.is_empty() {
            self.sections.push(DocsSection {
                heading,
                text: Text::default(),
                rows,
            });
        }
        self
    }

    /// Adds text under a heading.
    #[must_use]
    pub(in crate::plan) fn section(mut self, heading: &'static str, text: Text) -> Self {
        self.sections.push(DocsSection {
            heading,
            text,
            rows: Vec::new(),
        });
        self
    }

    /// About how many lines it takes.
    pub fn lines(&self) -> usize {
        let text: usize = self.text.iter().map(|text| text.lines().count() + 1).sum();
        text + 2 * self.facts.len()
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.text.iter().all(Text::is_empty) && self.facts.is_empty() && self.sections.is_empty()
    }

    /// The first paragraph.
    pub fn summary(&self) -> Text {
        let first = self.text.first();
        first.map(Text::first_paragraph).unwrap_or_default()
    }
}

/// The document's words about something: title, description, constraints, default and example;
/// `fallback` when it says nothing of what it is.
pub(in crate::plan) fn docs(docs: &api::Docs, fallback: Text) -> Docs {
    let title = docs.title.trim();
    let description = docs.description.trim();
    let mut text = Vec::new();
    if !title.is_empty() && !description.starts_with(title) {
        text.push(Text::markdown(&sentence(title)));
    }
    if !description.is_empty() {
        text.push(Text::markdown(description));
    }
    text.retain(|text| !text.is_empty());
    if text.is_empty() {
        text.push(fallback);
    }
    text.extend(docs.notes.iter().map(|note| Text::markdown(note)));
    text.retain(|text| !text.is_empty());
    let facts = [("Default", &docs.default), ("Example", &docs.example)];
    let facts = facts.into_iter().filter_map(|(label, value)| {
        let value = Text::code(&shortened(value.as_ref()?.to_string()));
        Some(Fact { label, value })
    });
    Docs {
        text,
        facts: facts.collect(),
        sections: Vec::new(),
    }
}

/// The documentation of what has nothing but a description.
pub(in crate::plan) fn described(description: &str, fallback: Text) -> Docs {
    let description = description.to_owned();
    let words = api::Docs {
        description,
        ..api::Docs::default()
    };
    docs(&words, fallback)
}

/// The start of a text that is too long to be read in passing.
fn shortened(text: String) -> String {
    const LONGEST: usize = 1000;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn sentence(title: &str) -> String {
    if title.ends_with(['.', '!', '?', ':']) {
        title.to_owned()
    } else {
        format!("{title}.")
    }
}

#[cfg(test)]
mod tests {
    use super::docs;
    use crate::api;
    use crate::plan::words::Text;

    #[test]
    fn a_title_is_a_sentence_unless_the_description_starts_with_it() {
        let text = |title: &str, description: &str| -> Vec<String> {
            let words = api::Docs {
                title: title.to_owned(),
                description: description.to_owned(),
                ..api::Docs::default()
            };
            let docs = docs(&words, Text::own("Nothing."));
            docs.text.iter().map(Text::to_string).collect()
        };
        assert_eq!(text("A pet", "It barks."), ["A pet.", "It barks."]);
        assert_eq!(text("A pet", "A pet barks."), ["A pet barks."]);
        assert_eq!(text(" ", "\n"), ["Nothing."]);
    }

    #[test]
    fn values_are_facts() {
        let words = api::Docs {
            default: Some("a`b".into()),
            example: Some(3.into()),
            ..api::Docs::default()
        };
        let facts = docs(&words, Text::default()).facts;
        let facts: Vec<String> = facts
            .iter()
            .map(|f| format!("{}: {}", f.label, f.value))
            .collect();
        assert_eq!(facts, ["Default: ``\"a`b\"``", "Example: `3`"]);
    }
}
