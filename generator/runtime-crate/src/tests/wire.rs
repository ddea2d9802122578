//! What goes over the wire, byte by byte, to a server that is nothing but a socket.

use std::convert::Infallible;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::thread::{self, JoinHandle};

use reqwest::Method;
use serde_json::{Value, json};

use crate::runtime::client::{Core, CoreBuilder};
use crate::runtime::events::{self, Format};
use crate::runtime::parameter::Style::{DeepObject, Form, Label, Matrix, PipeDelimited};
use crate::runtime::parameter::{Location, Parameter, Style};
use crate::runtime::request::Request;
use crate::runtime::response::Outcome;
use crate::runtime::{Call, Event, Part, RawResponse, StreamCall, StreamError};

/// Takes one request, sends the answer, and returns what it has got.
fn server(answer: &'static [u8]) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let taken = thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut chunk = [0; 4096];
        while !is_whole(&request) {
            let read = socket.read(&mut chunk).unwrap();
            assert!(read > 0, "{}", String::from_utf8_lossy(&request));
            request.extend_from_slice(&chunk[..read]);
        }
        socket.write_all(answer).unwrap();
        String::from_utf8(request).unwrap()
    });
    (address, taken)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let header = |name: &str| {
        let mut lines = head.lines();
        lines.find_map(|line| line.strip_prefix(name).map(str::to_owned))
    };
    match header("content-length: ") {
        Some(length) => body.len() >= length.parse().unwrap(),
        None if header("transfer-encoding: chunked").is_some() => body.ends_with("0\r\n\r\n"),
        None => true,
    }
}

const NO_CONTENT: &[u8] = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";

fn core(address: SocketAddr) -> Core {
    let mut builder = CoreBuilder::default();
    builder.base_url(format!("http://{address}/api/"));
    builder.build("").unwrap()
}

fn read_nothing(_: &RawResponse) -> Outcome<(), Infallible> {
    Outcome::Success(())
}

/// The request as it arrives, when `build` has put it together.
async fn sent(method: Method, build: impl FnOnce(&mut Request)) -> String {
    let (address, taken) = server(NO_CONTENT);
    let mut request = Request::new("operation", method);
    build(&mut request);
    let core = core(address);
    Call::new(&core, request, &[], read_nothing).await.unwrap();
    taken.join().unwrap()
}

fn line(request: &str) -> &str {
    request.lines().next().unwrap()
}

fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").unwrap().1
}

fn header<'a>(request: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = request.lines();
    lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

#[tokio::test]
async fn parameters_arrive_as_they_were_spelled() {
    use Location::{Cookie, Header, Path, Query};
    let cells: [(Location, Style, bool, Value, &str); 13] = [
        (
            Path,
            Style::Simple,
            false,
            json!("a/b c%2e"),
            "/api/x/a%2Fb%20c%252e",
        ),
        (
            Path,
            Style::Simple,
            true,
            json!({ "a": 1, "b": [2, 3] }),
            "/api/x/a=1,b=2%2C3",
        ),
        (Path, Label, true, json!(["a", "b"]), "/api/x/.a.b"),
        (Path, Matrix, true, json!(["a", "b"]), "/api/x/;p=a;p=b"),
        (
            Query,
            Form,
            true,
            json!(["a&b", "c"]),
            "/api/x/?p=a%26b&p=c",
        ),
        (Query, Form, false, json!(["a", "b"]), "/api/x/?p=a,b"),
        (
            Query,
            PipeDelimited,
            false,
            json!(["a", "b"]),
            "/api/x/?p=a%7Cb",
        ),
        (
            Query,
            DeepObject,
            true,
            json!({ "a": { "b": [1, 2] } }),
            "/api/x/?p%5Ba%5D%5Bb%5D=1&p%5Ba%5D%5Bb%5D=2",
        ),
        (
            Query,
            Style::Json,
            false,
            json!({ "a": [1, "x"] }),
            "/api/x/?p=%7B%22a%22%3A%5B1%2C%22x%22%5D%7D",
        ),
        (
            Path,
            Style::Json,
            false,
            json!({ "a": null }),
            "/api/x/%7B%22a%22%3Anull%7D",
        ),
        (
            Header,
            Style::Json,
            false,
            json!({ "a": 1.5 }),
            r#"{"a":1.5}"#,
        ),
        (Header, Style::Simple, false, json!(["a", "b"]), "a,b"),
        (Cookie, Form, true, json!("a b"), "p=a%20b"),
    ];
    for (location, style, explode, value, expected) in cells {
        let request = sent(Method::GET, |request| {
            request.path("/x/");
            request.parameter(Parameter::new("p", location, style, explode), value);
        });
        let request = request.await;
        match location {
            Path | Query => assert_eq!(line(&request), format!("GET {expected} HTTP/1.1")),
            Header => assert_eq!(header(&request, "p"), Some(expected)),
            Cookie => assert_eq!(header(&request, "cookie"), Some(expected)),
        }
    }
}

#[tokio::test]
async fn bodies_arrive_as_their_content_types_say() {
    let request = sent(Method::POST, |request| {
        request.json("application/merge-patch+json", &json!({ "a": null }));
    });
    let request = request.await;
    assert_eq!(
        header(&request, "content-type"),
        Some("application/merge-patch+json")
    );
    assert_eq!(body(&request), r#"{"a":null}"#);

    let value =
        json!({ "n": 1, "s": "a b&c", "l": [1, 2], "o": { "x": 1 }, "d": { "y": { "z": [3] } } });
    let request = sent(Method::POST, |request| {
        let styles = [("d", DeepObject, true)];
        request.form("application/x-www-form-urlencoded", &styles, &value);
    });
    let request = request.await;
    assert_eq!(
        header(&request, "content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let mut pairs: Vec<&str> = body(&request).split('&').collect();
    pairs.sort_unstable();
    let expected = [
        "d%5By%5D%5Bz%5D=3",
        "l=1",
        "l=2",
        "n=1",
        "o=%7B%22x%22%3A1%7D",
        "s=a%20b%26c",
    ];
    assert_eq!(pairs, expected);

    let request = sent(Method::POST, |request| {
        request.lines("application/x-ndjson", &[json!({ "a": 1 }), json!([])]);
    });
    assert_eq!(body(&request.await), "{\"a\":1}\n[]\n");

    let request = sent(Method::PUT, |request| {
        request.body("image/png", vec![1, 2, 3]);
    });
    let request = request.await;
    assert_eq!(header(&request, "content-type"), Some("image/png"));
    assert_eq!(body(&request), "\u{1}\u{2}\u{3}");
}

#[tokio::test]
async fn parts_arrive_with_their_names_types_and_files() {
    let request = sent(Method::POST, |request| {
        let file = Part::bytes(b"content".to_vec()).file_name("a.txt");
        request.parts("file", vec![file.mime_str("text/plain").unwrap()]);
        request.field("kind", None, "old");
        request.field("kind", None, "log");
        request.field("labels", None, json!(["x", 2]));
        request.field("about", None, json!({ "a": 1 }));
        request.field("note", Some("text/markdown"), "*n*");
    });
    let request = request.await;
    let content_type = header(&request, "content-type").unwrap();
    let boundary = content_type
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let parts = body(&request).replace(boundary, "B");
    let disposition = "Content-Disposition: form-data; name=";
    let expected = [
        &format!(
            "{disposition}\"file\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\ncontent"
        ),
        &format!("{disposition}\"kind\"\r\n\r\nlog"),
        &format!("{disposition}\"labels\"\r\n\r\nx"),
        &format!("{disposition}\"labels\"\r\n\r\n2"),
        &format!("{disposition}\"about\"\r\nContent-Type: application/json\r\n\r\n{{\"a\":1}}"),
        &format!("{disposition}\"note\"\r\nContent-Type: text/markdown\r\n\r\n*n*"),
    ];
    let expected: String = expected.map(|part| format!("--B\r\n{part}\r\n")).concat();
    assert_eq!(parts, format!("{expected}--B--\r\n"));
}

/// A stream of this format from a server that gives this answer.
async fn pieces<T>(
    answer: &'static [u8],
    format: Format,
    decode: fn(events::Raw) -> Result<T, serde_json::Error>,
) -> Vec<Result<T, StreamError>> {
    let (address, taken) = server(answer);
    let core = core(address);
    let request = Request::new("operation", Method::GET);
    let call = Call::new(&core, request, &[], read_nothing);
    let mut pieces = StreamCall::new(call, format, decode).await.unwrap();
    let mut list = Vec::new();
    while let Some(piece) = pieces.next().await {
        list.push(piece);
    }
    let request = taken.join().unwrap();
    assert_eq!(header(&request, "accept"), Some(format.content_type()));
    list
}

#[tokio::test]
async fn events_are_read_as_they_come() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\nconnection: close\r\n\r\n\
        \xEF\xBB\xBF: a comment\nid: 7\nevent: add\nretry: 1500\ndata: {\"a\":\ndata:1}\n\n\
        data: {\"a\":2}\r\n\r\nevent: nothing\n\ndata: broken\n\ndata: {\"a\":3}\r\r\
        data: [DONE]\n\ndata: {\"a\":4}\n\n";
    let list = pieces::<Event<Value>>(answer, Format::Events("text/event-stream"), events::event);
    let list = list.await;
    let [
        Ok(first),
        Ok(second),
        Err(StreamError::Decode(_)),
        Ok(third),
    ] = &list[..]
    else {
        panic!("{list:?}");
    };
    assert_eq!(first.data, json!({ "a": 1 }));
    assert_eq!(
        (first.event.as_str(), first.id.as_deref()),
        ("add", Some("7"))
    );
    assert_eq!(first.retry.map(|retry| retry.as_millis()), Some(1500));
    assert_eq!(
        (second.event.as_str(), &second.data),
        ("message", &json!({ "a": 2 }))
    );
    assert_eq!(third.data, json!({ "a": 3 }));
}

#[tokio::test]
async fn lines_are_read_to_the_last_one() {
    let answer =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\nconnection: close\r\n\r\n\
        {\"a\":1}\n\n\x1E{\"a\":2}\r\n{\"a\":3}";
    let list = pieces::<Value>(answer, Format::Lines("application/x-ndjson"), events::line).await;
    let list: Vec<Value> = list.into_iter().map(Result::unwrap).collect();
    assert_eq!(
        list,
        [json!({ "a": 1 }), json!({ "a": 2 }), json!({ "a": 3 })]
    );
}

#[tokio::test]
async fn a_stream_that_breaks_off_ends_with_an_error() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\ncontent-length: 99\r\n\r\n{\"a\":1}\n";
    let list = pieces::<Value>(answer, Format::Lines("application/x-ndjson"), events::line).await;
    let [Ok(_), Err(StreamError::Transport(_))] = &list[..] else {
        panic!("{list:?}");
    };
}

#[tokio::test]
async fn an_answer_that_is_no_stream_is_an_error() {
    let answer =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
    let (address, taken) = server(answer);
    let core = core(address);
    let call = Call::new(
        &core,
        Request::new("operation", Method::GET),
        &[],
        read_nothing,
    );
    let call = StreamCall::new(call, Format::Events("text/event-stream"), events::text);
    let error = call.await.unwrap_err();
    assert_eq!(error.response().unwrap().body(), b"{}");
    taken.join().unwrap();
}

#[test]
fn pieces_are_the_same_however_the_bytes_arrive() {
    let stream = b"\xEF\xBB\xBFdata: a\r\ndata: b\r\n\r\ndata: c\n\ndata: d\r\r";
    let format = Format::Events("text/event-stream");
    let all = |sizes: usize| {
        let mut reader = events::Reader::new(format);
        let mut list = Vec::new();
        for bytes in stream.chunks(sizes) {
            reader.feed(bytes);
            list.extend(std::iter::from_fn(|| reader.next()));
        }
        reader.end();
        list.extend(std::iter::from_fn(|| reader.next()));
        let list = list.into_iter().map(events::text);
        list.map(|event| event.unwrap().data).collect::<Vec<_>>()
    };
    for sizes in 1..stream.len() {
        assert_eq!(all(sizes), ["a\nb", "c", "d"], "{sizes}");
    }
}

/// An operation's own server is called, unless the caller has named one.
#[tokio::test]
async fn an_operation_may_have_a_server_of_its_own() {
    for is_chosen in [false, true] {
        let (address, taken) = server(NO_CONTENT);
        let other = "http://127.0.0.1:1";
        let here: &'static str = Box::leak(format!("http://{address}/own/").into_boxed_str());
        let mut builder = CoreBuilder::default();
        let (default, own) = if is_chosen {
            builder.base_url(here);
            (other, other)
        } else {
            (other, here)
        };
        let core = builder.build(default).unwrap();
        let mut request = Request::new("operation", Method::GET);
        request.server(own);
        request.path("/x");
        Call::new(&core, request, &[], read_nothing).await.unwrap();
        assert_eq!(line(&taken.join().unwrap()), "GET /own/x HTTP/1.1");
    }
}

#[tokio::test]
async fn what_is_set_for_all_calls_is_sent_unless_the_call_sets_it() {
    let globals = |builder: &mut CoreBuilder| {
        builder.global(Parameter::header("x-device"), "d");
        builder.global(Parameter::query("theme"), "dark");
    };
    let build = |builder: CoreBuilder| builder.build("").unwrap();
    let (address, taken) = server(NO_CONTENT);
    let mut builder = CoreBuilder::default();
    builder.base_url(format!("http://{address}"));
    globals(&mut builder);
    let mut request = Request::new("operation", Method::GET);
    request.path("/x");
    request.parameter(Parameter::query("theme"), "light");
    request.globals(&["x-device"]);
    let core = build(builder);
    Call::new(&core, request, &[], read_nothing).await.unwrap();
    let seen = taken.join().unwrap();
    assert_eq!(line(&seen), "GET /x?theme=light HTTP/1.1");
    assert_eq!(header(&seen, "x-device"), Some("d"));

    let mut builder = CoreBuilder::default();
    builder.base_url("http://127.0.0.1:1");
    let mut request = Request::new("operation", Method::GET);
    request.globals(&["x-device"]);
    let core = build(builder);
    let error = Call::new(&core, request, &[], read_nothing)
        .await
        .unwrap_err();
    let expected =
        "`x-device` of `operation` is needed: set it for the call or on the client's builder";
    assert_eq!(error.to_string(), expected);
}
