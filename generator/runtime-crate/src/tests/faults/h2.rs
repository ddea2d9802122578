//! The same over HTTP/2 (RFC 9113): frames in place of lines.

use std::io::Read;

use reqwest::Method;

use super::{Connection, Server, call, failed};
use crate::runtime::exchange::core::Core;
use crate::runtime::wire::tls;
use crate::runtime::{Error, Phase};

const NO_ERROR: u8 = 0;
const INTERNAL_ERROR: u8 = 2;
const REFUSED_STREAM: u8 = 7;
const ENHANCE_YOUR_CALM: u8 = 11;

fn core(server: &Server) -> Core {
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls::config().unwrap())
        .http2_prior_knowledge()
        .build();
    let mut builder = server.builder();
    builder.http_client(client.unwrap());
    builder.build("").unwrap()
}

fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap();
    [&[0, 0, length, kind, flags, 0, 0, 0, stream], payload].concat()
}

/// `201`, which needs no body.
fn created(stream: u8) -> Vec<u8> {
    frame(1, 5, stream, b"\x08\x03201")
}

fn reset(stream: u8, code: u8) -> Vec<u8> {
    frame(3, 0, stream, &[0, 0, 0, code])
}

fn go_away(code: u8) -> Vec<u8> {
    frame(7, 0, 0, &[0, 0, 0, 0, 0, 0, 0, code])
}

impl Connection {
    fn exact(&mut self, count: usize) -> Option<Vec<u8>> {
        let mut bytes = vec![0; count];
        self.socket.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Begins, and sends settings.
    fn begin(&mut self) {
        self.exact(24);
        self.send(frame(4, 0, 0, &[]));
    }

    /// The stream of the next request.
    fn stream(&mut self) -> Option<u8> {
        loop {
            let head = self.exact(9)?;
            self.exact(usize::from(head[1]) << 8 | usize::from(head[2]))?;
            match (head[3], head[4]) {
                (1, _) => return Some(head[8]),
                (4, 0) => drop(self.send(frame(4, 1, 0, &[]))),
                _ => {}
            }
        }
    }
}

/// Does this with the first request, and responds to all others.
fn once(first: impl Fn(u8) -> Vec<u8> + Send + Sync + 'static) -> Server {
    let is_first = std::sync::atomic::AtomicBool::new(true);
    Server::new(move |_, connection| {
        connection.begin();
        while let Some(stream) = connection.stream() {
            let is_first = is_first.swap(false, std::sync::atomic::Ordering::AcqRel);
            connection.send(if is_first {
                first(stream)
            } else {
                created(stream)
            });
        }
    })
}

#[tokio::test]
async fn a_stream_that_is_reset_is_a_lost_connection() {
    for server in [
        once(|stream| reset(stream, INTERNAL_ERROR)),
        once(|_| go_away(ENHANCE_YOUR_CALM)),
    ] {
        let error = failed(call(&core(&server), Method::POST)).await;
        assert!(
            matches!(&error, Error::Transport(e) if e.phase() == Phase::Send),
            "{error}"
        );
    }
    let body = |stream| {
        let head = frame(1, 4, stream, b"\x88");
        let data = frame(0, 0, stream, b"[");
        [head, data, reset(stream, INTERNAL_ERROR)].concat()
    };
    let error = failed(call(&core(&once(body)), Method::GET)).await;
    assert!(
        matches!(&error, Error::Transport(e) if e.phase() == Phase::Body),
        "{error}"
    );
}

/// What the server says that it has not looked at is sent again, whatever the method.
#[tokio::test]
async fn a_request_that_was_not_processed_is_sent_again() {
    for server in [
        once(|stream| reset(stream, REFUSED_STREAM)),
        once(|_| go_away(NO_ERROR)),
    ] {
        call(&core(&server), Method::POST).await.unwrap();
    }
}
