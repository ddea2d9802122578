//! How much work `allOf` may ask for: a document can ask for far more than it has.

use std::cell::{Cell, RefCell};

use crate::document::Limits;
use crate::pointer::Pointer;

/// How many schemas may still be joined, and how deep.
pub(super) struct Budget {
    limits: Limits,
    left: Cell<u64>,
    excess: RefCell<Option<Excess>>,
}

/// What was one too many.
#[derive(Clone)]
pub(super) struct Excess {
    /// The limit's name.
    pub limit: &'static str,
    /// Where it was met.
    pub at: Pointer,
    /// What is said about it.
    pub message: String,
}

impl Budget {
    pub(super) fn new(limits: Limits) -> Self {
        Self {
            limits,
            left: Cell::new(limits.merges),
            excess: RefCell::default(),
        }
    }

    /// Whether one more may be joined, at this place and through so many others.
    pub(super) fn allows(&self, at: &Pointer, depth: usize) -> bool {
        let Limits {
            merges,
            depth: deepest,
            ..
        } = self.limits;
        let (limit, message) = if depth as u64 > deepest {
            let message = format!("`allOf` leads through more than {deepest} schemas");
            ("depth", message)
        } else if self.allows_more() {
            return true;
        } else {
            let message = format!("`allOf` joins more than {merges} schemas of the document");
            ("merges", message)
        };
        let at = at.clone();
        let mut excess = self.excess.borrow_mut();
        excess.get_or_insert(Excess { limit, at, message });
        false
    }

    /// Whether one more may be looked at.
    pub(super) fn allows_more(&self) -> bool {
        let left = self.left.get().checked_sub(1);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    /// What was one too many, if anything was.
    pub(super) fn excess(&self) -> Option<Excess> {
        self.excess.borrow().clone()
    }
}
