//! What is sent where, what is not sent, and what happens on the way.

use std::error::Error as _;
use std::future::IntoFuture as _;
use std::time::Duration;

use plex_butler::types::TaskName;
use plex_butler::{Client, Error, Phase, Protocol, Server};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::fixture::{Fixture, TOKEN, client, sent};

#[tokio::test]
async fn base_urls_keep_their_path_and_lose_their_slash() {
    let server = MockServer::start().await;
    for (base, expected) in [
        ("", "/butler"),
        ("/", "/butler"),
        ("/x", "/x/butler"),
        ("/x/", "/x/butler"),
    ] {
        Mock::given(method("POST"))
            .and(path(expected))
            .and(header("x-plex-token", TOKEN))
            .respond_with(ResponseTemplate::new(200))
            .expect(1)
            .mount(&server)
            .await;
        let client = client(&format!("{}{base}", server.uri()));
        client.butler().start_all_tasks().await.unwrap();
        server.verify().await;
        server.reset().await;
    }
}

#[tokio::test]
async fn the_server_is_addressed_by_its_parts() {
    let fixture = Fixture::empty(200).await;
    let address = fixture.server.address();
    let server = Server::new()
        .protocol(Protocol::Http)
        .ip(address.ip().to_string())
        .port(address.port().to_string());
    assert_eq!(server.to_string(), fixture.server.uri());
    let client = Client::builder()
        .server(server)
        .access_token(TOKEN)
        .build()
        .unwrap();
    client.butler().start_all_tasks().await.unwrap();
    assert_eq!(Server::new().to_string(), "https://10.10.10.47:32400");
}

#[test]
fn a_base_url_that_is_none_is_refused_when_the_client_is_built() {
    for url in [
        "",
        "plex:32400",
        "ftp://plex",
        "http://plex/?a=b",
        "http://u:p@plex",
        "/api",
    ] {
        let error = Client::builder().base_url(url).build().unwrap_err();
        assert!(
            error.to_string().contains("is not a valid base URL"),
            "{error}"
        );
    }
    Client::builder().build().unwrap();
}

#[tokio::test]
async fn a_task_name_cannot_change_the_path() {
    let fixture = Fixture::empty(200).await;
    let name = TaskName::from("Backup/../x?y=1#z");
    fixture.client.butler().stop_task(name).await.unwrap();
    assert_eq!(
        fixture.request().await,
        sent("DELETE", "/butler/Backup%2F..%2Fx%3Fy%3D1%23z")
    );
    for name in ["..", ".", ""] {
        let error = fixture
            .client
            .butler()
            .stop_task(TaskName::from(name))
            .await
            .unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert!(
            error.to_string().contains("`taskName` of `stopTask`"),
            "{error}"
        );
    }
    assert_eq!(fixture.server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_missing_token_is_named_before_anything_is_sent() {
    let fixture = Fixture::empty(200).await;
    let client = Client::builder()
        .base_url(fixture.server.uri())
        .build()
        .unwrap();
    let error = client.butler().start_all_tasks().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`startAllTasks` needs a credential: set `access_token` on the client's builder"
    );
    assert!(fixture.server.received_requests().await.unwrap().is_empty());
    let client = Client::builder()
        .base_url(fixture.server.uri())
        .access_token("line\nbreak")
        .build()
        .unwrap();
    let error = client.butler().start_all_tasks().await.unwrap_err();
    assert!(error.to_string().contains("`access_token`"), "{error}");
    assert!(!error.to_string().contains("break"), "{error}");
}

#[tokio::test]
async fn the_token_is_shown_nowhere() {
    let builder = Client::builder().access_token(TOKEN);
    assert!(!format!("{builder:?}").contains(TOKEN));
    assert!(format!("{builder:?}").contains("[redacted]"));
    let client = builder.base_url("http://127.0.0.1:9").build().unwrap();
    assert!(!format!("{client:?}").contains(TOKEN));
    let call = client.butler().start_all_tasks();
    assert!(!format!("{call:?}").contains(TOKEN));
    let error = call.await.unwrap_err();
    assert!(!format!("{error:?} {error}").contains(TOKEN));
}

#[tokio::test]
async fn a_refused_connection_is_a_transport_error() {
    let client = client("http://127.0.0.1:9");
    let error = client.butler().start_all_tasks().await.unwrap_err();
    let message = error.to_string();
    assert!(
        message.starts_with("connection failed while connecting: "),
        "{message}"
    );
    let Error::Transport(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!((error.phase(), error.status()), (Phase::Connect, None));
    assert!(error.source().is_some());
}

#[tokio::test]
async fn a_call_has_its_own_time_out_and_headers() {
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(20));
    let fixture = Fixture::answering(slow).await;
    let call = fixture.client.butler().start_all_tasks();
    let call = call
        .timeout(Duration::from_millis(100))
        .header("X-Trace", "7");
    let error = call.await.unwrap_err();
    assert_eq!(error.to_string(), "timed out while sending the request");
    assert!(matches!(error, Error::Timeout(error) if error.phase() == Phase::Send));
    let requests = fixture.server.received_requests().await.unwrap();
    assert_eq!(requests[0].headers["x-trace"], "7");
    let call = fixture
        .client
        .butler()
        .start_all_tasks()
        .header("x", "a\r\nb: c");
    let error = call.await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`x` of `startAllTasks` has control characters in its value"
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let other = Fixture::empty(200).await;
    let response =
        ResponseTemplate::new(307).insert_header("location", other.server.uri().as_str());
    let fixture = Fixture::answering(response).await;
    let error = fixture.client.butler().start_all_tasks().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    assert!(other.server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_http_client_of_the_callers_own_is_used() {
    let fixture = Fixture::empty(200).await;
    let http = reqwest::Client::builder()
        .user_agent("mine/1")
        .build()
        .unwrap();
    let client = Client::builder()
        .base_url(fixture.server.uri())
        .access_token(TOKEN)
        .http_client(http)
        .build()
        .unwrap();
    client.butler().start_all_tasks().await.unwrap();
    let requests = fixture.server.received_requests().await.unwrap();
    assert_eq!(requests[0].headers["user-agent"], "mine/1");
}

#[test]
fn an_unknown_task_name_is_kept() {
    let name: TaskName = "LoudnessAnalysis".parse().unwrap();
    assert_eq!(name, TaskName::Unknown("LoudnessAnalysis".to_owned()));
    assert_eq!(
        (name.as_str(), name.to_string().as_str()),
        ("LoudnessAnalysis", "LoudnessAnalysis")
    );
    assert_eq!(TaskName::KNOWN.len(), 14);
    for known in TaskName::KNOWN {
        assert_eq!(known.as_str().parse::<TaskName>().as_ref(), Ok(known));
    }
}

#[tokio::test]
async fn a_call_outlives_the_client_that_made_it() {
    let fixture = Fixture::empty(200).await;
    let stop = {
        let client = client(&fixture.server.uri());
        client.butler().stop_all_tasks()
    };
    let again = stop.try_clone().unwrap();
    let stopping = tokio::spawn(stop.into_future());
    assert_eq!(stopping.await.unwrap().unwrap().status(), 200);
    again.await.unwrap();
    let requests = fixture.server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 2);
}
