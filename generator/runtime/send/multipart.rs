//! Bodies in parts (RFC 2046, section 5.1; `multipart/form-data`: RFC 7578).

use std::collections::VecDeque;
use std::fmt::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http_body::{Frame, SizeHint};
use serde::Serialize;
use url::Url;

use crate::runtime::encode::parameter::Parameter;
use crate::runtime::encode::tree::Tree;
use crate::runtime::send::body::{Body, Cause};
use crate::runtime::send::request::{Request, Unfinished, unique};

/// A part of a body: bytes, text, a file or another stream, and what is said about it.
///
/// It is sent again where a call is sent again, unless it is a stream.
#[derive(Debug)]
#[must_use = "a part is sent by the call that it is given to"]
pub struct Part {
    body: Body,
    /// Its name, where that is not the property's.
    name: Option<String>,
    file_name: Option<String>,
    headers: HeaderMap,
    problem: Option<&'static str>,
}

impl Part {
    /// Creates a part with this content: bytes, text, or a stream.
    ///
    /// With the cargo feature `stream`, a `tokio::fs::File` is read while it is sent.
    pub fn new(body: impl Into<Body>) -> Self {
        Self {
            body: body.into(),
            name: None,
            file_name: None,
            headers: HeaderMap::new(),
            problem: None,
        }
    }

    /// Sets the name of the file.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type, in place of the document's.
    pub fn content_type(self, content_type: &str) -> Self {
        self.header(CONTENT_TYPE.as_str(), content_type)
    }

    /// Adds a header to this part. A second one of the same name replaces the first.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => {
                self.headers.insert(name, value);
            }
            (Err(_), _) => self.problem = Some("has a header whose name is not valid"),
            (_, Err(_)) => self.problem = Some("has a header with control characters"),
        }
        self
    }

    /// What stands before its content ("Content-Disposition": RFC 7578, section 4.2).
    fn head(&self, name: &str) -> String {
        let name = self.name.as_deref().unwrap_or(name);
        let mut head = String::new();
        if self.headers.contains_key(CONTENT_DISPOSITION) {
            // The caller or the document has said it.
        } else if !name.is_empty() {
            head = format!("Content-Disposition: form-data; name=\"{}\"", quoted(name));
        } else if self.file_name.is_some() {
            "Content-Disposition: attachment".clone_into(&mut head);
        }
        if let Some(name) = self.file_name.as_ref().filter(|_| !head.is_empty()) {
            let _ = write!(head, "; filename=\"{}\"", quoted(name));
        }
        if !head.is_empty() {
            head.push_str("\r\n");
        }
        for (name, value) in &self.headers {
            let value = String::from_utf8_lossy(value.as_bytes());
            let _ = write!(head, "{name}: {value}\r\n");
        }
        head
    }

    /// Clones the part; `None` where its content is a stream.
    pub fn try_clone(&self) -> Option<Self> {
        Some(Self {
            body: self.body.try_clone()?,
            name: self.name.clone(),
            file_name: self.file_name.clone(),
            headers: self.headers.clone(),
            problem: self.problem,
        })
    }
}

/// Names in double quotes, as browsers write them (HTML Living Standard, "multipart form data").
fn quoted(name: &str) -> String {
    let name = name.replace('"', "%22");
    name.replace('\r', "%0D").replace('\n', "%0A")
}

/// The parts of a body, each with its name.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    /// Each with its place among the others, and its name.
    list: Vec<(usize, &'static str, Part)>,
    /// Headers of all parts of a name.
    headers: Vec<(&'static str, &'static str, String)>,
    /// Where it is not `multipart/form-data`.
    content_type: Option<&'static str>,
}

impl Parts {
    /// Sets the parts of this name, in place of those that it had.
    fn set(&mut self, place: usize, name: &'static str, parts: impl IntoIterator<Item = Part>) {
        self.list.retain(|(_, known, _)| *known != name);
        let parts = parts.into_iter().map(|part| (place, name, part));
        self.list.extend(parts);
    }
}

impl Request {
    /// Sends the parts with this content type.
    pub(crate) fn multipart(&mut self, content_type: &'static str) {
        self.unfinished::<Parts>().content_type = Some(content_type);
    }

    /// Sends parts of this name at this place among the others, instead of those that it had; with
    /// this content type where a part has none of its own.
    pub(crate) fn parts(
        &mut self,
        place: usize,
        name: &'static str,
        content_type: &'static str,
        parts: Vec<Part>,
    ) {
        let parts = parts.into_iter().map(|part| {
            if part.headers.contains_key(CONTENT_TYPE) {
                part
            } else {
                part.content_type(content_type)
            }
        });
        self.unfinished::<Parts>().set(place, name, parts);
    }

    /// Sends these parts.
    pub(crate) fn all_parts(&mut self, parts: Vec<(&'static str, Part)>) {
        let parts = parts.into_iter().enumerate();
        self.unfinished::<Parts>().list = parts
            .map(|(place, (name, part))| (place, name, part))
            .collect();
    }

    /// Sends a header with each part of this name ("Encoding Object", `headers`).
    pub(crate) fn part_header<T: Serialize>(
        &mut self,
        part: &'static str,
        header: Parameter<'static>,
        value: T,
    ) {
        match header.encode(&value) {
            Ok(text) => {
                let headers = &mut self.unfinished::<Parts>().headers;
                headers.push((part, header.name(), text));
            }
            Err(reason) => self.refuse(header.name(), &reason),
        }
    }

    /// Sends a value as a part for each pair of a name and a value, by its style ("Encoding
    /// Object", `style`).
    pub(crate) fn styled<T: Serialize>(
        &mut self,
        place: usize,
        parameter: Parameter<'static>,
        value: T,
    ) {
        let name = parameter.name();
        let pairs = parameter.encode(&value).and_then(|pairs| {
            let url = Url::parse(&format!("http://form/?{pairs}"));
            url.map_err(|error| error.to_string())
        });
        let url = match pairs {
            Ok(url) => url,
            Err(reason) => return self.refuse(name, &reason),
        };
        let parts = url.query_pairs().map(|(own, value)| {
            let mut part = Part::new(value.into_owned());
            part.name = Some(own.into_owned());
            part
        });
        self.unfinished::<Parts>().set(place, name, parts);
    }

    /// Sends a value as a part: a scalar as text, an array as a part for each item, an object as
    /// JSON; or with the content type that the document gives ("Encoding Object", `contentType`).
    pub(crate) fn field<T: Serialize>(
        &mut self,
        place: usize,
        name: &'static str,
        content_type: Option<&str>,
        value: T,
    ) {
        let parts: Vec<Part> = match Tree::of(&value) {
            Ok(Tree::List(items)) => items.iter().map(|item| part(item, content_type)).collect(),
            Ok(value) => vec![part(&value, content_type)],
            Err(reason) => return self.refuse(name, &reason.to_string()),
        };
        self.unfinished::<Parts>().set(place, name, parts);
    }
}

fn part(value: &Tree, content_type: Option<&str>) -> Part {
    let as_json = match content_type {
        Some(content_type) => {
            let essence = content_type.split(';').next().unwrap_or_default();
            essence.trim_end().ends_with("json")
        }
        None => matches!(value, Tree::List(_) | Tree::Members(_)),
    };
    let text = if as_json {
        value.to_string()
    } else {
        value.text()
    };
    match content_type.or(as_json.then_some("application/json")) {
        Some(content_type) => Part::new(text).content_type(content_type),
        None => Part::new(text),
    }
}

impl Unfinished for Parts {
    fn try_clone(&self) -> Option<Box<dyn Unfinished>> {
        let list = self.list.iter();
        let list = list.map(|(place, name, part)| Some((*place, *name, part.try_clone()?)));
        Some(Box::new(Self {
            list: list.collect::<Option<_>>()?,
            headers: self.headers.clone(),
            content_type: self.content_type,
        }))
    }

    /// Without a stream among them the body is one of bytes, which can be sent a second time.
    fn finish(mut self: Box<Self>, request: &mut Request) {
        self.list.sort_by_key(|(place, ..)| *place);
        if self.list.is_empty() {
            return;
        }
        let boundary = unique();
        let mut chunks = Chunks::default();
        for (_, name, mut part) in self.list {
            for (_, header, value) in self.headers.iter().filter(|(of, ..)| *of == name) {
                part = part.header(header, value);
            }
            if let Some(problem) = part.problem {
                request.refuse(name, problem);
            }
            chunks.text(&format!("--{boundary}\r\n{}\r\n", part.head(name)));
            chunks.body(part.body);
            chunks.text("\r\n");
        }
        chunks.text(&format!("--{boundary}--\r\n"));
        let content_type = self.content_type.unwrap_or("multipart/form-data");
        request.header(
            CONTENT_TYPE.as_str(),
            &format!("{content_type}; boundary={boundary}"),
        );
        request.body = Some(chunks.into());
    }
}

/// Bodies that are sent one after the other; neighbouring bytes are one.
#[derive(Default)]
struct Chunks {
    done: VecDeque<Body>,
    bytes: Vec<u8>,
}

impl Chunks {
    fn text(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn body(&mut self, body: Body) {
        if let Some(bytes) = body.as_bytes() {
            self.bytes.extend_from_slice(bytes);
        } else {
            let before = std::mem::take(&mut self.bytes);
            self.done.extend([Body::from(before), body]);
        }
    }
}

impl From<Chunks> for Body {
    fn from(chunks: Chunks) -> Self {
        let Chunks { mut done, bytes } = chunks;
        if done.is_empty() {
            return Self::from(bytes);
        }
        done.push_back(Self::from(bytes));
        Self::wrap(Chain(done))
    }
}

struct Chain(VecDeque<Body>);

impl http_body::Body for Chain {
    type Data = <Body as http_body::Body>::Data;
    type Error = Cause;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        while let Some(first) = self.0.front_mut() {
            match ready!(Pin::new(first).poll_frame(context)) {
                Some(frame) => return Poll::Ready(Some(frame)),
                None => drop(self.0.pop_front()),
            }
        }
        Poll::Ready(None)
    }

    /// Exact where the length of each part is known.
    fn size_hint(&self) -> SizeHint {
        let hints = self.0.iter().map(http_body::Body::size_hint);
        hints.fold(SizeHint::with_exact(0), |sum, next| {
            let mut both = SizeHint::new();
            both.set_lower(sum.lower() + next.lower());
            if let Some(upper) = sum.upper().zip(next.upper()).map(|(a, b)| a + b) {
                both.set_upper(upper);
            }
            both
        })
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Chain").finish_non_exhaustive()
    }
}
