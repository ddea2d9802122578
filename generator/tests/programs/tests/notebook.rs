//! The lines of the pages about moving from other generators, against a server.

use notebook::Client;
use programs::notebook as program;
use wiremock::matchers::{body_json_string, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn json(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.to_owned(), "application/json")
}

#[tokio::test]
async fn notes_are_kept() {
    let server = MockServer::start().await;
    let on = |of: &str| Mock::given(method(of)).and(path("/notebooks/home/notes"));
    let second = on("GET").and(query_param("cursor", "b"));
    second
        .respond_with(json(200, r#"{"items":[{"id":"2","title":"Tea"}]}"#))
        .mount(&server)
        .await;
    let open = on("GET").and(query_param("state", "open"));
    open.respond_with(json(429, r#"{"message":"Slowly.","seconds":3}"#))
        .mount(&server)
        .await;
    let first = r#"{"items":[{"id":"1","title":"Milk"}],"next_cursor":"b"}"#;
    on("GET")
        .respond_with(json(200, first))
        .mount(&server)
        .await;
    let sent = r#"{"title":"Milk","labels":["shop"],"state":"open"}"#;
    on("POST")
        .and(body_json_string(sent))
        .respond_with(json(201, r#"{"id":"3","title":"Milk"}"#))
        .mount(&server)
        .await;
    let client = Client::builder()
        .base_url(server.uri())
        .key("k")
        .build()
        .unwrap();
    assert_eq!(program::list(&client).await, "wait Some(3) seconds");
    assert_eq!(program::titles(&client).await.unwrap(), ["Milk", "Tea"]);
    assert_eq!(program::create(&client).await.unwrap(), "3");
}

#[tokio::test]
async fn files_go_up_and_down() {
    let server = MockServer::start().await;
    let note = json(200, r#"{"id":"7","title":"plan.pdf"}"#);
    Mock::given(path("/files"))
        .respond_with(note)
        .mount(&server)
        .await;
    let on = |of: &str| Mock::given(method(of)).and(path("/files/7"));
    on("PUT")
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let bytes = ResponseTemplate::new(200).set_body_raw("plan", "application/octet-stream");
    on("GET").respond_with(bytes).mount(&server).await;
    let client = Client::builder()
        .base_url(server.uri())
        .key("k")
        .build()
        .unwrap();
    assert_eq!(program::files(&client, b"plan".to_vec()).await.unwrap(), 4);
}

#[test]
fn clients_are_built() {
    assert!(program::keyed("k").is_ok());
    assert!(program::signed_in(|| async { Err("none".into()) }).is_ok());
}
