//! Bodies that break off, and those that are not what was promised.

use std::io::Write;
use std::time::Instant;

use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::Method;

use super::{SHORT, Server, call, failed, get, json};
use crate::runtime::{Error, Phase};

#[tokio::test]
async fn a_body_that_breaks_off_is_a_lost_connection() {
    for response in [
        "content-length: 99\r\n\r\n{\"a\":",
        "transfer-encoding: chunked\r\n\r\n5\r\n{\"a\":",
        "transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    ] {
        for resets in [false, true] {
            let response = format!("HTTP/1.1 200 OK\r\n{response}");
            let server = Server::new(move |_, connection| {
                connection.request();
                connection.send(&response);
                if resets {
                    std::thread::sleep(std::time::Duration::from_millis(20));
                    connection.reset();
                }
            });
            let error = failed(get(&server.core())).await;
            assert!(
                matches!(&error, Error::Transport(e) if e.phase() == Phase::Body),
                "{error}"
            );
            assert_eq!(error.status().unwrap(), 200);
        }
    }
}

#[tokio::test]
async fn a_body_that_stalls_is_waited_for_until_the_time_is_over() {
    for drips in [false, true] {
        let server = Server::new(move |_, connection| {
            connection.request();
            connection.send("HTTP/1.1 200 OK\r\ncontent-length: 99999\r\n\r\n[");
            while drips && connection.send(" ") {
                std::thread::sleep(SHORT / 10);
            }
            std::thread::sleep(SHORT * 3);
        });
        let core = server.core();
        let started = Instant::now();
        let error = failed(call(&core, Method::GET).timeout(SHORT)).await;
        assert!(started.elapsed() < SHORT * 2);
        assert!(
            matches!(&error, Error::Timeout(e) if e.phase() == Phase::Body),
            "{error}"
        );
        assert_eq!(error.status().unwrap(), 200);
        if !drips {
            let silent = call(&core, Method::GET)
                .timeout(SHORT * 50)
                .read_timeout(SHORT);
            assert!(failed(silent).await.is_timeout());
        }
    }
}

fn zipped(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn encoded(encoding: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: {encoding}\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

#[tokio::test]
async fn a_compressed_body_is_read_or_said_to_be_broken() {
    let whole = zipped(b"[1,2]");
    let server = Server::responding(encoded("gzip", &whole));
    assert_eq!(get(&server.core()).await.unwrap().to_string(), "[1,2]");
    assert!(server.received()[0].contains("accept-encoding: gzip"));
    for broken in [
        &whole[..whole.len() - 8],
        b"no gzip at all, but long enough",
    ] {
        let server = Server::responding(encoded("gzip", broken));
        let error = failed(get(&server.core())).await;
        assert!(
            matches!(&error, Error::Transport(e) if e.phase() == Phase::Body),
            "{error}"
        );
    }
    let server = Server::responding(encoded("snappy", b"\x00\x01"));
    let error = failed(get(&server.core())).await;
    assert!(matches!(&error, Error::Decode(_)), "{error}");
    assert!(error.to_string().contains("snappy"), "{error}");
}

#[tokio::test]
async fn a_body_that_is_not_the_promised_one_says_where() {
    for (body, path) in [
        ("", "."),
        ("<html>", "."),
        ("{\"a\":1} x", "."),
        ("{\"a\":1e400}", "a"),
    ] {
        let server = Server::responding(json("200 OK", body));
        let error = failed(get(&server.core())).await;
        let Error::Decode(decode) = &error else {
            panic!("{body}: {error}");
        };
        assert_eq!(decode.response().text(), body);
        assert_eq!(decode.path(), path, "{body}: {error}");
    }
    let server = Server::responding(json("200 OK", "\u{feff}[1]"));
    assert_eq!(get(&server.core()).await.unwrap().to_string(), "[1]");
    let server = Server::responding(json("400 Bad Request", "{"));
    let error = failed(get(&server.core())).await;
    assert!(matches!(&error, Error::Decode(_)), "{error}");
    assert_eq!(error.status().unwrap(), 400);
    // Deep values are refused, and overflow no stack.
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let server = Server::responding(json("200 OK", &deep));
    assert!(matches!(
        failed(get(&server.core())).await,
        Error::Decode(_)
    ));
}

/// A body of HTML is named where JSON is promised.
#[tokio::test]
async fn html_in_place_of_json_is_named() {
    let server = Server::responding(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>",
    );
    let error = failed(get(&server.core())).await;
    assert_eq!(
        error.to_string(),
        "200 OK: expected a JSON body, got text/html (operation)"
    );
}

/// A body that nobody asked for does no harm.
#[tokio::test]
async fn a_body_where_none_is_documented_is_no_error() {
    let server = Server::responding(json("201 Created", "not JSON"));
    assert!(get(&server.core()).await.unwrap().is_null());
}

/// What a body holds is not repeated at length where it is not what was promised.
#[tokio::test]
async fn an_error_repeats_no_more_than_a_line_of_a_body() {
    let long = "x".repeat(100_000);
    for (status, body) in [
        ("200 OK", format!("\"{long}\"")),
        ("418 Teapot", format!(r#"{{"message":"{long}"}}"#)),
    ] {
        let server = Server::responding(json(status, &body));
        let request = crate::runtime::send::request::Request::new("count", Method::GET);
        let read = |response: &crate::runtime::RawResponse| match response.status().as_u16() {
            200 => {
                crate::runtime::exchange::outcome::Outcome::<i64, ()>::from(response.read_json())
            }
            _ => crate::runtime::exchange::outcome::Outcome::Undocumented,
        };
        let call = crate::runtime::Call::new(&server.core(), request, super::SECURITY, read);
        let error = call.await.unwrap_err();
        let source = std::error::Error::source(&error).map(ToString::to_string);
        for shown in [error.to_string(), source.unwrap_or_default()] {
            assert!(shown.len() < 1000, "{}", shown.len());
        }
        assert!(format!("{error:?}").len() < 4000);
    }
}

/// A method that has a body as a rule says that it has none.
#[tokio::test]
async fn the_length_of_no_body_is_sent_where_one_is_usual() {
    for (method, is_sent) in [
        (Method::POST, true),
        (Method::PUT, true),
        (Method::GET, false),
    ] {
        let server = Server::responding(json("200 OK", "1"));
        call(&server.core(), method).await.unwrap();
        assert_eq!(server.received()[0].contains("content-length: 0"), is_sent);
    }
}
