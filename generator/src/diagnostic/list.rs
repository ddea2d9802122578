//! All findings of a run, each at the place where the user can mend it.

use std::collections::HashMap;
use std::iter;

use indexmap::IndexSet;
use serde::Deserialize;

use super::{Code, Diagnostic, Place, Severity};
use crate::pointer::Pointer;

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

/// What becomes of findings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    /// What happens to a document that breaks the specification.
    pub strictness: Strictness,
    /// Kinds of findings that are errors.
    pub deny: Vec<Code>,
    /// Kinds of findings that are not reported, unless they are errors whatever the user wants.
    pub allow: Vec<Code>,
}

/// All findings of one run.
#[derive(Debug, Default)]
pub struct Diagnostics {
    policy: Policy,
    list: IndexSet<Diagnostic>,
    /// Where things stand now, and for each the moves that led there: their order, and where the
    /// thing was written.
    moved: HashMap<Pointer, Vec<(usize, Pointer)>>,
    moves: usize,
}

impl Diagnostics {
    /// Findings of a run that does this with them.
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            ..Self::default()
        }
    }

    /// Those of another file, for [`Self::add_file`].
    pub fn of_file(&self) -> Self {
        Self::new(self.policy.clone())
    }

    /// Adds a violation of the specification that has a substitute.
    pub fn violation(
        &mut self,
        code: Code,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.violation_along(code, at, message, help, Vec::new());
    }

    /// The same, with the places by which it is reached, and what leads on there.
    pub fn violation_along(
        &mut self,
        code: Code,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
        way: Vec<(Pointer, String)>,
    ) {
        let severity = match self.policy.strictness {
            Strictness::Usual => Severity::Warning,
            Strictness::Strict => Severity::Error,
        };
        let way = way.into_iter();
        let way = way.map(|(at, leads)| (Place::Value(self.written(&at)), leads));
        let finding = Diagnostic {
            severity,
            code,
            place: Place::Value(self.written(at)),
            message: message.into(),
            help: help.into(),
            way: way.collect(),
        };
        self.judge(finding);
    }

    /// Adds an error at a value.
    pub fn error(
        &mut self,
        code: Code,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let place = Place::Value(self.written(at));
        self.fatal(code, place, message, help);
    }

    /// Adds a warning at a value.
    pub fn warning(
        &mut self,
        code: Code,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let finding = Diagnostic {
            severity: Severity::Warning,
            code,
            place: Place::Value(self.written(at)),
            message: message.into(),
            help: help.into(),
            way: Vec::new(),
        };
        self.judge(finding);
    }

    /// Adds an error that stands outside the tree.
    pub fn fatal(
        &mut self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.list.insert(Diagnostic {
            severity: Severity::Error,
            code,
            place,
            message: message.into(),
            help: help.into(),
            way: Vec::new(),
        });
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

    /// Adds what the user may have an opinion about. A shared component is met once for each use of it, and
    /// reported once.
    fn judge(&mut self, mut finding: Diagnostic) {
        if self.policy.deny.contains(&finding.code) {
            finding.severity = Severity::Error;
        } else if self.policy.allow.contains(&finding.code) {
            return;
        }
        self.list.insert(finding);
    }
}
