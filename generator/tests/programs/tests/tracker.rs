//! The program that keeps issues, against a server; and what of it can be tested without one.

use issues::issues::NotFoundOrValidationFailedError as Failure;
use issues::types::{Issue, ValidationError};
use issues::{ApiError, Client, Error, HeaderMap, RawResponse, Response, StatusCode};
use programs::tracker;
use wiremock::matchers::{body_json_string, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn client(server: &MockServer) -> Client {
    Client::builder().base_url(server.uri()).build().unwrap()
}

fn issue(number: u32) -> ResponseTemplate {
    let body = format!(r#"{{"number":{number},"title":"Broken","state":"open"}}"#);
    ResponseTemplate::new(201).set_body_raw(body, "application/json")
}

#[tokio::test]
async fn issues_are_opened_and_closed() {
    let server = MockServer::start().await;
    let open = Mock::given(method("POST"))
        .and(path("/repos/acme/site/issues"))
        .and(body_json_string(
            r#"{"title":"Broken","body":"It fails.","labels":["bug"]}"#,
        ));
    open.respond_with(issue(7)).expect(1).mount(&server).await;
    for (number, status, body) in [
        (7, 200, r#"{"number":7,"title":"Broken","state":"closed"}"#),
        (8, 404, r#"{"message":"Not Found"}"#),
        (9, 422, r#"{"message":"It is locked."}"#),
    ] {
        let close = Mock::given(method("PATCH"))
            .and(path(format!("/repos/acme/site/issues/{number}")))
            .and(body_json_string(r#"{"state":"closed"}"#));
        let response = ResponseTemplate::new(status).set_body_raw(body, "application/json");
        close.respond_with(response).expect(1).mount(&server).await;
    }
    let client = client(&server);
    assert_eq!(tracker::open(&client, "Broken").await.unwrap().number, 7);
    assert_eq!(tracker::close(&client, 7).await, Ok(true));
    assert_eq!(tracker::close(&client, 8).await, Ok(false));
    assert_eq!(
        tracker::close(&client, 9).await,
        Err("It is locked.".to_owned())
    );
}

#[tokio::test]
async fn repositories_are_read_page_by_page() {
    let server = MockServer::start().await;
    let page = |body: &str, left: &str| {
        let response = ResponseTemplate::new(200).set_body_raw(body.to_owned(), "application/json");
        response.insert_header("x-ratelimit-remaining", left)
    };
    let next = format!(
        "<{}/orgs/acme/repos?per_page=2&page=2>; rel=\"next\"",
        server.uri()
    );
    let first = page(r#"[{"name":"a"},{"name":"b"}]"#, "10").insert_header("link", next);
    let of = || Mock::given(path("/orgs/acme/repos")).and(query_param("per_page", "2"));
    let second = of().and(query_param("page", "2"));
    second
        .respond_with(page(r#"[{"name":"c"}]"#, "9"))
        .mount(&server)
        .await;
    of().respond_with(first).mount(&server).await;
    let (names, left) = tracker::repositories(&client(&server), "acme")
        .await
        .unwrap();
    assert_eq!(names, ["a", "b", "c"]);
    assert_eq!(left, "9");
}

/// A call is stored, and spawned later: it does not borrow the client.
#[tokio::test]
async fn a_stored_call_is_spawned() {
    struct Waiting(issues::issues::CreateCall);
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(issue(3))
        .expect(2)
        .mount(&server)
        .await;
    let waiting = {
        let client = client(&server);
        Waiting(client.issues().create("acme", "site", "Broken"))
    };
    let again = waiting.0.try_clone().unwrap();
    for call in [waiting.0, again] {
        let sent = tokio::spawn(call.into_future());
        assert_eq!(sent.await.unwrap().unwrap().number, 3);
    }
}

/// A call that changes nothing sends no body; a body can be given as a whole, too, and changed.
#[tokio::test]
async fn a_body_is_sent_where_it_is_set() {
    let server = MockServer::start().await;
    Mock::given(method("PATCH"))
        .respond_with(issue(3))
        .expect(2)
        .mount(&server)
        .await;
    let issues = client(&server).issues();
    issues.update("acme", "site", 3).await.ok();
    let body = issues::types::IssuesUpdateRequest::new().title("A");
    issues
        .update_with("acme", "site", 3, body)
        .title("B")
        .await
        .ok();
    let requests = server.received_requests().await.unwrap();
    assert!(requests[0].body.is_empty());
    assert!(!requests[0].headers.contains_key("content-type"));
    assert_eq!(requests[1].body, br#"{"title":"B"}"#);
    assert_eq!(requests[1].headers["content-type"], "application/json");
}

/// The media type of a body is that of the call, and what the caller says for the call.
#[tokio::test]
async fn the_media_type_is_that_of_the_call() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .respond_with(issue(3))
        .expect(2)
        .mount(&server)
        .await;
    let client = Client::builder().header("content-type", "text/plain");
    let issues = client.base_url(server.uri()).build().unwrap().issues();
    let open = || issues.create("acme", "site", "Broken");
    open().await.unwrap();
    open()
        .header("content-type", "application/vnd.own+json")
        .await
        .unwrap();
    let requests = server.received_requests().await.unwrap();
    let types = requests
        .iter()
        .map(|request| &request.headers["content-type"]);
    assert_eq!(
        types.collect::<Vec<_>>(),
        ["application/json", "application/vnd.own+json"]
    );
}

#[test]
fn what_is_said_is_tested_without_a_server() {
    let issue = Issue::new(7, "Broken", "open");
    let found = Response::new(issue, StatusCode::CREATED, HeaderMap::new());
    assert_eq!(tracker::said(Ok(found)), "#7 Broken");
    let body = r#"{"message":"It is locked."}"#;
    let raw = RawResponse::new(StatusCode::UNPROCESSABLE_ENTITY, HeaderMap::new(), body);
    let invalid = Failure::UnprocessableContent(ValidationError::new("It is locked."));
    let error = Error::Api(Box::new(ApiError::new(invalid, raw)));
    assert_eq!(tracker::said(Err(error)), "It is locked.");
}
