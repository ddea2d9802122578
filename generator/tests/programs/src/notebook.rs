//! The lines of the pages about moving from other generators.

use std::error::Error as Failure;

use notebook::notes::NotFoundOrTooManyRequestsError;
use notebook::types::{NewNote, State};
use notebook::{AccessToken, Client, Error, Part, Token};

/// Makes a client with a key.
pub fn keyed(key: &str) -> Result<Client, Box<dyn Failure>> {
    let client = Client::builder()
        .base_url("https://api.example.com/v1")
        .key(key)
        .build()?;
    Ok(client)
}

/// Makes a client with an access token from a function of the caller.
pub fn signed_in<F, T>(new_token: F) -> Result<Client, Box<dyn Failure>>
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Future<Output = Result<AccessToken, Box<dyn Failure + Send + Sync>>> + Send + 'static,
{
    let client = Client::builder()
        .oauth(Token::provider(new_token))
        .build()?;
    Ok(client)
}

/// Lists notes, and says what went wrong.
pub async fn list(client: &Client) -> String {
    let page = client
        .notes()
        .list_notes("home")
        .state(State::Open)
        .limit(20)
        .await;
    match page {
        Ok(page) => format!("{} notes", page.items.len()),
        Err(Error::Api(error)) => match error.kind() {
            NotFoundOrTooManyRequestsError::TooManyRequests(limit) => {
                format!("wait {:?} seconds", limit.seconds)
            }
            other => format!("{}: {other:?}", error.status()),
        },
        Err(error) => error.to_string(),
    }
}

/// Makes a note.
pub async fn create(client: &Client) -> Result<String, Box<dyn Failure>> {
    let note = NewNote::new("Milk").labels(["shop"]);
    let state = State::from("open"); // `State::Unknown` holds what the document does not list
    let note = client
        .notes()
        .create_note("home", &note.state(state))
        .await?;
    Ok(note.into_inner().id)
}

/// The titles of all notes.
pub async fn titles(client: &Client) -> Result<Vec<String>, Box<dyn Failure>> {
    let mut titles = Vec::new();
    let mut notes = client.notes().list_notes("home").limit(20).items();
    while let Some(note) = notes.next().await.transpose()? {
        titles.push(note.title);
    }
    Ok(titles)
}

/// Uploads a file, replaces it, and reads it at once and as it comes.
pub async fn files(client: &Client, bytes: Vec<u8>) -> Result<usize, Box<dyn Failure>> {
    let file = Part::new(bytes.clone()).file_name("plan.pdf");
    client.files().upload_file(file).purpose("draft").await?;
    client.files().replace_file("7", bytes).await?;
    let all = client.files().download_file("7").await?.into_inner();
    let mut stream = client.files().download_file_stream("7").await?.into_inner();
    let mut length = 0;
    while let Some(piece) = stream.next().await.transpose()? {
        length += piece.len();
    }
    assert_eq!(length, all.len());
    Ok(length)
}
