//! What the generator has to say about a document: what, where, and what to do.

use std::collections::HashMap;
use std::iter;

use indexmap::IndexSet;
use serde::Deserialize;

use crate::pointer::Pointer;

/// The page that explains the codes.
const PAGE: &str = include_str!("../troubleshooting.md");

/// The known name that is most like one that is not known, where one is like it.
pub fn meant<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f64 = 0.75;
    let rated = known.into_iter();
    let rated = rated.map(|known| (strsim::jaro_winkler(name, known), known));
    let best = rated.max_by(|(one, _), (other, _)| one.total_cmp(other));
    let (_, known) = best.filter(|(rate, _)| *rate >= ALIKE)?;
    Some(known)
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Something of the document is lost or replaced.
    Warning,
}

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
    pub const ALL: [Self; 17] = [
        Self::Unreadable,
        Self::Syntax,
        Self::DuplicateKey,
        Self::LargeNumber,
        Self::TooLarge,
        Self::NotOpenApi,
        Self::WrongType,
        Self::MissingField,
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

/// Where it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A line and a column (both from one), where no tree could be built.
    Position(usize, usize),
    /// The same in a file that the document refers to.
    PositionIn(String, usize, usize),
    /// A value in the tree.
    Value(Pointer),
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of finding it is.
    pub code: Code,
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// What happens to a document that breaks the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "bool")]
pub enum Strictness {
    /// What has a substitute is replaced by it, with a warning.
    #[default]
    Usual,
    /// It is an error.
    Strict,
}

impl From<bool> for Strictness {
    fn from(is_strict: bool) -> Self {
        if is_strict { Self::Strict } else { Self::Usual }
    }
}

/// All findings of one run.
#[derive(Debug, Default)]
pub struct Diagnostics {
    strictness: Strictness,
    list: IndexSet<Diagnostic>,
    /// Where things stand now, and for each the moves that led there: their order, and where the
    /// thing was written.
    moved: HashMap<Pointer, Vec<(usize, Pointer)>>,
    moves: usize,
}

impl Diagnostics {
    /// Findings of a run that is as strict as this.
    pub fn new(strictness: Strictness) -> Self {
        Self {
            strictness,
            ..Self::default()
        }
    }

    /// Adds a violation of the specification that has a substitute.
    pub fn violation(
        &mut self,
        code: Code,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let severity = match self.strictness {
            Strictness::Usual => Severity::Warning,
            Strictness::Strict => Severity::Error,
        };
        self.push(
            severity,
            code,
            Place::Value(self.written(at)),
            message,
            help,
        );
    }

    /// Adds an error at a value.
    pub fn error(
        &mut self,
        code: Code,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(
            Severity::Error,
            code,
            Place::Value(self.written(at)),
            message,
            help,
        );
    }

    /// Adds a warning at a value.
    pub fn warning(
        &mut self,
        code: Code,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(
            Severity::Warning,
            code,
            Place::Value(self.written(at)),
            message,
            help,
        );
    }

    /// Adds an error that stands outside the tree.
    pub fn fatal(
        &mut self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Severity::Error, code, place, message, help);
    }

    /// Adds what was found in another file, which stands at this place of the tree.
    pub fn add_file(&mut self, file: &str, at: &Pointer, found: Self) {
        for mut diagnostic in found.list {
            diagnostic.place = match diagnostic.place {
                Place::File => Place::PositionIn(file.to_owned(), 1, 1),
                Place::Position(line, column) => Place::PositionIn(file.to_owned(), line, column),
                Place::Value(pointer) => Place::Value(at.join(&pointer)),
                elsewhere @ Place::PositionIn(..) => elsewhere,
            };
            self.list.insert(diagnostic);
        }
    }

    /// Notes that what now stands at one place was written at another: findings there are
    /// reported where the user can mend them.
    pub fn moved(&mut self, now: &Pointer, written: Pointer) {
        let moves = self.moved.entry(now.clone()).or_default();
        moves.push((self.moves, written));
        self.moves += 1;
    }

    /// Whether anything forbids writing the client.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// All findings, in the order they were made.
    pub fn into_list(self) -> Vec<Diagnostic> {
        self.list.into_iter().collect()
    }

    /// Where the user has written what stands at a place of the normalised document. Later moves
    /// are undone first.
    pub fn written(&self, at: &Pointer) -> Pointer {
        let mut at = at.clone();
        let mut before = usize::MAX;
        loop {
            let places = iter::successors(Some(&at), |place| place.above());
            let moves = places.filter_map(|place| {
                let moves = self.moved.get(place)?;
                let (order, written) = moves.iter().rev().find(|(order, _)| *order < before)?;
                Some((*order, written, place))
            });
            let Some((order, written, place)) = moves.max_by_key(|(order, ..)| *order) else {
                return at;
            };
            let below = at.tokens().split_off(place.tokens().len());
            at = written.below(below);
            before = order;
        }
    }

    /// A shared component is met once for each use of it, and reported once.
    fn push(
        &mut self,
        severity: Severity,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.list.insert(Diagnostic {
            severity,
            code,
            place,
            message: message.into(),
            help: help.into(),
        });
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
