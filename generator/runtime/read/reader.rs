//! How a stream is cut into items: server-sent events ("Server-sent events", HTML Living Standard), lines
//! of JSON, JSON text sequences (RFC 7464), or bytes.

use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderMap};

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

/// An item that is still to be decoded.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Raw {
    pub(crate) event: Option<String>,
    pub(crate) data: Vec<u8>,
    pub(crate) id: Option<String>,
    pub(crate) retry: Option<Duration>,
}

/// Cuts bytes into items.
#[derive(Debug)]
pub(crate) struct Reader {
    format: Format,
    /// How long an item may be.
    limit: usize,
    buffer: Buffer,
    /// Where the search for the end of a line goes on.
    searched: usize,
    record: Record,
    event: Raw,
    has_data: bool,
    last_id: Option<String>,
    retry: Option<Duration>,
    has_begun: bool,
    end: Option<End>,
}

/// Bytes that have arrived and are still to be read.
#[derive(Debug, Default)]
struct Buffer {
    bytes: Vec<u8>,
    /// How many have been read.
    start: usize,
}

impl Buffer {
    fn rest(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    fn add(&mut self, bytes: &[u8]) {
        self.bytes.drain(..std::mem::take(&mut self.start));
        self.bytes.extend_from_slice(bytes);
    }

    fn skip(&mut self, count: usize) {
        self.start += count;
    }
}

/// How far a text of a sequence has been read: where its JSON begins and ends.
#[derive(Debug, Default)]
struct Record {
    read: usize,
    depth: usize,
    is_text: bool,
    is_escaped: bool,
}

impl Record {
    /// Whether the JSON is all there and a line feed behind it.
    fn is_whole(&mut self, text: &[u8]) -> bool {
        for byte in text.get(self.read..).unwrap_or_default() {
            match (byte, self.is_text) {
                (_, true) if self.is_escaped => self.is_escaped = false,
                (b'\\', true) => self.is_escaped = true,
                (b'"', _) => self.is_text = !self.is_text,
                (b'{' | b'[', false) => self.depth += 1,
                (b'}' | b']', false) => self.depth = self.depth.saturating_sub(1),
                (_, _) => {}
            }
        }
        self.read = text.len();
        let is_open = self.is_text || self.depth > 0 || text.trim_ascii().is_empty();
        text.ends_with(b"\n") && !is_open
    }
}

/// What has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Connection,
    /// The server has said so.
    Stream,
}

impl Reader {
    pub(crate) fn new(format: Format, limit: usize) -> Self {
        Self {
            format,
            limit,
            buffer: Buffer::default(),
            searched: 0,
            record: Record::default(),
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
            ..Self::new(self.format, self.limit)
        };
    }

    /// Adds bytes that have arrived.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        self.buffer.add(bytes);
        if !self.has_begun && self.buffer.rest().len() >= BOM.len() {
            self.has_begun = true;
            if self.buffer.rest().starts_with(BOM) && !matches!(self.format, Format::Bytes(_)) {
                self.buffer.skip(BOM.len());
                self.searched = 0;
            }
        }
    }

    /// The start of an item that is longer than one may be; there is no more then.
    pub(crate) fn too_long(&mut self) -> Option<Vec<u8>> {
        let length = self.buffer.rest().len() + self.event.data.len();
        if length <= self.limit || matches!(self.format, Format::Bytes(_)) {
            return None;
        }
        self.end = Some(End::Stream);
        let mut start = std::mem::take(&mut self.event.data);
        start.extend_from_slice(self.buffer.rest());
        self.buffer = Buffer::default();
        start.truncate(KEPT);
        start.shrink_to_fit();
        Some(start)
    }

    /// No more bytes will arrive. An event that is not finished is dropped, a line is not.
    pub(crate) fn end(&mut self) {
        self.end = Some(End::Connection);
        self.searched = 0;
        let first = self.buffer.rest().first();
        let is_line = first.is_some_and(|first| *first != RECORD);
        if matches!(self.format, Format::Lines(_)) && is_line {
            self.buffer.add(b"\n");
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
            Format::Bytes(_) if self.buffer.rest().is_empty() => None,
            Format::Bytes(_) => Some(Raw {
                data: std::mem::take(&mut self.buffer).bytes,
                ..Raw::default()
            }),
            Format::Lines(_) => loop {
                let line = if self.buffer.rest().first() == Some(&RECORD) {
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
                    self.buffer = Buffer::default();
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
        let rest = self.buffer.rest();
        let from = self.searched.max(1);
        let next = rest.get(from..).unwrap_or_default();
        let next = next.iter().position(|byte| *byte == RECORD);
        let is_whole = next.is_some() || self.record.is_whole(&rest[1..]);
        let end = match next {
            Some(at) => from + at,
            None if self.end.is_some() || is_whole => rest.len(),
            None => {
                self.searched = rest.len();
                return None;
            }
        };
        let mut text = rest[1..end].to_vec();
        if !is_whole && !text.trim_ascii().is_empty() {
            text.push(RECORD);
        }
        self.buffer.skip(end);
        self.searched = 0;
        self.record = Record::default();
        Some(text)
    }

    /// The next line without its end: a line feed, a carriage return, or both.
    fn line(&mut self) -> Option<Vec<u8>> {
        let rest = self.buffer.rest();
        let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let Some(at) = rest[self.searched..].iter().position(is_end) else {
            self.searched = rest.len();
            return None;
        };
        let end = self.searched + at;
        let next = match (rest[end], rest.get(end + 1)) {
            (b'\r', Some(b'\n')) => end + 2,
            // The other half of the line's end may still be on its way.
            (b'\r', None) if self.end.is_none() => {
                self.searched = end;
                return None;
            }
            _ => end + 1,
        };
        let line = rest[..end].to_vec();
        self.buffer.skip(next);
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

/// How much is kept of an item that is too long.
const KEPT: usize = 64 * 1024;

/// What a text of a sequence starts with.
const RECORD: u8 = 0x1E;

/// The byte order mark, which may stand before everything else.
const BOM: &[u8] = b"\xEF\xBB\xBF";
