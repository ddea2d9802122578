//! Calls without `async`, with the cargo feature `blocking`.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};

/// What runs the calls of all clients: one thread.
static RUNTIME: OnceLock<Runtime> = OnceLock::new();

/// Waits for a future on this thread.
///
/// # Panics
///
/// It is called within an asynchronous context, or the system has no thread left.
pub(crate) fn wait<F: IntoFuture>(future: F) -> F::Output {
    let runtime = RUNTIME.get_or_init(|| {
        let mut builder = Builder::new_multi_thread();
        let built = builder.worker_threads(1).enable_all().build();
        built.expect("the system has a thread for the runtime")
    });
    runtime.block_on(future.into_future())
}
