//! Statuses that are read alike.

/// Which status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// One code.
    Code(u16),
    /// A hundred codes from this one.
    Hundred(u16),
    /// Every other code of success (2xx).
    OtherSuccess,
    /// Every other code that is no success.
    OtherError,
}
