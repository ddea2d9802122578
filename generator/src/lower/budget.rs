//! How much work `allOf` may ask for.

use std::cell::{Cell, RefCell};

use crate::pointer::Pointer;

/// How many schemas may still be joined; a document can ask for far more than it has.
pub(super) struct Budget {
    left: Cell<u64>,
    /// Where there were none left.
    ended_at: RefCell<Option<Pointer>>,
}

impl Budget {
    pub(super) fn new(merges: u64) -> Self {
        Self {
            left: Cell::new(merges),
            ended_at: RefCell::default(),
        }
    }

    /// Whether one more may be joined, at this place.
    pub(super) fn allows(&self, at: &Pointer) -> bool {
        let allows = self.allows_more();
        if !allows && self.ended_at.borrow().is_none() {
            *self.ended_at.borrow_mut() = Some(at.clone());
        }
        allows
    }

    /// The same where nothing is lost without it.
    pub(super) fn allows_more(&self) -> bool {
        let left = self.left.get().checked_sub(1);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    /// Where the schema is that was one too many.
    pub(super) fn ended_at(&self) -> Option<Pointer> {
        self.ended_at.borrow().clone()
    }
}
