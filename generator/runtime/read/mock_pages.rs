//! Answers of operations whose items are read page by page, with the cargo feature `mock`.

use std::fmt;
use std::ops::Deref;

use crate::runtime::exchange::mock::MockCall;

/// What an operation answers that is read page by page: `I` is an item, `T` a page.
///
/// Dereferences to the answers for a page.
pub struct MockPages<I, T, E> {
    page: MockCall<T, E>,
    items: MockCall<Vec<I>, E>,
}

impl<I: 'static, T: 'static, E: 'static> MockPages<I, T, E> {
    pub(crate) fn new(page: MockCall<T, E>) -> Self {
        let items = page.items();
        Self { page, items }
    }

    /// The answers for the items of all pages.
    pub fn items(&self) -> &MockCall<Vec<I>, E> {
        &self.items
    }
}

impl<I, T, E> Deref for MockPages<I, T, E> {
    type Target = MockCall<T, E>;

    fn deref(&self) -> &MockCall<T, E> {
        &self.page
    }
}

impl<I, T, E> fmt::Debug for MockPages<I, T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.page.fmt(f)
    }
}
