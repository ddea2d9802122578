//! The generated client of Butler against a real server on this machine: every operation with
//! every documented status, and what servers do besides.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::error::Error as _;
use std::time::Duration;

use plex_butler::butler::{
    GetButlerTasksError, StartAllTasksError, StartTaskError, StartTaskSuccess, StopAllTasksError,
    StopTaskError,
};
use plex_butler::types::{BadRequest, TaskName, Unauthorized};
use plex_butler::{Client, Error, Phase, Protocol, Server};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const TOKEN: &str = "s3cr3t-t0k3n";
const BAD_REQUEST: &str =
    r#"{"errors":[{"code":1000,"message":"X-Plex-Client-Identifier is missing","status":400}]}"#;
const UNAUTHORIZED: &str =
    r#"{"errors":[{"code":1001,"message":"User could not be authenticated","status":401}]}"#;
const TASKS: &str = r#"{"ButlerTasks":{"ButlerTask":[
    {"name":"BackupDatabase","interval":3,"scheduleRandomized":false,"enabled":true,
     "title":"Backup Database","description":"Create a backup copy","addedLater":[1]},
    {"name":"OptimizeDatabase","interval":0.5}]}}"#;

/// A server that gives one answer to everything, and a client of it.
struct Fixture {
    server: MockServer,
    client: Client,
}

impl Fixture {
    async fn answering(answer: ResponseTemplate) -> Self {
        let server = MockServer::start().await;
        Mock::given(wiremock::matchers::any())
            .respond_with(answer)
            .mount(&server)
            .await;
        let client = client(&server.uri());
        Self { server, client }
    }

    async fn json(status: u16, body: &str) -> Self {
        let answer = ResponseTemplate::new(status).set_body_raw(body, "application/json");
        Self::answering(answer).await
    }

    async fn empty(status: u16) -> Self {
        Self::answering(ResponseTemplate::new(status)).await
    }

    async fn html(status: u16) -> Self {
        let page = "<html><h1>nginx</h1></html>";
        Self::answering(ResponseTemplate::new(status).set_body_raw(page, "text/html")).await
    }

    /// The only request that was made, as its method and its path with query.
    async fn request(&self) -> (String, String) {
        let requests = self.server.received_requests().await.unwrap();
        let [request]: &[Request; 1] = requests.as_slice().try_into().unwrap();
        let url = &request.url;
        let query = url.query().map(|query| format!("?{query}"));
        assert_eq!(request.headers["x-plex-token"], TOKEN);
        assert!(!request.headers.contains_key("authorization"));
        (
            request.method.to_string(),
            format!("{}{}", url.path(), query.unwrap_or_default()),
        )
    }
}

fn client(base_url: &str) -> Client {
    Client::builder()
        .base_url(base_url)
        .access_token(TOKEN)
        .build()
        .unwrap()
}

fn sent(method: &str, path: &str) -> (String, String) {
    (method.to_owned(), path.to_owned())
}

fn bad_request(body: &BadRequest) {
    let errors = body.errors.as_ref().unwrap();
    assert_eq!(errors[0].code, Some(1000));
    assert_eq!(errors[0].status, Some(400));
}

fn unauthorized(body: &Unauthorized) {
    let errors = body.errors.as_ref().unwrap();
    assert_eq!(
        errors[0].message.as_deref(),
        Some("User could not be authenticated")
    );
}

/// The documented error of a call that failed with one.
macro_rules! kind {
    ($call:expr) => {
        match $call.await.unwrap_err() {
            Error::Api(error) => error.into_kind(),
            other => panic!("{other:?}"),
        }
    };
}

#[tokio::test]
async fn get_butler_tasks_200_is_its_body() {
    let fixture = Fixture::json(200, TASKS).await;
    let response = fixture.client.butler().get_butler_tasks().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    let tasks = response
        .into_inner()
        .butler_tasks
        .unwrap()
        .butler_task
        .unwrap();
    assert_eq!(tasks.len(), 2);
    assert_eq!(tasks[0].name.as_deref(), Some("BackupDatabase"));
    assert_eq!(tasks[0].interval, Some(3.0));
    assert_eq!(tasks[0].enabled, Some(true));
    assert_eq!(tasks[1].title, None);
    assert_eq!(fixture.request().await, sent("GET", "/butler"));
}

#[tokio::test]
async fn start_all_tasks_200_has_no_body() {
    let fixture = Fixture::empty(200).await;
    let response = fixture.client.butler().start_all_tasks().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(fixture.request().await, sent("POST", "/butler"));
}

#[tokio::test]
async fn stop_all_tasks_200_has_no_body() {
    let fixture = Fixture::empty(200).await;
    fixture.client.butler().stop_all_tasks().await.unwrap();
    assert_eq!(fixture.request().await, sent("DELETE", "/butler"));
}

#[tokio::test]
async fn start_task_tells_200_from_202() {
    for (status, expected) in [
        (200, StartTaskSuccess::Ok),
        (202, StartTaskSuccess::Accepted),
    ] {
        let fixture = Fixture::empty(status).await;
        let butler = fixture.client.butler();
        let started = butler
            .start_task(TaskName::RefreshPeriodicMetadata)
            .await
            .unwrap();
        assert_eq!(*started, expected);
        assert_eq!(
            fixture.request().await,
            sent("POST", "/butler/RefreshPeriodicMetadata")
        );
    }
}

#[tokio::test]
async fn stop_task_200_has_no_body() {
    let fixture = Fixture::empty(200).await;
    let butler = fixture.client.butler();
    butler.stop_task(TaskName::BackupDatabase).await.unwrap();
    assert_eq!(
        fixture.request().await,
        sent("DELETE", "/butler/BackupDatabase")
    );
}

#[tokio::test]
async fn every_400_is_typed() {
    let fixture = Fixture::json(400, BAD_REQUEST).await;
    let butler = fixture.client.butler();
    match kind!(butler.get_butler_tasks()) {
        GetButlerTasksError::BadRequest(body) => bad_request(&body),
        GetButlerTasksError::Unauthorized(body) => panic!("{body:?}"),
    }
    match kind!(butler.start_all_tasks()) {
        StartAllTasksError::BadRequest(body) => bad_request(&body),
        StartAllTasksError::Unauthorized(body) => panic!("{body:?}"),
    }
    match kind!(butler.stop_all_tasks()) {
        StopAllTasksError::BadRequest(body) => bad_request(&body),
        StopAllTasksError::Unauthorized(body) => panic!("{body:?}"),
    }
    match kind!(butler.start_task(TaskName::CleanOldBundles)) {
        StartTaskError::BadRequest(body) => bad_request(&body),
        StartTaskError::Unauthorized(body) => panic!("{body:?}"),
    }
    match kind!(butler.stop_task(TaskName::CleanOldBundles)) {
        StopTaskError::BadRequest(body) => bad_request(&body),
        other @ (StopTaskError::Unauthorized(_) | StopTaskError::NotFound) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn every_401_is_typed() {
    let fixture = Fixture::json(401, UNAUTHORIZED).await;
    let butler = fixture.client.butler();
    match kind!(butler.get_butler_tasks()) {
        GetButlerTasksError::Unauthorized(body) => unauthorized(&body),
        GetButlerTasksError::BadRequest(body) => panic!("{body:?}"),
    }
    match kind!(butler.start_all_tasks()) {
        StartAllTasksError::Unauthorized(body) => unauthorized(&body),
        StartAllTasksError::BadRequest(body) => panic!("{body:?}"),
    }
    match kind!(butler.stop_all_tasks()) {
        StopAllTasksError::Unauthorized(body) => unauthorized(&body),
        StopAllTasksError::BadRequest(body) => panic!("{body:?}"),
    }
    match kind!(butler.start_task(TaskName::CleanOldBundles)) {
        StartTaskError::Unauthorized(body) => unauthorized(&body),
        StartTaskError::BadRequest(body) => panic!("{body:?}"),
    }
    match kind!(butler.stop_task(TaskName::CleanOldBundles)) {
        StopTaskError::Unauthorized(body) => unauthorized(&body),
        other @ (StopTaskError::BadRequest(_) | StopTaskError::NotFound) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn stop_task_404_is_typed_and_has_no_body() {
    let fixture = Fixture::html(404).await;
    let butler = fixture.client.butler();
    let kind = kind!(butler.stop_task(TaskName::BackupDatabase));
    assert_eq!(kind, StopTaskError::NotFound);
    assert_eq!(kind.to_string(), "404 Not Found");
}

#[tokio::test]
async fn an_error_says_what_the_server_says_and_keeps_the_answer() {
    let fixture = Fixture::json(401, UNAUTHORIZED).await;
    let error = fixture.client.butler().start_all_tasks().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "401 Unauthorized: User could not be authenticated"
    );
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(error.response().unwrap().text(), UNAUTHORIZED);
    let Error::Api(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.headers()["content-type"], "application/json");
    assert!(matches!(error.kind(), StartAllTasksError::Unauthorized(_)));
}

#[tokio::test]
async fn an_html_401_stays_a_401_with_its_page() {
    let fixture = Fixture::html(401).await;
    let error = fixture
        .client
        .butler()
        .get_butler_tasks()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(
        error.to_string(),
        "401 Unauthorized: expected a JSON body, got text/html"
    );
    let Error::Decode(error) = error else {
        panic!("{error:?}")
    };
    assert!(error.response().text().contains("nginx"));
    assert_eq!(error.headers()["content-type"], "text/html");
    assert!(error.source().is_some());
}

#[tokio::test]
async fn an_undocumented_status_is_kept_whole() {
    for status in [204, 500, 502, 503] {
        let fixture = Fixture::html(status).await;
        let error = fixture.client.butler().start_all_tasks().await.unwrap_err();
        let Error::UnexpectedStatus(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.status(), status);
        assert_eq!(error.headers()["content-type"], "text/html");
        let message = error.to_string();
        assert!(
            message.starts_with(&format!("undocumented status {status}")),
            "{message}"
        );
        if status != 204 {
            assert!(error.response().text().contains("nginx"));
        }
    }
    let fixture = Fixture::json(429, r#"{"error":{"message":"slow down"}}"#).await;
    let error = fixture.client.butler().start_all_tasks().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "undocumented status 429 Too Many Requests: slow down"
    );
}

#[tokio::test]
async fn an_empty_200_where_a_body_is_documented_is_a_decode_error() {
    let fixture = Fixture::empty(200).await;
    let error = fixture
        .client
        .butler()
        .get_butler_tasks()
        .await
        .unwrap_err();
    assert_eq!(error.to_string(), "200 OK: expected a JSON body, got none");
    let Error::Decode(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!((error.status().as_u16(), error.path()), (200, "."));
}

#[tokio::test]
async fn a_wrong_type_is_named_by_its_path_and_the_body_kept() {
    let body = r#"{"ButlerTasks":{"ButlerTask":[{"interval":1},{"interval":"daily"}]}}"#;
    let fixture = Fixture::json(200, body).await;
    let error = fixture
        .client
        .butler()
        .get_butler_tasks()
        .await
        .unwrap_err();
    let message = error.to_string();
    assert!(
        message.contains("invalid type: string \"daily\""),
        "{message}"
    );
    let Error::Decode(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.path(), "ButlerTasks.ButlerTask[1].interval");
    assert_eq!(error.status(), 200);
    assert_eq!(error.response().text(), body);
}

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
        assert!(error.to_string().contains("is no base URL"), "{error}");
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
    let answer = ResponseTemplate::new(307).insert_header("location", other.server.uri().as_str());
    let fixture = Fixture::answering(answer).await;
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
