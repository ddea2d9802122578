//! What stands around attempts, and what can be seen of them.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Request as HttpRequest;
use reqwest::Method;
use tracing::field::{Field, Visit};
use tracing::instrument::WithSubscriber;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::{SECRET, SECURITY, Server, failed, json, read};
use crate::runtime::exchange::core::Core;
use crate::runtime::send::request::Request;
use crate::runtime::{Body, Call, Handling, Middleware, Next, Retry, TransportError};
use serde_json::Value;

fn call(core: &Core) -> Call<Value, Value> {
    let mut request = Request::new("readThing", Method::GET);
    request.path("/things/");
    request.path_parameter("id", "a b");
    request.query_parameter("q", "private");
    Call::new(core, request, SECURITY, read)
}

/// The first time 503, then a success.
fn flaky() -> Server {
    Server::new(|number, connection| {
        connection.request();
        let status = if number == 0 { "503 Busy" } else { "200 OK" };
        connection.send(json(status, "1"));
    })
}

const FAST: Retry = Retry::standard().delay(Duration::from_millis(1), Duration::from_millis(1));

/// Signs requests, and keeps what it has seen.
#[derive(Debug, Default)]
struct Signing(Mutex<Vec<String>>);

impl Middleware for Signing {
    fn handle<'a>(&'a self, mut request: HttpRequest<Body>, next: Next<'a>) -> Handling<'a> {
        let seen = format!("{} {} {}", next.attempt(), next.operation(), next.path());
        request
            .headers_mut()
            .insert("signature", "s".parse().unwrap());
        Box::pin(async move {
            let response = next.send(request).await?;
            let seen = format!("{seen}: {}", response.status().as_u16());
            self.0.lock().unwrap().push(seen);
            Ok(response)
        })
    }
}

#[tokio::test]
async fn middleware_stands_around_each_attempt() {
    let server = flaky();
    let mut builder = server.builder();
    let signing = Arc::new(Signing::default());
    builder.middleware(Arc::<Signing>::clone(&signing));
    builder.retry(FAST);
    let response = call(&builder.build("").unwrap()).await.unwrap();
    assert_eq!(response.to_string(), "1");
    assert!(
        server
            .received()
            .iter()
            .all(|head| head.contains("signature: s"))
    );
    let seen = signing.0.lock().unwrap();
    let expected = [
        "1 readThing /things/{id}: 503",
        "2 readThing /things/{id}: 200",
    ];
    assert_eq!(*seen, expected);
}

/// Refuses every request.
#[derive(Debug)]
struct Refusing;

impl Middleware for Refusing {
    fn handle<'a>(&'a self, _: HttpRequest<Body>, _: Next<'a>) -> Handling<'a> {
        let error = TransportError::new(crate::runtime::Phase::Send, "not today");
        Box::pin(async move { Err(error) })
    }
}

#[tokio::test]
async fn middleware_may_end_a_call() {
    let server = flaky();
    let mut builder = server.builder();
    builder.middleware(Arc::new(Refusing));
    builder.middleware(Arc::new(Signing::default()));
    let error = failed(call(&builder.build("").unwrap())).await;
    assert!(error.to_string().ends_with("not today"), "{error}");
    assert!(server.received().is_empty());
}

/// Writes all fields of all spans down.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<String>>);

impl Visit for Recorder {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        let _ = write!(self.0.lock().unwrap(), "{field}={value:?} ");
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("butler_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn spans_have_the_names_of_opentelemetry_and_no_secret() {
    let recorder = Recorder::default();
    let server = flaky();
    let mut builder = server.builder();
    builder.retry(FAST);
    let call = call(&builder.build("").unwrap());
    let sent = async { call.await }.with_subscriber(recorder.clone());
    sent.await.unwrap();
    let seen = recorder.0.lock().unwrap();
    for part in [
        r#"otel.name="GET /things/{id}""#,
        r#"otel.kind="client""#,
        r#"http.request.method="GET""#,
        "http.request.resend_count=1",
        "http.response.status_code=503",
        r#"error.type="503""#,
        "http.response.status_code=200",
        r#"url.template="/things/{id}""#,
        r#"server.address="127.0.0.1""#,
        r#"operation.id="readThing""#,
    ] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
    assert!(
        !seen.contains(SECRET) && !seen.contains("private"),
        "{seen}"
    );
}

#[test]
fn calls_need_no_async() {
    let server = flaky();
    let core = server.core();
    assert_eq!(
        call(&core).blocking_send().unwrap_err().status().unwrap(),
        503
    );
    assert_eq!(call(&core).blocking_send().unwrap().to_string(), "1");
}
