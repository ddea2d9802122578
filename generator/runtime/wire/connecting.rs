//! Whether a request that is being sent waits for its connection.

use std::cell::Cell;

use http::Response;

use crate::runtime::send::body::Body;
use crate::runtime::wire::failure::{Failure, Phase, TransportError};
use crate::runtime::wire::time::Time;

tokio::task_local! {
    static IS_CONNECTING: Cell<bool>;
}

/// Says that the request of this task waits for its connection, or no longer does.
pub(crate) fn set(is_connecting: bool) {
    let _ = IS_CONNECTING.try_with(|cell| cell.set(is_connecting));
}

/// Waits for a response until the time is over; a time limit that ends while the connection is made says so.
pub(crate) async fn limited(
    time: Time,
    sending: impl Future<Output = Result<Response<Body>, TransportError>>,
) -> Result<Result<Response<Body>, TransportError>, Failure> {
    let mut sending = std::pin::pin!(IS_CONNECTING.scope(Cell::new(false), sending));
    let result = time.limit(Phase::Send, sending.as_mut()).await;
    let is_connecting = || sending.take_value().is_some_and(|cell| cell.get());
    if result.is_err() && is_connecting() {
        return Err(Failure::timed_out(Phase::Connect));
    }
    result
}
