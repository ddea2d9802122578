//! What goes over the wire, byte by byte.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use reqwest::Method;
use serde_json::{Value, json};

use super::socket::{NO_CONTENT, body, core, header, line, read_nothing, server};
use crate::runtime::encode::parameter::Style::{DeepObject, Form, Label, Matrix, PipeDelimited};
use crate::runtime::encode::parameter::{Location, Parameter, Style};
use crate::runtime::exchange::builder::CoreBuilder;
use crate::runtime::send::form::Encoding;
use crate::runtime::send::request::Request;
use crate::runtime::{Body, Call, Part};

/// The request as it arrives, when `build` has put it together.
async fn sent(method: Method, build: impl FnOnce(&mut Request)) -> String {
    let (address, taken) = server(NO_CONTENT);
    let mut request = Request::new("operation", method);
    build(&mut request);
    let core = core(address);
    Call::new(&core, request, &[], read_nothing).await.unwrap();
    taken.join().unwrap()
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
            "/api/x/?p%5Ba%5D%5Bb%5D%5B0%5D=1&p%5Ba%5D%5Bb%5D%5B1%5D=2",
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
        json!({ "n": 1, "s": "a b/c", "l": [1, 2], "o": { "x": 1 }, "d": { "y": { "z": [3] } } });
    let request = sent(Method::POST, |request| {
        let styles = [
            Encoding::Styled("d", DeepObject, true),
            Encoding::Reserved("s", Form, true),
        ];
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
        "d%5By%5D%5Bz%5D%5B0%5D=3",
        "l=1",
        "l=2",
        "n=1",
        "o=%7B%22x%22%3A1%7D",
        "s=a%20b/c",
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
        request.field(2, "labels", None, json!(["x", 2]));
        let file = Part::new(b"content".to_vec()).file_name("a\"b.txt");
        let file = file.content_type("text/plain").header("x-a", "1");
        request.parts(0, "file", "image/png", vec![file, Part::new("picture")]);
        request.field(1, "kind", None, "old");
        request.field(1, "kind", None, "log");
        request.field(3, "about", None, json!({ "a": 1 }));
        request.field(4, "note", Some("text/markdown"), "*n*");
        let link = Parameter::new("link", Location::Query, DeepObject, true);
        request.styled(5, link, json!({ "old": true }));
        request.styled(
            5,
            link,
            json!({ "create": true, "more": { "a b": "c&d+e" } }),
        );
        let words = Parameter::new("words", Location::Query, PipeDelimited, false);
        request.styled(6, words, json!(["x", "y z"]));
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
            "{disposition}\"file\"; filename=\"a%22b.txt\"\r\ncontent-type: text/plain\r\nx-a: 1\r\n\r\ncontent"
        ),
        &format!("{disposition}\"file\"\r\ncontent-type: image/png\r\n\r\npicture"),
        &format!("{disposition}\"kind\"\r\n\r\nlog"),
        &format!("{disposition}\"labels\"\r\n\r\nx"),
        &format!("{disposition}\"labels\"\r\n\r\n2"),
        &format!("{disposition}\"about\"\r\ncontent-type: application/json\r\n\r\n{{\"a\":1}}"),
        &format!("{disposition}\"note\"\r\ncontent-type: text/markdown\r\n\r\n*n*"),
        &format!("{disposition}\"link[create]\"\r\n\r\ntrue"),
        &format!("{disposition}\"link[more][a b]\"\r\n\r\nc&d+e"),
        &format!("{disposition}\"words\"\r\n\r\nx|y z"),
    ];
    let expected: String = expected.map(|part| format!("--B\r\n{part}\r\n")).concat();
    assert_eq!(parts, format!("{expected}--B--\r\n"));
}

#[tokio::test]
async fn other_bodies_in_parts_have_their_content_types_and_headers() {
    let request = sent(Method::POST, |request| {
        request.multipart("multipart/related");
        request.part_header("about", Parameter::header("x-rate"), 5);
        request.field(3, "about", None, json!({ "a": 1 }));
        request.all_parts(vec![
            (
                "own",
                Part::new("three")
                    .file_name("a")
                    .header("content-disposition", "inline"),
            ),
            ("", Part::new("one").content_type("text/html")),
            ("about", Part::new("two")),
        ]);
    });
    let request = request.await;
    let content_type = header(&request, "content-type").unwrap();
    let boundary = content_type
        .strip_prefix("multipart/related; boundary=")
        .unwrap();
    assert_eq!(
        body(&request).replace(boundary, "B"),
        "--B\r\ncontent-disposition: inline\r\n\r\nthree\r\n--B\r\ncontent-type: text/html\r\n\r\none\r\n\
         --B\r\nContent-Disposition: form-data; name=\"about\"\r\nx-rate: 5\r\n\r\ntwo\r\n--B--\r\n"
    );
}

/// A file is read while it is sent.
#[tokio::test]
async fn files_are_parts_and_bodies() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let content = std::fs::read_to_string(path).unwrap();
    let file = async || tokio::fs::File::open(path).await.unwrap();
    let part = Part::new(file().await);
    let request = sent(Method::POST, |request| {
        request.parts(0, "file", "text/plain", vec![part]);
    });
    assert!(request.await.contains("[dev-dependencies]"));
    let file = file().await;
    let request = sent(Method::POST, |request| request.body("text/plain", file)).await;
    let lines = content
        .lines()
        .filter(|line| request.contains(line))
        .count();
    assert_eq!(lines, content.lines().count());
}

/// A stream of known length makes the length of the body known; one of unknown length is sent in
/// chunks. Bytes alone are one body, which can be sent again.
#[tokio::test]
async fn streams_among_the_parts_are_not_gathered() {
    struct Slow(VecDeque<&'static [u8]>, bool);
    impl http_body::Body for Slow {
        type Data = Bytes;
        type Error = std::io::Error;
        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
            Poll::Ready(
                self.0
                    .pop_front()
                    .map(|bytes| Ok(Frame::data(Bytes::from_static(bytes)))),
            )
        }
        fn size_hint(&self) -> SizeHint {
            let length: usize = self.0.iter().map(|bytes| bytes.len()).sum();
            if self.1 {
                SizeHint::with_exact(length as u64)
            } else {
                SizeHint::default()
            }
        }
    }
    for is_known in [true, false] {
        let request = sent(Method::POST, |request| {
            let slow = Body::wrap(Slow([&b"con"[..], b"tent"].into(), is_known));
            request.parts(0, "file", "text/plain", vec![Part::new(slow)]);
            request.field(4, "note", None, "n");
        });
        let request = request.await;
        assert_eq!(header(&request, "content-length").is_some(), is_known);
        assert_eq!(header(&request, "transfer-encoding").is_some(), !is_known);
        assert!(
            !is_known || request.contains("\r\n\r\ncontent\r\n--"),
            "{request}"
        );
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

#[tokio::test]
async fn headers_of_all_calls_are_sent_unless_the_call_sets_them() {
    let (address, taken) = server(NO_CONTENT);
    let mut builder = CoreBuilder::default();
    builder.base_url(format!("http://{address}"));
    builder.header("x-tenant", "a");
    builder.header("x-agent", "old");
    builder.header("X-Agent", "b");
    let core = builder.build("").unwrap();
    assert!(!format!("{core:?}").contains("\"a\""));
    let mut request = Request::new("operation", Method::GET);
    request.path("/x");
    request.globals(&["x-tenant"]);
    let call = Call::new(&core, request, &[], read_nothing);
    call.header("x-agent", "c").await.unwrap();
    let seen = taken.join().unwrap();
    assert_eq!(header(&seen, "x-tenant"), Some("a"));
    assert_eq!(header(&seen, "x-agent"), Some("c"));

    for (name, value, reason) in [
        ("a b", "x", "the header `a b` is not a valid header name"),
        (
            "a",
            "x\ny",
            "the header `a` has control characters in its value",
        ),
    ] {
        let mut builder = CoreBuilder::default();
        builder.header(name, value);
        let error = builder.build("http://127.0.0.1:1").unwrap_err();
        assert_eq!(error.to_string(), reason);
    }
}
