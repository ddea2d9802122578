//! The items of a stream as values.

use std::time::Duration;

use serde::de::{DeserializeOwned, Error};
use serde_json::{Map, Value};

use crate::runtime::json::number;
use crate::runtime::read::reader::Raw;

/// An event that a server has sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<T> {
    /// Its name; `message` where the server gives none.
    pub event: String,
    /// What it carries.
    pub data: T,
    /// Its id, where it has one.
    pub id: Option<String>,
    /// How long to wait before connecting again, where the server says so.
    pub retry: Option<Duration>,
}

impl<T> Event<T> {
    /// Creates an event called `message`, for tests of code that handles one.
    pub fn new(data: T) -> Self {
        Self {
            event: "message".to_owned(),
            data,
            id: None,
            retry: None,
        }
    }
}

/// An event whose data is JSON.
pub(crate) fn event<T: DeserializeOwned>(item: Raw) -> Result<Event<T>, serde_json::Error> {
    Ok(Event {
        data: number::from_slice(&item.data)?,
        event: item.event.unwrap_or_else(|| "message".to_owned()),
        id: item.id,
        retry: item.retry,
    })
}

/// An event whose data is text.
pub(crate) fn text(item: Raw) -> Result<Event<String>, serde_json::Error> {
    Ok(Event {
        data: String::from_utf8(item.data).map_err(serde_json::Error::custom)?,
        event: item.event.unwrap_or_else(|| "message".to_owned()),
        id: item.id,
        retry: item.retry,
    })
}

/// An event whose data is one of several words, which are not quoted.
pub(crate) fn word<T: DeserializeOwned>(item: Raw) -> Result<Event<T>, serde_json::Error> {
    let Event {
        event,
        data,
        id,
        retry,
    } = text(item)?;
    Ok(Event {
        event,
        data: T::deserialize(Value::String(data))?,
        id,
        retry,
    })
}

/// An event that the document describes as a whole: an object with `data`, which is JSON where it
/// can be, and the other fields.
pub(crate) fn whole<T: DeserializeOwned>(item: Raw) -> Result<T, serde_json::Error> {
    let text = String::from_utf8_lossy(&item.data);
    let data = serde_json::from_str(&text).unwrap_or_else(|_| text.as_ref().into());
    T::deserialize(object(data, item))
}

/// The same for an event whose `data` is text.
pub(crate) fn whole_text<T: DeserializeOwned>(item: Raw) -> Result<T, serde_json::Error> {
    let data = String::from_utf8_lossy(&item.data).into_owned();
    T::deserialize(object(data.into(), item))
}

/// The same where the data of events of these names is text, and that of others is JSON.
pub(crate) fn whole_text_of<T: DeserializeOwned>(
    item: Raw,
    names: &[&str],
) -> Result<T, serde_json::Error> {
    let name = item.event.as_deref().unwrap_or("message");
    if names.contains(&name) {
        whole_text(item)
    } else {
        whole(item)
    }
}

fn object(data: Value, item: Raw) -> Value {
    let mut members = Map::new();
    members.insert("data".to_owned(), data);
    members.extend(item.event.map(|event| ("event".to_owned(), event.into())));
    members.extend(item.id.map(|id| ("id".to_owned(), id.into())));
    let retry = item
        .retry
        .and_then(|retry| u64::try_from(retry.as_millis()).ok());
    members.extend(retry.map(|retry| ("retry".to_owned(), retry.into())));
    Value::Object(members)
}

/// A line of JSON.
pub(crate) fn line<T: DeserializeOwned>(item: Raw) -> Result<T, serde_json::Error> {
    let Raw { data, .. } = item;
    number::from_slice(&data)
}

/// Bytes as they arrived.
#[allow(clippy::unnecessary_wraps, reason = "decoded like the other items")]
pub(crate) fn bytes(item: Raw) -> Result<Vec<u8>, serde_json::Error> {
    Ok(item.data)
}
