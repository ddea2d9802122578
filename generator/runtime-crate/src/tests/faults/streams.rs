//! Streams that fall silent, break off, or have no end.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use super::{SECURITY, SHORT, Server, read};
use crate::runtime::exchange::core::Core;
use crate::runtime::read::events;
use crate::runtime::read::reader::{Format, Reader};
use crate::runtime::send::request::Request;
use crate::runtime::{Call, Error, Event, Phase, StreamCall, StreamError};

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n";

fn events(core: &Core) -> StreamCall<Event<Value>, Value, Value> {
    let mut request = Request::new("events", Method::GET);
    request.path("/events");
    let call = Call::new(core, request, SECURITY, read);
    StreamCall::new(
        call,
        Format::Events("text/event-stream"),
        events::event::<Value>,
    )
}

/// The head of a stream's response and the body of an error have the time limit of the client.
#[tokio::test]
async fn the_head_of_a_stream_is_not_waited_for_without_end() {
    for sent in ["", "HTTP/1.1 400 Bad Request\r\ncontent-length: 9\r\n\r\n{"] {
        let server = Server::new(move |_, connection| {
            connection.request();
            connection.send(sent);
            std::thread::sleep(SHORT * 4);
        });
        let mut builder = server.builder();
        builder.timeout(SHORT);
        let started = Instant::now();
        let error = events(&builder.build("").unwrap()).await.unwrap_err();
        assert!(started.elapsed() < SHORT * 2);
        assert!(matches!(&error, Error::Timeout(_)), "{error}");
    }
}

#[tokio::test]
async fn a_stream_that_falls_silent_is_waited_for_as_long_as_the_caller_says() {
    let server = Server::new(|_, connection| {
        connection.request();
        connection.send(format!("{HEAD}data: 1\n\n"));
        std::thread::sleep(SHORT * 4);
    });
    let mut stream = events(&server.core())
        .read_timeout(SHORT)
        .await
        .unwrap()
        .into_inner();
    assert_eq!(stream.next().await.unwrap().unwrap().data, 1);
    let started = Instant::now();
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(started.elapsed() < SHORT * 2);
    assert!(
        matches!(&error, StreamError::Timeout(e) if e.phase() == Phase::Body),
        "{error}"
    );
    assert!(stream.next().await.is_none());
}

/// The time limit of a client is not that of its streams.
#[tokio::test]
async fn a_stream_may_last_longer_than_a_call() {
    let server = Server::new(|_, connection| {
        connection.request();
        connection.send(HEAD);
        for number in 0..5 {
            std::thread::sleep(SHORT / 2);
            connection.send(format!("data: {number}\n\n"));
        }
    });
    let mut builder = server.builder();
    builder.timeout(SHORT);
    let mut stream = events(&builder.build("").unwrap())
        .await
        .unwrap()
        .into_inner();
    let mut count = 0;
    while let Some(event) = stream.next().await {
        assert_eq!(event.unwrap().data, count);
        count += 1;
    }
    assert_eq!(count, 5);
    let stream = events(&server.core())
        .reconnect()
        .timeout(Duration::MAX)
        .await;
    assert!(stream.unwrap().into_inner().next().await.unwrap().is_ok());
}

#[tokio::test]
async fn an_item_without_an_end_is_an_error() {
    for start in ["data: ", ":"] {
        let server = Server::new(move |_, connection| {
            connection.request();
            connection.send(format!("{HEAD}{start}"));
            connection.flood(b'x');
        });
        let mut stream = events(&server.core())
            .body_limit(1024 * 1024)
            .await
            .unwrap()
            .into_inner();
        let error = stream.next().await.unwrap().unwrap_err();
        assert!(error.to_string().contains("body_limit"), "{error}");
        assert!(format!("{error:?}").len() < 4096);
        assert!(stream.next().await.is_none());
    }
}

/// Many servers tell in the stream what has gone wrong.
#[tokio::test]
async fn an_item_that_is_not_the_promised_one_is_kept() {
    let server = Server::responding(format!(
        "{HEAD}data: {{\"error\":\"overloaded\"\n\ndata: 2\n\n"
    ));
    let mut stream = events(&server.core()).await.unwrap().into_inner();
    let StreamError::Decode(error) = stream.next().await.unwrap().unwrap_err() else {
        panic!();
    };
    assert_eq!(error.item(), b"{\"error\":\"overloaded\"");
    assert!(error.json::<Value>().is_err());
    assert_eq!(stream.next().await.unwrap().unwrap().data, 2);
}

/// What a server says about going on is followed as far as it makes sense.
#[tokio::test]
async fn a_stream_goes_on_whatever_the_server_says() {
    let server = Server::new(|number, connection| {
        connection.request();
        match number {
            0 => connection.send(format!("{HEAD}retry: 1\nid: a\x01b\ndata: 0\n\n")),
            1 => connection.send("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"),
            2 => connection.send(format!("{HEAD}data: 1\n\n")),
            _ => connection.send("HTTP/1.1 204 No Content\r\n\r\n"),
        };
    });
    let mut stream = events(&server.core())
        .reconnect()
        .await
        .unwrap()
        .into_inner();
    let mut seen = Vec::new();
    while let Some(item) = stream.next().await {
        seen.push(
            item.map(|event| event.data)
                .map_err(|error| error.to_string()),
        );
    }
    let refused = "the stream does not go on: 503 Service Unavailable".to_owned();
    assert_eq!(seen, [Ok(json!(0)), Err(refused), Ok(json!(1))]);
    assert!(
        server
            .received()
            .iter()
            .all(|head| !head.contains("last-event-id"))
    );
}

/// The time that a stream takes to be read grows with its length, and not faster.
#[test]
fn small_lines_and_long_records_cost_their_length() {
    let read = |format, bytes: &[u8], chunk: usize| {
        let mut reader = Reader::new(format, usize::MAX);
        let started = Instant::now();
        let mut count = 0;
        for chunk in bytes.chunks(chunk) {
            reader.feed(chunk);
            count += std::iter::from_fn(|| reader.next()).count();
        }
        reader.end();
        count += std::iter::from_fn(|| reader.next()).count();
        (count, started.elapsed())
    };
    let lines = vec![b'\n'; 4 * 1024 * 1024];
    let (count, took) = read(Format::Events("text/event-stream"), &lines, lines.len());
    assert!(count == 0 && took < Duration::from_secs(3), "{took:?}");
    let record = format!("\x1E[{}0]\n", "1,\n".repeat(700_000));
    let (count, took) = read(
        Format::Lines("application/json-seq"),
        record.as_bytes(),
        1024,
    );
    assert!(count == 1 && took < Duration::from_secs(3), "{took:?}");
}

/// Nobody reads ahead: what is not asked for is not taken in.
#[tokio::test]
async fn a_slow_reader_slows_the_server() {
    let sent = std::sync::Arc::<std::sync::atomic::AtomicUsize>::default();
    let counted = std::sync::Arc::clone(&sent);
    let server = Server::new(move |_, connection| {
        connection.request();
        connection.send(HEAD);
        while connection.send(format!("data: \"{}\"\n\n", "x".repeat(64 * 1024))) {
            counted.fetch_add(64 * 1024, std::sync::atomic::Ordering::AcqRel);
        }
    });
    let mut stream = events(&server.core()).await.unwrap().into_inner();
    for _ in 0..3 {
        stream.next().await.unwrap().unwrap();
        tokio::time::sleep(SHORT / 2).await;
    }
    let sent = sent.load(std::sync::atomic::Ordering::Acquire);
    assert!(sent < 16 * 1024 * 1024, "{sent}");
}

/// What is no stream has the time of a call.
#[tokio::test]
async fn a_success_that_is_no_stream_has_the_time_of_a_call() {
    let server = Server::new(|_, connection| {
        connection.request();
        connection.send("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\n\r\n");
        while connection.send("x") {
            std::thread::sleep(SHORT / 10);
        }
    });
    let mut builder = server.builder();
    builder.timeout(SHORT);
    let error = events(&builder.build("").unwrap()).await.unwrap_err();
    assert!(matches!(&error, Error::Timeout(_)), "{error}");
}
