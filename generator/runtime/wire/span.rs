//! Spans of attempts, with the names of OpenTelemetry ("Semantic conventions for HTTP spans").

use http::{Request, Response};
use tracing::field::Empty;
use tracing::{Instrument, Span, info_span};

use crate::runtime::send::body::Body;
use crate::runtime::wire::failure::Failure;
use crate::runtime::wire::middleware::Next;

/// The span of an attempt. Neither the query nor a header is in it: they may hold secrets.
pub(crate) fn span(request: &Request<Body>, next: &Next<'_>) -> Span {
    let (method, path) = (request.method().as_str(), next.path());
    info_span!(
        "request",
        otel.name = format!("{method} {path}"),
        otel.kind = "client",
        otel.status_code = Empty,
        operation.id = next.operation(),
        http.request.method = method,
        http.request.resend_count = next.attempt() - 1,
        http.response.status_code = Empty,
        url.template = path,
        server.address = request.uri().host(),
        server.port = request.uri().port_u16(),
        error.r#type = Empty,
    )
}

type Sent = Result<Response<Body>, Failure>;

/// Sends within the span, and says there how it ended.
pub(crate) async fn within(span: Span, sending: impl Future<Output = Sent>) -> Sent {
    let sent = sending.instrument(span.clone()).await;
    let failed = |of: &str| {
        span.record("otel.status_code", "ERROR");
        span.record("error.type", of);
    };
    match &sent {
        Ok(response) => {
            let status = response.status();
            span.record("http.response.status_code", status.as_u16());
            if status.is_client_error() || status.is_server_error() {
                failed(status.as_str());
            }
        }
        Err(Failure::Timeout(_)) => failed("timeout"),
        Err(_) => failed("transport"),
    }
    sent
}
