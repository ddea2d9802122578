//! Where in the document things come from.

use std::fmt;

use crate::pointer::Pointer;

/// Where in the normalised document something is described; nowhere, when it is made of several
/// places.
///
/// Normalising moves things: [`Diagnostics::written`](crate::diagnostic::Diagnostics::written)
/// leads from here to the file and the place where the user has written it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Origin(Option<Pointer>);

impl Origin {
    /// What is described in one place.
    pub fn at(pointer: &Pointer) -> Self {
        Self(Some(pointer.clone()))
    }

    /// What is made of several places.
    pub fn several() -> Self {
        Self(None)
    }

    /// The place that a JSON Pointer (RFC 6901) or the fragment of a reference names.
    pub fn named(place: &str) -> Option<Self> {
        let place = place.strip_prefix('#').unwrap_or(place);
        Pointer::from_fragment(place).map(|pointer| Self(Some(pointer)))
    }

    /// The place, where there is one.
    pub fn pointer(&self) -> Option<&Pointer> {
        self.0.as_ref()
    }
}

/// Writes the place as the fragment of a reference; nothing where there is none.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(pointer) => pointer.fmt(f),
            None => Ok(()),
        }
    }
}
