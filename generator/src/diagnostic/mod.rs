//! What the generator has to say about a document: what, where, and what to do.

mod code;
mod list;

use crate::pointer::Pointer;

pub use code::Code;
pub use list::{Diagnostics, Policy, Strictness};

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

/// What may be meant by a name that is not known, behind a message.
pub fn question<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let meant = meant(name, known);
    meant.map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"))
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
    /// The places by which it is reached, and what leads on there.
    pub way: Vec<(Place, String)>,
}
