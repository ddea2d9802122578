//! The kinds of findings, each with a page of its own.

use std::str::FromStr;

use serde::{Deserialize, Deserializer, de};

use super::question;

/// The page that explains the codes.
const PAGE: &str = include_str!("../../troubleshooting.md");

/// What kind of finding it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// The file could not be read.
    Unreadable,
    /// The text is not YAML or JSON.
    Syntax,
    /// A key occurs twice in one object.
    DuplicateKey,
    /// A number does not fit into 64 bits.
    LargeNumber,
    /// It would take more than a limit allows.
    TooLarge,
    /// Not an `OpenAPI` 3 document.
    NotOpenApi,
    /// A value of another JSON type than the specification asks for.
    WrongType,
    /// A field that the specification requires is missing.
    MissingField,
    /// A field that the specification does not have, and that is spelled like one that it has.
    UnknownField,
    /// A member's value is none that the specification allows.
    InvalidValue,
    /// A reference that leads nowhere.
    UnresolvedReference,
    /// A reference that leads back to itself.
    CircularReference,
    /// An operation that declares no responses.
    MissingResponses,
    /// A path template and its parameters do not agree.
    PathParameter,
    /// An operation's name is taken.
    DuplicateOperationId,
    /// A construct that the generated types do not express.
    Untyped,
    /// A construct that the generated client does not use.
    Unused,
    /// What the settings name is not in the document.
    Unmatched,
}

impl Code {
    /// All codes.
    pub const ALL: [Self; 18] = [
        Self::Unreadable,
        Self::Syntax,
        Self::DuplicateKey,
        Self::LargeNumber,
        Self::TooLarge,
        Self::NotOpenApi,
        Self::WrongType,
        Self::MissingField,
        Self::UnknownField,
        Self::InvalidValue,
        Self::UnresolvedReference,
        Self::CircularReference,
        Self::MissingResponses,
        Self::PathParameter,
        Self::DuplicateOperationId,
        Self::Untyped,
        Self::Unused,
        Self::Unmatched,
    ];

    /// What a finding of this code means, and what helps: Markdown.
    pub fn explanation(self) -> &'static str {
        let heading = format!("## `{}`\n\n", self.as_str());
        let rest = PAGE.split_once(&heading).map(|(_, rest)| rest);
        let section = rest.and_then(|rest| rest.split("\n## `").next());
        section.unwrap_or_default().trim_end()
    }

    /// Whether it may follow from another finding, which is to be mended first.
    pub fn may_follow(self) -> bool {
        let codes = [
            Self::MissingResponses,
            Self::PathParameter,
            Self::Untyped,
            Self::Unused,
        ];
        codes.contains(&self)
    }

    /// The code as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Syntax => "syntax",
            Self::DuplicateKey => "duplicate-key",
            Self::LargeNumber => "large-number",
            Self::TooLarge => "too-large",
            Self::NotOpenApi => "not-openapi",
            Self::WrongType => "wrong-type",
            Self::MissingField => "missing-field",
            Self::UnknownField => "unknown-field",
            Self::InvalidValue => "invalid-value",
            Self::UnresolvedReference => "unresolved-reference",
            Self::CircularReference => "circular-reference",
            Self::MissingResponses => "missing-responses",
            Self::PathParameter => "path-parameter",
            Self::DuplicateOperationId => "duplicate-operation-id",
            Self::Untyped => "untyped",
            Self::Unused => "unused",
            Self::Unmatched => "unmatched",
        }
    }
}

impl FromStr for Code {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|code| code.as_str() == text);
        known.ok_or_else(|| {
            let codes = Self::ALL.map(Self::as_str);
            format!("`{text}` is no code of a finding{}", question(text, codes))
        })
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, PAGE};

    #[test]
    fn the_page_explains_every_code_and_no_other() {
        for code in Code::ALL {
            assert!(code.explanation().len() > 40, "{}", code.as_str());
        }
        assert_eq!(PAGE.matches("\n## `").count(), Code::ALL.len());
    }
}
