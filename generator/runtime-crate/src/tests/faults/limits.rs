//! Bodies without an end.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::Method;
use std::io::Write;

use super::{Server, call, failed, get, json};
use crate::runtime::Error;

const MIB: usize = 1024 * 1024;

/// A server that sends a body without an end, and counts what it has sent.
fn endless(head: &'static str) -> (Server, Arc<AtomicUsize>) {
    let sent = Arc::<AtomicUsize>::default();
    let counted = Arc::clone(&sent);
    let server = Server::new(move |_, connection| {
        connection.request();
        connection.send(format!("HTTP/1.1 {head}\r\nconnection: close\r\n\r\n["));
        let count = connection.flood(b' ');
        counted.fetch_add(count, Ordering::AcqRel);
    });
    (server, sent)
}

#[tokio::test]
async fn an_endless_body_is_read_up_to_the_limit() {
    let (server, sent) = endless("200 OK");
    let mut builder = server.builder();
    builder.body_limit(2 * MIB);
    builder.timeout(std::time::Duration::from_secs(20));
    let core = builder.build("").unwrap();
    let error = failed(get(&core)).await;
    let Error::Decode(decode) = &error else {
        panic!("{error}");
    };
    assert!(error.to_string().contains("body_limit"), "{error}");
    assert!(decode.response().is_truncated());
    assert!(decode.response().body().len() <= 64 * 1024);
    let error = failed(call(&core, Method::GET).body_limit(MIB)).await;
    assert!(matches!(&error, Error::Decode(_)), "{error}");
    drop(server);
    // What the system has taken in besides.
    assert!(sent.load(Ordering::Acquire) < 16 * MIB, "{sent:?}");
}

#[tokio::test]
async fn an_endless_error_is_one_with_the_start_of_its_body() {
    let (server, _) = endless("502 Bad Gateway");
    let error = failed(get(&server.core())).await;
    let Error::UnexpectedStatus(error) = &error else {
        panic!("{error}");
    };
    assert!(error.response().is_truncated());
    let (server, _) = endless("201 Created");
    assert!(get(&server.core()).await.unwrap().is_null());
}

#[tokio::test]
async fn a_length_that_is_too_long_is_refused_at_once() {
    let server = Server::new(|_, connection| {
        connection.request();
        connection.send("HTTP/1.1 200 OK\r\ncontent-length: 99999999999999\r\n\r\n[");
        std::thread::sleep(super::SHORT * 3);
    });
    let started = std::time::Instant::now();
    let error = failed(get(&server.core())).await;
    assert!(started.elapsed() < super::SHORT);
    assert!(matches!(&error, Error::Decode(_)), "{error}");
    assert!(error.to_string().contains("body_limit"), "{error}");
}

/// What counts is what it is decoded to.
#[tokio::test]
async fn a_body_that_grows_when_it_is_decoded_is_read_up_to_the_limit() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..200 {
        encoder.write_all(&vec![b' '; MIB]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert!(bomb.len() < MIB);
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        bomb.len()
    );
    let server = Server::responding([head.into_bytes(), bomb].concat());
    let error = failed(get(&server.core())).await;
    assert!(matches!(&error, Error::Decode(_)), "{error}");
    assert!(error.to_string().contains("body_limit"), "{error}");
}

/// A large body within the limit is shown in part alone.
#[tokio::test]
async fn a_large_body_is_shown_in_part() {
    let body = format!("{{\"a\":\"{}", "x".repeat(MIB));
    let server = Server::responding(json("200 OK", &body));
    let error = failed(get(&server.core())).await;
    assert!(error.body_text().unwrap().len() > MIB);
}
