//! Where a call goes.

use reqwest::Method;

use super::socket::{NO_CONTENT, line, read_nothing, server};
use crate::runtime::Call;
use crate::runtime::exchange::builder::CoreBuilder;
use crate::runtime::send::request::Request;

/// A document that is not served knows no host.
#[test]
fn a_server_without_a_host_is_an_error() {
    let error = CoreBuilder::default().build("/api/v3").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`/api/v3` is not a valid base URL: it does not say which server; set the base URL on the client's builder"
    );
}

/// Where a call goes: what is set for it, then what is set for all calls, then its own server, which
/// may be relative to the API's.
#[tokio::test]
async fn an_operation_may_have_a_server_of_its_own() {
    const NOWHERE: &str = "http://127.0.0.1:1";
    /// Sets the client's builder and the request up, with the URL where the request has to go.
    type Setup = fn(&mut CoreBuilder, &mut Request, &'static str);
    let cases: [(Setup, &str); 6] = [
        (
            |builder, request, here| {
                builder.server(NOWHERE);
                request.server(here);
            },
            "/own/x",
        ),
        (
            |builder, request, here| {
                builder.base_url(here);
                request.server(NOWHERE);
            },
            "/own/x",
        ),
        (
            |builder, request, here| {
                builder.base_url(here);
                request.server("/files");
            },
            "/files/x",
        ),
        (
            |builder, request, here| {
                builder.server(here);
                request.server("/");
            },
            "/x",
        ),
        (
            |builder, request, here| {
                builder.base_url(NOWHERE);
                request.server(NOWHERE);
                request.base_url(here);
            },
            "/own/x",
        ),
        (
            |builder, request, here| {
                builder.server(here);
                request.server(NOWHERE);
                request.base_url("/files/raw/");
            },
            "/files/raw/x",
        ),
    ];
    for (setup, path) in cases {
        let (address, taken) = server(NO_CONTENT);
        let here: &'static str = Box::leak(format!("http://{address}/own/").into_boxed_str());
        let mut builder = CoreBuilder::default();
        let mut request = Request::new("operation", Method::GET);
        setup(&mut builder, &mut request, here);
        request.path("/x");
        let core = builder.build(NOWHERE).unwrap();
        Call::new(&core, request, &[], read_nothing).await.unwrap();
        assert_eq!(line(&taken.join().unwrap()), format!("GET {path} HTTP/1.1"));
    }
}

#[tokio::test]
async fn a_base_url_of_a_call_is_checked() {
    let core = CoreBuilder::default().build("http://127.0.0.1:1").unwrap();
    for (url, reason) in [
        (
            "ftp://example.com",
            "it must start with `http://` or `https://`",
        ),
        ("https://example.com?a=b", "it must end with its path"),
        (
            "https://user:word@example.com",
            "it must not hold credentials",
        ),
        ("https://", "empty host"),
    ] {
        let mut request = Request::new("operation", Method::GET);
        request.base_url(url);
        let call = Call::new(&core, request, &[], read_nothing);
        let expected = format!("`base_url` of `operation` is not valid: {reason}");
        assert_eq!(call.await.unwrap_err().to_string(), expected);
    }
}

#[test]
fn a_base_url_that_is_none_is_shown_without_secrets() {
    for (url, shown) in [
        (
            "https://user:word@example.com/a@b?key=x",
            "https://…@example.com/a@b",
        ),
        ("user:word@localhost:1/x", "…@localhost:1/x"),
        ("https://user:wo/rd?x@localhost/x", "https://…@localhost/x"),
        ("https://example.com/api?key=x", "https://example.com/api"),
        ("ftp://example.com", "ftp://example.com"),
    ] {
        let mut builder = CoreBuilder::default();
        builder.base_url(url);
        assert!(!format!("{builder:?}").contains("word@"));
        let error = builder.build("").unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("`{shown}` is not a valid base URL: ")),
            "{error}"
        );
    }
}
