//! Threads with room for what lies deep: documents of the deepest kind that is read, and the types that they
//! become.

use std::panic::resume_unwind;
use std::thread::{Builder, Scope, ScopedJoinHandle, scope};

/// The size of a stack, in bytes. Of what is not used, a system takes nothing.
const SIZE: usize = 128 * 1024 * 1024;

/// Starts a thread.
///
/// # Panics
///
/// Where the system has no room for another thread, as [`std::thread::spawn`].
pub fn spawn<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> ScopedJoinHandle<'scope, T> {
    let thread = Builder::new().stack_size(SIZE);
    let thread = thread.spawn_scoped(scope, work);
    thread.expect("the system has room for a thread")
}

/// Does work on a thread of its own.
///
/// # Panics
///
/// As [`spawn`], and where the work does.
pub fn run<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    scope(|scope| {
        spawn(scope, work)
            .join()
            .unwrap_or_else(|panic| resume_unwind(panic))
    })
}
