//! What the generator has to say about a document: what, where, and what to do.

use crate::pointer::Pointer;

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
    /// Not an `OpenAPI` 3 document.
    NotOpenApi,
    /// A value of another JSON type than the specification asks for.
    WrongType,
    /// A member that the specification requires is missing.
    MissingMember,
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
}

impl Code {
    /// The code as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::Syntax => "syntax",
            Self::DuplicateKey => "duplicate-key",
            Self::LargeNumber => "large-number",
            Self::NotOpenApi => "not-openapi",
            Self::WrongType => "wrong-type",
            Self::MissingMember => "missing-member",
            Self::InvalidValue => "invalid-value",
            Self::UnresolvedReference => "unresolved-reference",
            Self::CircularReference => "circular-reference",
            Self::MissingResponses => "missing-responses",
            Self::PathParameter => "path-parameter",
            Self::DuplicateOperationId => "duplicate-operation-id",
            Self::Untyped => "untyped",
            Self::Unused => "unused",
        }
    }
}

/// Where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The file as a whole.
    File,
    /// A line and a column (both from one), where no tree could be built.
    Position(usize, usize),
    /// A value in the tree.
    Value(Pointer),
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// All findings of one run.
#[derive(Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
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
            Place::Value(at.clone()),
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
            Place::Value(at.clone()),
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

    /// Whether anything forbids writing the client.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// All findings, in the order they were made.
    pub fn into_list(self) -> Vec<Diagnostic> {
        self.0
    }

    fn push(
        &mut self,
        severity: Severity,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let diagnostic = Diagnostic {
            severity,
            code,
            place,
            message: message.into(),
            help: help.into(),
        };
        // A shared component is met once for each use of it.
        if !self.0.contains(&diagnostic) {
            self.0.push(diagnostic);
        }
    }
}
