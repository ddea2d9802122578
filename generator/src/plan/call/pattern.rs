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

impl Pattern {
    /// One of the statuses, where no server has chosen one.
    pub fn usual(self) -> u16 {
        match self {
            Self::Code(code) | Self::Hundred(code) => code,
            Self::OtherSuccess => 200,
            Self::OtherError => 500,
        }
    }
}
