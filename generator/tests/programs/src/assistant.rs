//! A program that talks to a language model.

use chat::types::{
    ChatTool, ChatToolFunction, CreateChatCompletionRequest, CreateFileRequestPurpose as Purpose,
    ImagePart, ImagePartImageUrl, SystemMessage, TextPart, UserMessage,
};
use chat::{Client, Error, Part};
use serde_json::Value;

/// What is asked: about a picture, with a tool.
pub fn question() -> CreateChatCompletionRequest {
    let picture = ImagePart::new(ImagePartImageUrl::new("https://example.com/cat.png"));
    let parts = vec![TextPart::new("What is this?").into(), picture.into()];
    let messages = vec![
        SystemMessage::new("Be brief.").into(),
        UserMessage::new(parts).into(),
    ];
    let search = ChatToolFunction::new("search").description("Searches for a picture.");
    CreateChatCompletionRequest::new(messages, "small")
        .temperature(0.2)
        .stop("\n")
        .tools(vec![ChatTool::new(search)])
}

/// Asks for the whole.
pub async fn ask(client: &Client) -> Result<Option<String>, Error<Value>> {
    let call = client.chat().create_chat_completion(&question());
    let answer = call.await.map_err(Error::into_any)?.into_inner();
    let first = answer.choices.into_iter().next();
    Ok(first.and_then(|choice| choice.message.content.into_option()))
}

/// Asks for it word by word.
pub async fn listen(client: &Client) -> Result<String, Box<dyn std::error::Error>> {
    let mut words = client
        .chat()
        .create_chat_completion_stream(&question())
        .await?
        .into_inner();
    let mut text = String::new();
    while let Some(word) = words.next().await {
        for choice in word?.data.choices {
            text.push_str(choice.delta.content.as_deref().unwrap_or_default());
        }
    }
    Ok(text)
}

/// Uploads a file; its id.
pub async fn upload(client: &Client, text: &str) -> Result<String, Error<Value>> {
    let file = Part::new(text.to_owned()).file_name("notes.txt");
    let call = client.files().create_file(file, Purpose::Assistants);
    Ok(call.await.map_err(Error::into_any)?.into_inner().id)
}
