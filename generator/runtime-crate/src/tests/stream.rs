//! Responses that are read item by item.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};

use super::socket::{NO_CONTENT, body, core, header, read_nothing, server, servers};
use crate::runtime::read::events;
use crate::runtime::read::reader::{Format, Raw, Reader};
use crate::runtime::send::request::Request;
use crate::runtime::{Call, Event, StreamCall, StreamError};

/// How long an item may be.
const LIMIT: usize = 1024 * 1024;

/// A stream of this format from a server that gives this response.
async fn items<T: 'static>(
    response: &'static [u8],
    format: Format,
    decode: fn(Raw) -> Result<T, serde_json::Error>,
) -> Vec<Result<T, StreamError>> {
    let (address, taken) = server(response);
    let core = core(address);
    let request = Request::new("operation", Method::GET);
    let call = Call::new(&core, request, &[], read_nothing);
    let mut items = StreamCall::new(call, format, decode).await.unwrap();
    let mut list = Vec::new();
    while let Some(item) = items.next().await {
        list.push(item);
    }
    let request = taken.join().unwrap();
    assert_eq!(header(&request, "accept"), Some(format.content_type()));
    list
}

#[tokio::test]
async fn events_are_read_as_they_come() {
    let response = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\nconnection: close\r\n\r\n\
        \xEF\xBB\xBF: a comment\nid: 7\nevent: add\nretry: 1500\ndata: {\"a\":\ndata:1}\n\n\
        data: {\"a\":2}\r\n\r\nevent: nothing\n\ndata: broken\n\ndata: {\"a\":3}\r\r\
        data: [DONE]\n\ndata: {\"a\":4}\n\n";
    let list = items::<Event<Value>>(response, Format::Events("text/event-stream"), events::event);
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
    let response =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\nconnection: close\r\n\r\n\
        {\"a\":1}\n\n{\"a\":2}\r\n{\"a\":3}";
    let list = items::<Value>(
        response,
        Format::Lines("application/x-ndjson"),
        events::line,
    )
    .await;
    let list: Vec<Value> = list.into_iter().map(Result::unwrap).collect();
    assert_eq!(
        list,
        [json!({ "a": 1 }), json!({ "a": 2 }), json!({ "a": 3 })]
    );
}

/// A text of a sequence may have several lines, and one that is cut off is no text.
#[test]
fn texts_of_a_sequence_start_with_a_separator() {
    let stream = b"\x1E{\n \"a\":1\n}\n\x1E\x1E[2]\n\x1E\"c\"\n\x1E12";
    for size in [1, 3, stream.len()] {
        let mut reader = Reader::new(Format::Lines("application/json-seq"), LIMIT);
        let mut list = Vec::new();
        for bytes in stream.chunks(size) {
            reader.feed(bytes);
            list.extend(std::iter::from_fn(|| reader.next()));
        }
        reader.end();
        list.extend(std::iter::from_fn(|| reader.next()));
        let list: Vec<Option<Value>> = list.into_iter().map(|raw| events::line(raw).ok()).collect();
        let whole = [json!({ "a": 1 }), json!([2]), json!("c")].map(Some);
        assert_eq!(list[..3], whole);
        assert_eq!(list[3..], [None]);
    }
}

/// A text is there when its line ends, without waiting for the next one.
#[test]
fn a_text_of_a_sequence_is_not_held_back() {
    let mut reader = Reader::new(Format::Lines("application/json-seq"), LIMIT);
    for (fed, expected) in [
        (&b"\x1E{\n"[..], None),
        (b"\"a\":1}\n", Some(json!({ "a": 1 }))),
        (b"\x1E12", None),
        (b"3\n", Some(json!(123))),
    ] {
        reader.feed(fed);
        let next = reader.next().map(|raw| events::line(raw).unwrap());
        assert_eq!(next, expected);
    }
    reader.feed(b"\x1E");
    reader.end();
    assert_eq!(reader.next(), None);
}

/// Data that is described as text is not taken for JSON.
#[test]
fn whole_events_have_data_of_their_type() {
    let read = |stream: &[u8]| {
        let mut reader = Reader::new(Format::Events("text/event-stream"), LIMIT);
        reader.feed(stream);
        reader.next().unwrap()
    };
    for (stream, data) in [
        (&b"data: {\"a\":1}\n\n"[..], "{\"a\":1}"),
        (b"data: 42\n\n", "42"),
        (b"data: \"hi\"\n\n", "\"hi\""),
    ] {
        let text: BTreeMap<String, String> = events::whole_text(read(stream)).unwrap();
        assert_eq!(text["data"], data);
    }
    let stream = b"event: ping\ndata: 1\n\n";
    let ping: Value = events::whole_text_of(read(stream), &["ping"]).unwrap();
    assert_eq!(ping["data"], json!("1"));
    let other: Value = events::whole_text_of(read(stream), &["pong"]).unwrap();
    assert_eq!(other["data"], json!(1));
    let whole: Value = events::whole(read(b"data: {\"a\":1}\n\n")).unwrap();
    assert_eq!(whole["data"], json!({ "a": 1 }));
    let word: Event<String> = events::word(read(b"data: start\n\n")).unwrap();
    assert_eq!(word.data, "start");
}

#[tokio::test]
async fn a_stream_that_breaks_off_ends_with_an_error() {
    let response = b"HTTP/1.1 200 OK\r\ncontent-type: application/x-ndjson\r\ncontent-length: 99\r\n\r\n{\"a\":1}\n";
    let list = items::<Value>(
        response,
        Format::Lines("application/x-ndjson"),
        events::line,
    )
    .await;
    let [Ok(_), Err(StreamError::Transport(_))] = &list[..] else {
        panic!("{list:?}");
    };
}

#[tokio::test]
async fn an_answer_that_is_no_stream_is_an_error() {
    let response =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
    let (address, taken) = server(response);
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
        let mut reader = Reader::new(format, LIMIT);
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

/// An event stream goes on where it ended, until the server says that it is over.
#[tokio::test]
async fn events_go_on_after_the_last_one() {
    const HEAD: &str =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n";
    let response = |rest: &str| -> &'static [u8] { format!("{HEAD}{rest}").leak().as_bytes() };
    let (address, taken) = servers(vec![
        response("\r\nretry: 0\nid: 7\ndata: 1\n\nid: 9\ndata: lost"),
        response("content-length: 99\r\n\r\nid: 8\ndata: 2\n\n"),
        response("\r\ndata: 3\n\n"),
        b"HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n",
        NO_CONTENT,
    ]);
    let core = core(address);
    let mut request = Request::new("operation", Method::POST);
    request.body("text/plain", "body");
    let call = Call::new(&core, request, &[], read_nothing);
    let format = Format::Events("text/event-stream");
    let call = StreamCall::new(call, format, events::event::<Value>);
    let started = std::time::Instant::now();
    let mut items = call.last_event_id("6").reconnect().await.unwrap();
    let mut list = Vec::new();
    while let Some(item) = items.next().await {
        list.push(
            item.map(|event| event.data)
                .map_err(|error| error.to_string()),
        );
    }
    assert!(started.elapsed().as_millis() >= 300);
    let [Ok(one), Ok(two), Err(_), Ok(three), Err(refused)] = &list[..] else {
        panic!("{list:?}");
    };
    assert_eq!((one, two, three), (&json!(1), &json!(2), &json!(3)));
    assert_eq!(
        refused,
        "the stream does not go on: 503 Service Unavailable"
    );
    let requests = taken.join().unwrap();
    let ids = requests
        .iter()
        .map(|request| header(request, "last-event-id"));
    assert_eq!(
        ids.collect::<Vec<_>>(),
        [Some("6"), Some("7"), Some("8"), Some("8"), Some("8")]
    );
    assert!(requests.iter().all(|request| body(request) == "body"));
}

/// What is no event stream does not begin again, nor does one that has said that it is over.
#[tokio::test]
async fn a_stream_that_is_over_ends() {
    let lines = (
        Format::Lines("application/x-ndjson"),
        "application/x-ndjson",
        "1\n",
    );
    let events = (
        Format::Events("text/event-stream"),
        "text/event-stream",
        "data: [DONE]\n\n",
    );
    for (format, content_type, content) in [lines, events] {
        let response = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\nconnection: close\r\n\r\n{content}"
        );
        let (address, taken) = server(response.leak().as_bytes());
        let core = core(address);
        let call = Call::new(
            &core,
            Request::new("operation", Method::GET),
            &[],
            read_nothing,
        );
        let mut items = StreamCall::new(call, format, events::line::<Value>)
            .reconnect()
            .await
            .unwrap();
        let mut count = 0;
        while let Some(item) = items.next().await {
            item.unwrap();
            count += 1;
        }
        assert_eq!(
            count,
            usize::from(format == Format::Lines("application/x-ndjson"))
        );
        taken.join().unwrap();
    }
}
