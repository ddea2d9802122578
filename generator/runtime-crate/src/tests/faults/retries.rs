//! What servers ask for, and what is done.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};

use super::{Server, call, failed, json, read};
use crate::runtime::exchange::builder::CoreBuilder;
use crate::runtime::send::request::Request;
use crate::runtime::{Call, Error, Retry};

/// Attempts without delays of their own.
const FAST: Retry = Retry::standard().delay(Duration::from_millis(1), Duration::from_millis(1));

/// The first time this, then a success.
fn once(head: &'static str) -> Server {
    Server::new(move |number, connection| {
        connection.request();
        if number == 0 {
            connection.send(format!(
                "HTTP/1.1 {head}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            ));
        } else {
            connection.send(json("200 OK", "1"));
        }
    })
}

#[tokio::test]
async fn a_server_is_given_the_time_that_it_asks_for() {
    let server = once("429 Too Many Requests\r\nretry-after: 1");
    let error = failed(call(&server.core(), Method::GET)).await;
    assert_eq!(error.retry_after(), Some(Duration::from_secs(1)));
    assert!(error.is_retryable());
    let server = once("429 Too Many Requests\r\nretry-after: 1");
    let started = Instant::now();
    let call = call(&server.core(), Method::GET).retry(FAST);
    call.timeout(Duration::from_secs(5)).await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.received().len(), 2);
}

/// The statuses of the document, or of the caller, take the place of the usual ones.
#[tokio::test]
async fn statuses_that_are_named_are_those_that_are_tried_again() {
    let retry = FAST.any_method().statuses(&[404]);
    for (status, attempts) in [("404 Not Found", 2), ("503 Service Unavailable", 1)] {
        let server = once(status);
        let _ = call(&server.core(), Method::POST).retry(retry).await;
        assert_eq!(server.received().len(), attempts, "{status}");
    }
    let server = once("404 Not Found");
    let mut builder = CoreBuilder::default();
    builder.base_url(format!("http://{}", server.address));
    let core = builder.build("").unwrap();
    let mut request = Request::new("operation", Method::POST);
    request.path("/things");
    request.retries(Retry::of_document(1, 10, &[404]));
    let call = Call::new(&core, request, &[], read);
    assert_eq!(call.await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_server_that_asks_for_too_much_is_given_up() {
    for asked in ["86400", "61"] {
        let head = format!("429 Too Many Requests\r\nretry-after: {asked}").leak();
        let server = once(head);
        let started = Instant::now();
        let call = call(&server.core(), Method::GET).retry(FAST);
        let error = failed(call.timeout(Duration::MAX)).await;
        assert!(started.elapsed() < Duration::from_millis(500));
        assert_eq!((error.attempts(), server.received().len()), (1, 1));
    }
}

/// A date is compared with the server's own clock, whatever the one here says.
#[tokio::test]
async fn a_date_is_read_by_the_servers_clock() {
    let head = "503 Service Unavailable\r\ndate: Thu, 01 Jan 2015 00:00:00 GMT\r\n\
                retry-after: Thu, 01 Jan 2015 00:00:30 GMT";
    let error = failed(call(&once(head).core(), Method::GET)).await;
    assert_eq!(error.retry_after(), Some(Duration::from_secs(30)));
    let past = "503 Service Unavailable\r\ndate: Thu, 01 Jan 2015 00:00:00 GMT\r\n\
                retry-after: Thu, 01 Jan 2014 00:00:00 GMT";
    let server = once(past);
    call(&server.core(), Method::GET).retry(FAST).await.unwrap();
}

#[tokio::test]
async fn what_is_no_time_is_ignored() {
    for asked in ["soon", "-5", "1e3", ""] {
        let head = format!("503 Service Unavailable\r\nretry-after: {asked}").leak();
        let server = once(head);
        let error = failed(call(&server.core(), Method::GET)).await;
        assert_eq!(error.retry_after(), None, "{asked}");
        let server = once(head);
        call(&server.core(), Method::GET).retry(FAST).await.unwrap();
    }
}

/// The time limit of a call is that of all attempts: none begins that could not end.
#[tokio::test]
async fn the_time_of_a_call_is_that_of_all_attempts() {
    let server = once("503 Service Unavailable\r\nretry-after: 2");
    let started = Instant::now();
    let call = call(&server.core(), Method::GET).retry(FAST);
    let error = failed(call.timeout(Duration::from_millis(300))).await;
    assert!(started.elapsed() < Duration::from_millis(300));
    assert!(matches!(&error, Error::UnexpectedStatus(_)), "{error}");
}

/// A key by which the server knows what it has seen makes a call one that may be sent again.
#[tokio::test]
async fn an_idempotency_key_makes_a_call_safe() {
    let server = once("503 Service Unavailable");
    let post = || call(&server.core(), Method::POST).retry(FAST);
    assert_eq!(failed(post()).await.attempts(), 1);
    let server = once("503 Service Unavailable");
    let post = || call(&server.core(), Method::POST).retry(FAST);
    post().header("idempotency-key", "a").await.unwrap();
    assert!(
        server
            .received()
            .iter()
            .all(|head| head.contains("idempotency-key: a"))
    );
}

/// When most calls fail, those of a client stop trying again.
#[tokio::test]
async fn a_client_stops_trying_again_when_most_calls_fail() {
    let server =
        Server::responding("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n");
    let mut builder = server.builder();
    builder.retry(FAST);
    let core = builder.build("").unwrap();
    for _ in 0..100 {
        failed(call(&core, Method::GET)).await;
    }
    assert!(server.received().len() < 210, "{}", server.received().len());
}

/// Where the document has the header, the client sends one of its own, the same with each attempt.
#[tokio::test]
async fn a_key_of_the_clients_own_is_the_same_with_each_attempt() {
    let server = once("503 Service Unavailable");
    let core = server.core();
    let mut keys = Vec::new();
    for own in [None, Some("mine")] {
        let mut request = crate::runtime::send::request::Request::new("pay", Method::POST);
        request.idempotency_key("Idempotency-Key");
        let call = crate::runtime::Call::new(&core, request, super::SECURITY, super::read);
        let call = match own {
            Some(key) => call.header("idempotency-key", key),
            None => call,
        };
        call.retry(FAST).await.unwrap();
    }
    for head in server.received() {
        let line = head
            .lines()
            .find_map(|line| line.strip_prefix("idempotency-key: "));
        keys.push(line.unwrap().to_owned());
    }
    assert_eq!((keys.len(), &*keys[2]), (3, "mine"));
    assert_eq!((keys[0].len(), &keys[0]), (32, &keys[1]));
}
