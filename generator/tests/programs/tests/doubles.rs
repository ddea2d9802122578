//! The programs against test doubles: without a server, and without any path.

use chat::types::{
    ChatCompletion, ChatCompletionChoice, ChatCompletionChunk, ChatCompletionChunkChoice,
    ChatCompletionChunkDelta, ChatCompletionMessage, CreateFileRequestPurpose as Purpose, File,
};
use chat::{Event, Part};
use issues::issues::NotFoundOrValidationFailedError as Failure;
use issues::types::{BasicError, Issue, Repository};
use programs::{assistant, tracker};

#[tokio::test]
async fn pages_are_items_or_pages() {
    let mock = issues::mock::Mock::new();
    let client = issues::Client::from(&mock);
    let list = mock.repos().list_for_org();
    let all = ["site", "app"].map(Repository::new).to_vec();
    list.items().returns(all.clone()).times(1);
    let (names, left) = tracker::repositories(&client, "acme").await.unwrap();
    assert_eq!(names, ["site", "app"]);
    assert_eq!(left, "");
    let calls = list.calls();
    assert_eq!(calls[0].path(), "/orgs/acme/repos");
    assert_eq!(calls[0].query(), [("per_page".to_owned(), "2".to_owned())]);

    list.returns(all);
    let page = client.repos().list_for_org("acme").await.unwrap();
    assert_eq!(page.len(), 2);
}

#[tokio::test]
async fn documented_errors_have_their_status() {
    let mock = issues::mock::Mock::new();
    let client = issues::Client::from(&mock);
    let gone = Failure::NotFound(BasicError::new());
    mock.issues().update().fails(gone).times(1);
    assert_eq!(tracker::close(&client, 7).await, Ok(false));
    let asked = &mock.issues().update().calls()[0];
    let body: serde_json::Value = asked.json().unwrap();
    assert_eq!(body, serde_json::json!({ "state": "closed" }));

    let issue = Issue::new(1, "Title", "open");
    mock.issues().create().returns(issue.clone());
    assert_eq!(tracker::open(&client, "Title").await.unwrap(), issue);
    let created = client.issues().create("acme", "site", "Title");
    assert_eq!(created.await.unwrap().status().as_u16(), 201);
}

#[tokio::test]
async fn the_words_of_a_stream_are_its_items() {
    let mock = chat::mock::Mock::new();
    let client = chat::Client::from(&mock);
    let words = ["A ", "cat."].map(|word| {
        let delta = ChatCompletionChunkDelta::new().content(word);
        Event::new(ChatCompletionChunk::new(vec![
            ChatCompletionChunkChoice::new(delta),
        ]))
    });
    let message = ChatCompletionMessage::new().content("A cat.");
    let whole = ChatCompletion::new(vec![ChatCompletionChoice::new(message)]);
    let stream = mock.chat().create_chat_completion_stream();
    stream.returns(words.to_vec()).times(1);
    mock.chat().create_chat_completion().returns(whole).times(1);
    assert_eq!(assistant::listen(&client).await.unwrap(), "A cat.");
    let answer = assistant::ask(&client).await.unwrap();
    assert_eq!(answer.as_deref(), Some("A cat."));
}

#[tokio::test]
async fn bodies_in_parts_are_compared() {
    let mock = chat::mock::Mock::new();
    let client = chat::Client::from(&mock);
    let upload = |text: &str| {
        let file = Part::new(text.to_owned()).file_name("notes.txt");
        client.files().create_file(file, Purpose::Assistants)
    };
    let create = mock.files().create_file();
    create.with(upload("a")).returns(File::new("file_1"));
    create.with(upload("b")).returns(File::new("file_2"));
    assert_eq!(assistant::upload(&client, "b").await.unwrap(), "file_2");
    assert_eq!(create.with(upload("a")).calls(), []);
    assert_eq!(create.with(upload("b")).calls().len(), 1);
}
