//! The items of a stream: server-sent events ("Server-sent events", HTML Living Standard), lines
//! of JSON, JSON text sequences (RFC 7464), or bytes.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde::de::{DeserializeOwned, Error, IgnoredAny};
use serde_json::{Map, Value};

use crate::runtime::json::number;

/// How a stream is cut into items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Events, with this content type.
    Events(&'static str),
    /// Lines, with this content type.
    Lines(&'static str),
    /// As it arrives, with this content type.
    Bytes(&'static str),
}

impl Format {
    /// What the client asks for.
    pub(crate) fn content_type(self) -> &'static str {
        let (Self::Events(text) | Self::Lines(text) | Self::Bytes(text)) = self;
        text
    }

    /// Whether a response with these headers is such a stream.
    pub(crate) fn is_of(self, headers: &HeaderMap) -> bool {
        let found = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_owned();
        match (self, found) {
            (Self::Bytes(_), _) | (_, None) => true,
            (Self::Events(own) | Self::Lines(own), Some(found)) => {
                essence(own).eq_ignore_ascii_case(&essence(found))
            }
        }
    }
}

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

/// An item that is still to be decoded.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Raw {
    event: Option<String>,
    data: Vec<u8>,
    id: Option<String>,
    retry: Option<Duration>,
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

/// Cuts bytes into items.
#[derive(Debug)]
pub(crate) struct Reader {
    format: Format,
    buffer: Vec<u8>,
    /// Where the search for the end of a line goes on.
    searched: usize,
    event: Raw,
    has_data: bool,
    last_id: Option<String>,
    retry: Option<Duration>,
    has_begun: bool,
    end: Option<End>,
}

/// What has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Connection,
    /// The server has said so.
    Stream,
}

impl Reader {
    pub(crate) fn new(format: Format) -> Self {
        Self {
            format,
            buffer: Vec::new(),
            searched: 0,
            event: Raw::default(),
            has_data: false,
            last_id: None,
            retry: None,
            has_begun: false,
            end: None,
        }
    }

    /// Starts with another connection, and keeps what the last one has said about going on.
    pub(crate) fn restart(&mut self) {
        *self = Self {
            last_id: self.last_id.take(),
            retry: self.retry,
            ..Self::new(self.format)
        };
    }

    /// Adds bytes that have arrived.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        if !self.has_begun && self.buffer.len() >= BOM.len() {
            self.has_begun = true;
            if self.buffer.starts_with(BOM) && !matches!(self.format, Format::Bytes(_)) {
                self.buffer.drain(..BOM.len());
                self.searched = 0;
            }
        }
    }

    /// No more bytes will arrive. An event that is not finished is dropped, a line is not.
    pub(crate) fn end(&mut self) {
        self.end = Some(End::Connection);
        self.searched = 0;
        let is_line = self.buffer.first().is_some_and(|first| *first != RECORD);
        if matches!(self.format, Format::Lines(_)) && is_line {
            self.buffer.push(b'\n');
        }
    }

    pub(crate) fn format(&self) -> Format {
        self.format
    }

    /// Whether there is nothing left to read.
    pub(crate) fn is_over(&self) -> bool {
        self.end.is_some()
    }

    /// Whether the server has said that the stream is over.
    pub(crate) fn is_done(&self) -> bool {
        self.end == Some(End::Stream)
    }

    /// How long to wait before connecting again, where the server has said so.
    pub(crate) fn retry(&self) -> Option<Duration> {
        self.retry
    }

    pub(crate) fn last_id(&self) -> Option<&str> {
        self.last_id.as_deref()
    }

    /// The next item that has arrived as a whole.
    pub(crate) fn next(&mut self) -> Option<Raw> {
        match self.format {
            Format::Bytes(_) if self.buffer.is_empty() => None,
            Format::Bytes(_) => Some(Raw {
                data: std::mem::take(&mut self.buffer),
                ..Raw::default()
            }),
            Format::Lines(_) => loop {
                let line = if self.buffer.first() == Some(&RECORD) {
                    self.record()?
                } else {
                    self.line()?
                };
                if !line.trim_ascii().is_empty() {
                    return Some(Raw {
                        data: line,
                        ..Raw::default()
                    });
                }
            },
            Format::Events(_) => loop {
                let line = self.line()?;
                if !line.is_empty() {
                    self.field(&line);
                    continue;
                }
                let event = std::mem::take(&mut self.event);
                if event.id.is_some() {
                    self.last_id.clone_from(&event.id);
                }
                if !std::mem::take(&mut self.has_data) {
                    continue;
                }
                // A sentinel that many servers send is no event of the document.
                if event.data == b"[DONE]" {
                    self.end = Some(End::Stream);
                    self.buffer.clear();
                    self.searched = 0;
                    return None;
                }
                return Some(event);
            },
        }
    }

    /// The next text of a sequence, which starts with a record separator. It is whole where the next
    /// one starts, or a line feed ends what is JSON (RFC 7464, section 2.4); one that is cut off is
    /// no JSON, even if it looks like a shorter number.
    fn record(&mut self) -> Option<Vec<u8>> {
        let from = self.searched.max(1);
        let rest = self.buffer.get(from..).unwrap_or_default();
        let end = match rest.iter().position(|byte| *byte == RECORD) {
            Some(at) => from + at,
            None if self.end.is_some() || self.is_whole_record() => self.buffer.len(),
            None => {
                self.searched = self.buffer.len();
                return None;
            }
        };
        let mut text = self.buffer[1..end].to_vec();
        let is_cut_off = end == self.buffer.len() && !self.is_whole_record();
        if is_cut_off && !text.trim_ascii().is_empty() {
            text.push(RECORD);
        }
        self.buffer.drain(..end);
        self.searched = 0;
        Some(text)
    }

    fn is_whole_record(&self) -> bool {
        let text = &self.buffer[1..];
        text.ends_with(b"\n") && serde_json::from_slice::<IgnoredAny>(text).is_ok()
    }

    /// The next line without its end: a line feed, a carriage return, or both.
    fn line(&mut self) -> Option<Vec<u8>> {
        let rest = &self.buffer[self.searched..];
        let Some(at) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
            self.searched = self.buffer.len();
            return None;
        };
        let end = self.searched + at;
        let next = match (self.buffer[end], self.buffer.get(end + 1)) {
            (b'\r', Some(b'\n')) => end + 2,
            // The other half of the line's end may still be on its way.
            (b'\r', None) if self.end.is_none() => {
                self.searched = end;
                return None;
            }
            _ => end + 1,
        };
        let line = self.buffer[..end].to_vec();
        self.buffer.drain(..next);
        self.searched = 0;
        Some(line)
    }

    fn field(&mut self, line: &[u8]) {
        let colon = line.iter().position(|byte| *byte == b':');
        let (name, value) = match colon {
            Some(0) => return,
            Some(at) => (&line[..at], &line[at + 1..]),
            None => (line, &b""[..]),
        };
        let value = value.strip_prefix(b" ").unwrap_or(value);
        let text = || String::from_utf8_lossy(value).into_owned();
        match name {
            b"event" => self.event.event = Some(text()).filter(|event| !event.is_empty()),
            b"data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push(b'\n');
                }
                self.event.data.extend_from_slice(value);
            }
            b"id" if !value.contains(&0) => {
                self.event.id = Some(text());
            }
            b"retry" => {
                let milliseconds = text().parse().ok();
                self.event.retry = milliseconds.map(Duration::from_millis).or(self.event.retry);
                self.retry = self.event.retry.or(self.retry);
            }
            _ => {}
        }
    }
}

/// What a text of a sequence starts with.
const RECORD: u8 = 0x1E;

/// The byte order mark, which may stand before everything else.
const BOM: &[u8] = b"\xEF\xBB\xBF";
