//! Bodies of responses that are read whole.

use std::future::poll_fn;
use std::pin::Pin;

use bytes::Bytes;
use http_body::Body as _;

use crate::runtime::send::body::Body;
use crate::runtime::wire::failure::Failure;
use crate::runtime::wire::time::Time;

/// How much is kept of a body that is too long.
const KEPT: usize = 64 * 1024;

/// Reads a body to its end, or up to `limit` bytes, decoded ones; whether that was all.
pub(crate) async fn read(
    mut body: Body,
    limit: usize,
    time: Time,
) -> Result<(Bytes, bool), Failure> {
    let length = body.size_hint().lower();
    if usize::try_from(length).map_or(true, |length| length > limit) {
        return Ok((Bytes::new(), false));
    }
    // What is read at once is not copied.
    let mut first = Bytes::new();
    let mut whole = Vec::new();
    loop {
        let frame = poll_fn(|context| Pin::new(&mut body).poll_frame(context));
        let Some(frame) = time.limit_silence(frame).await? else {
            break;
        };
        let Ok(data) = frame.map_err(Failure::of_body)?.into_data() else {
            continue;
        };
        if first.is_empty() && whole.is_empty() {
            first = data;
        } else {
            whole.extend_from_slice(&std::mem::take(&mut first));
            whole.extend_from_slice(&data);
        }
        if first.len() + whole.len() > limit {
            whole.extend_from_slice(&first);
            whole.truncate(KEPT);
            whole.shrink_to_fit();
            return Ok((whole.into(), false));
        }
        if body.is_end_stream() {
            break;
        }
    }
    let whole = if whole.is_empty() {
        first
    } else {
        whole.into()
    };
    Ok((whole, true))
}
