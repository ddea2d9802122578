//! A server that gives one response to everything, and a client of it.

use plex_butler::Client;
use plex_butler::types::{BadRequest, Unauthorized};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub const TOKEN: &str = "s3cr3t-t0k3n";
pub const BAD_REQUEST: &str =
    r#"{"errors":[{"code":1000,"message":"X-Plex-Client-Identifier is missing","status":400}]}"#;
pub const UNAUTHORIZED: &str =
    r#"{"errors":[{"code":1001,"message":"User could not be authenticated","status":401}]}"#;
pub const TASKS: &str = r#"{"ButlerTasks":{"ButlerTask":[
    {"name":"BackupDatabase","interval":3,"scheduleRandomized":false,"enabled":true,
     "title":"Backup Database","description":"Create a backup copy","addedLater":[1]},
    {"name":"OptimizeDatabase","interval":0.5}]}}"#;

/// A server that gives one response to everything, and a client of it.
pub struct Fixture {
    pub server: MockServer,
    pub client: Client,
}

impl Fixture {
    pub async fn answering(response: ResponseTemplate) -> Self {
        let server = MockServer::start().await;
        Mock::given(wiremock::matchers::any())
            .respond_with(response)
            .mount(&server)
            .await;
        let client = client(&server.uri());
        Self { server, client }
    }

    pub async fn json(status: u16, body: &str) -> Self {
        let response = ResponseTemplate::new(status).set_body_raw(body, "application/json");
        Self::answering(response).await
    }

    pub async fn empty(status: u16) -> Self {
        Self::answering(ResponseTemplate::new(status)).await
    }

    pub async fn html(status: u16) -> Self {
        let page = "<html><h1>nginx</h1></html>";
        Self::answering(ResponseTemplate::new(status).set_body_raw(page, "text/html")).await
    }

    /// The only request that was made, as its method and its path with query.
    pub async fn request(&self) -> (String, String) {
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

pub fn client(base_url: &str) -> Client {
    Client::builder()
        .base_url(base_url)
        .access_token(TOKEN)
        .build()
        .unwrap()
}

pub fn sent(method: &str, path: &str) -> (String, String) {
    (method.to_owned(), path.to_owned())
}

pub fn bad_request(body: &BadRequest) {
    let errors = body.errors.as_ref().unwrap();
    assert_eq!(errors[0].code, Some(1000));
    assert_eq!(errors[0].status, Some(400));
}

pub fn unauthorized(body: &Unauthorized) {
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
            other => panic!("{other}"),
        }
    };
}
pub(crate) use kind;
