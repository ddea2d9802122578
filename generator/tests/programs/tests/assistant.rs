//! The program that talks to a language model, against a server.

use chat::Client;
use programs::assistant;
use wiremock::matchers::{body_json_string, body_partial_json, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const QUESTION: &str = r#"{
    "messages": [
        { "role": "system", "content": "Be brief." },
        { "role": "user", "content": [
            { "type": "text", "text": "What is this?" },
            { "type": "image_url", "image_url": { "url": "https://example.com/cat.png" } }
        ] }
    ],
    "model": "small",
    "temperature": 0.2,
    "stop": "\n",
    "tools": [{ "type": "function", "function": { "name": "search", "description": "Searches for a picture." } }]
}"#;

#[tokio::test]
async fn a_question_is_answered_whole_and_word_by_word() {
    let server = MockServer::start().await;
    let whole = r#"{"choices":[{"message":{"content":"A cat."}}]}"#;
    let whole = ResponseTemplate::new(200).set_body_raw(whole, "application/json");
    Mock::given(path("/chat/completions"))
        .and(body_json_string(QUESTION))
        .respond_with(whole)
        .mount(&server)
        .await;
    let words = ["A ", "cat."].map(|word| {
        format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{word}\"}}}}]}}\n\n")
    });
    let stream = format!("{}data: [DONE]\n\n", words.concat());
    let stream = ResponseTemplate::new(200).set_body_raw(stream, "text/event-stream");
    let asked = serde_json::json!({"stream":true,"model":"small"});
    Mock::given(path("/chat/completions"))
        .and(body_partial_json(asked))
        .respond_with(stream)
        .mount(&server)
        .await;
    let file = r#"{"id":"file_1","bytes":5}"#;
    let file = ResponseTemplate::new(200).set_body_raw(file, "application/json");
    Mock::given(path("/files"))
        .respond_with(file)
        .mount(&server)
        .await;

    let client = Client::builder().base_url(server.uri()).build().unwrap();
    assert_eq!(
        assistant::ask(&client).await.unwrap().as_deref(),
        Some("A cat.")
    );
    assert_eq!(assistant::listen(&client).await.unwrap(), "A cat.");
    assert_eq!(assistant::upload(&client, "hello").await.unwrap(), "file_1");
    let requests = server.received_requests().await.unwrap();
    let sent = String::from_utf8_lossy(&requests[2].body);
    assert!(
        sent.contains("filename=\"notes.txt\"") && sent.contains("assistants"),
        "{sent}"
    );
}
