//! Token endpoints that fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::Value;

use super::{SECRET, SHORT, Server, json, read};
use crate::runtime::auth::security::{CredentialLocation, Scheme};
use crate::runtime::exchange::core::Core;
use crate::runtime::send::request::Request;
use crate::runtime::{AccessToken, Call, Error, Grant, Phase, Response, Token};

const OAUTH: Scheme = Scheme::new("oauth", CredentialLocation::Bearer);

async fn called(core: &Core) -> Result<Response<Value>, Error<Value>> {
    let mut request = Request::new("operation", Method::GET);
    request.path("/things");
    Call::new(core, request, &[&[&OAUTH]], read).await
}

fn core(server: &Server, token: impl Into<Token>) -> Core {
    let mut builder = server.builder();
    builder.source(&OAUTH, token.into().fetched_at(Some("/token"), None));
    builder.build("").unwrap()
}

fn grant() -> Grant {
    Grant::client_credentials("me", SECRET)
}

/// A server whose token endpoint does this, and whose other paths respond with `1`.
fn with_endpoint(endpoint: impl Fn(&mut super::Connection) + Send + Sync + 'static) -> Server {
    Server::new(move |_, connection| {
        connection.request();
        let last = connection.received.lock().unwrap().last().cloned();
        if last.is_some_and(|head| head.starts_with("POST /token")) {
            endpoint(connection);
        } else {
            connection.send(json("200 OK", "1"));
        }
    })
}

#[tokio::test]
async fn an_endpoint_that_hangs_takes_no_longer_than_the_call() {
    let server = with_endpoint(|_| std::thread::sleep(SHORT * 6));
    let mut builder = server.builder();
    builder.timeout(SHORT);
    builder.source(
        &OAUTH,
        Token::from(grant()).fetched_at(Some("/token"), None),
    );
    let core = builder.build("").unwrap();
    let started = Instant::now();
    let error = called(&core).await.unwrap_err();
    assert!(started.elapsed() < SHORT * 2);
    assert!(
        matches!(&error, Error::Timeout(e) if e.phase() == Phase::Token),
        "{error}"
    );
    let never = Token::provider(|| async {
        tokio::time::sleep(Duration::from_secs(600)).await;
        Ok::<_, String>(AccessToken::new("late"))
    });
    let mut builder = server.builder();
    builder.timeout(SHORT);
    builder.source(&OAUTH, never.fetched_at(None, None));
    let error = called(&builder.build("").unwrap()).await.unwrap_err();
    assert!(matches!(&error, Error::Timeout(_)), "{error}");
}

#[tokio::test]
async fn an_endpoint_that_is_lost_is_a_lost_connection_and_one_that_refuses_no_invalid_request() {
    let server = with_endpoint(|_| {});
    let error = called(&core(&server, grant())).await.unwrap_err();
    assert!(
        matches!(&error, Error::Transport(e) if e.phase() == Phase::Token),
        "{error}"
    );
    let body = format!(r#"{{"error":"invalid_client","error_description":"no {SECRET}"}}"#);
    let server = with_endpoint(move |connection| {
        connection.send(json("401 Unauthorized", &body));
    });
    let error = called(&core(&server, grant())).await.unwrap_err();
    assert!(matches!(&error, Error::Token(_)), "{error}");
    assert!(
        error
            .to_string()
            .ends_with("401 Unauthorized: invalid_client"),
        "{error}"
    );
    assert!(!format!("{error:?}").contains(SECRET));
}

#[tokio::test]
async fn an_endless_response_of_the_endpoint_is_refused() {
    let server = with_endpoint(|connection| {
        connection.send("HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{");
        connection.flood(b' ');
    });
    let error = called(&core(&server, grant())).await.unwrap_err();
    assert!(matches!(&error, Error::Token(_)), "{error}");
}

/// A token that cannot be renewed is used to its end, and no call waits for the endpoint.
#[tokio::test]
async fn a_token_that_cannot_be_renewed_is_used_to_its_end() {
    let asked = Arc::<AtomicUsize>::default();
    let count = Arc::clone(&asked);
    let token = Token::provider(move || {
        let number = count.fetch_add(1, Ordering::AcqRel);
        async move {
            if number == 0 {
                // It has to be renewed after 900 ms, and ends after a second.
                return Ok(AccessToken::new("first").expires_in(Duration::from_secs(1)));
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
            Err("the endpoint is down".to_owned())
        }
    });
    let server = with_endpoint(|_| {});
    let core = core(&server, token);
    called(&core).await.unwrap();
    tokio::time::sleep(Duration::from_millis(910)).await;
    for _ in 0..5 {
        let started = Instant::now();
        called(&core).await.unwrap();
        assert!(
            started.elapsed() < Duration::from_millis(15),
            "{:?}",
            started.elapsed()
        );
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(asked.load(Ordering::Acquire), 2);
    // At its end there is none, and the endpoint is left alone for a second.
    for _ in 0..20 {
        assert!(matches!(called(&core).await.unwrap_err(), Error::Token(_)));
    }
    assert_eq!(asked.load(Ordering::Acquire), 2);
}
