//! A request while it is being put together.

use std::any::Any;
use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use http::Method;
use http::header::{
    CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING,
};
use serde::Serialize;
use serde_json::Value;

use crate::runtime::encode::parameter::{Location, Parameter};
use crate::runtime::send::body::Body;
use crate::runtime::send::invalid::InvalidRequest;
use crate::runtime::send::options::{Options, Retry};

/// One request: its head, its body, and what is still to be done before it is sent.
///
/// A part that cannot be sent is remembered and reported when the call is awaited, so that
/// putting a request together never needs a `?`.
pub(crate) struct Request {
    /// On the heap, as it is large and calls are moved.
    pub(crate) head: Box<Head>,
    pub(crate) body: Option<Body>,
    /// What becomes the body when the request is sent.
    pub(crate) unfinished: Option<Box<dyn Unfinished>>,
}

/// Method, path, query, headers and the options of this one call.
#[derive(Clone)]
pub(crate) struct Head {
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    /// The parameters set once for all calls that have to be set; `None` where it has none.
    pub(crate) globals: Option<&'static [&'static str]>,
    /// The operation's own address.
    pub(crate) server: Option<&'static str>,
    /// The address of this call.
    pub(crate) base_url: Option<String>,
    pub(crate) path: String,
    pub(crate) template: Template,
    /// The URL of another page, in place of the path; each is relative to the one before.
    pub(crate) urls: Vec<String>,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) cookies: Vec<(&'static str, String)>,
    pub(crate) headers: HeaderMap,
    /// The header by which the server knows a call that it has seen.
    pub(crate) idempotency_key: Option<&'static str>,
    /// What is asked for, where the caller does not say.
    pub(crate) accept: &'static str,
    pub(crate) options: Options,
    /// When it is sent again, where the caller does not say.
    pub(crate) retry: Retry,
    pub(crate) problem: Option<InvalidRequest>,
}

/// A path as the document writes it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Debug, Clone, Copy)]
enum Piece {
    Literal(&'static str),
    Parameter(&'static str),
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Literal(text) => f.write_str(text),
            Piece::Parameter(name) => write!(f, "{{{name}}}"),
        })
    }
}

/// A body that is put together while the request is: what it is made of comes one by one.
pub(crate) trait Unfinished: Any + Send + Sync {
    /// Makes it the body of the request.
    fn finish(self: Box<Self>, request: &mut Request);

    /// Keeps it back until it is changed, where it can be.
    fn hold_back(&mut self) {}

    /// The same once more; `None` where it can be sent once alone.
    fn try_clone(&self) -> Option<Box<dyn Unfinished>>;
}

impl Request {
    /// Starts the request of an operation whose method has no constant.
    pub(crate) fn of_method(operation: &'static str, method: &'static str) -> Self {
        let method = Method::from_bytes(method.as_bytes());
        Self::new(
            operation,
            method.expect("the generator has checked the method"),
        )
    }

    /// Starts the request of the operation with this `operationId`.
    pub(crate) fn new(operation: &'static str, method: Method) -> Self {
        Self {
            head: Box::new(Head {
                operation,
                method,
                globals: None,
                server: None,
                base_url: None,
                path: String::new(),
                template: Template::default(),
                urls: Vec::new(),
                query: Vec::new(),
                cookies: Vec::new(),
                headers: HeaderMap::new(),
                idempotency_key: None,
                accept: "application/json",
                options: Options::default(),
                retry: Retry::standard(),
                problem: None,
            }),
            body: None,
            unfinished: None,
        }
    }

    /// Sends what is set once for all calls; these have to be set, there or for the call.
    pub(crate) fn globals(&mut self, needed: &'static [&'static str]) {
        self.head.globals = Some(needed);
    }

    /// Sends it to this server, unless the caller has named one for all calls.
    pub(crate) fn server(&mut self, url: &'static str) {
        self.head.server = Some(url);
    }

    /// Sends it to this server; a relative URL is relative to the client's.
    pub(crate) fn base_url(&mut self, url: impl Into<String>) {
        self.head.base_url = Some(url.into());
    }

    /// Sets the time limit of this call.
    pub(crate) fn timeout(&mut self, timeout: Duration) {
        self.head.options.timeout = Some(timeout);
    }

    /// Sets how long the server may be silent within the response's body.
    pub(crate) fn read_timeout(&mut self, timeout: Duration) {
        self.head.options.read_timeout = Some(timeout);
    }

    /// Sets how many bytes the response's body may have.
    pub(crate) fn body_limit(&mut self, bytes: usize) {
        self.head.options.body_limit = Some(bytes);
    }

    /// Sets when this call is sent again.
    pub(crate) fn retry(&mut self, retry: Retry) {
        self.head.options.retry = Some(retry);
    }

    /// Sends it again so, unless the caller says when.
    pub(crate) fn retries(&mut self, retry: Retry) {
        self.head.retry = retry;
    }

    /// Asks for these media types, unless the caller asks for others.
    pub(crate) fn accept(&mut self, media_types: &'static str) {
        self.head.accept = media_types;
    }

    /// Appends a part of the path that the document writes out.
    pub(crate) fn path(&mut self, literal: &'static str) {
        self.head.path.push_str(literal);
        self.head.template.0.push(Piece::Literal(literal));
    }

    /// Adds a part of the query that the document writes out.
    pub(crate) fn query(&mut self, literal: &'static str) {
        self.head.query.push(("", literal.to_owned()));
    }

    /// Adds a parameter where and how the document says; a second value replaces the first.
    pub(crate) fn parameter<T: Serialize>(&mut self, parameter: Parameter<'static>, value: T) {
        match parameter.encode(&value) {
            Ok(text) => self.place(parameter, &text),
            Err(reason) => self.refuse(parameter.name(), &reason),
        }
    }

    /// Adds a parameter of the path, as is usual there.
    pub(crate) fn path_parameter<T: Serialize>(&mut self, name: &'static str, value: T) {
        self.parameter(Parameter::path(name), value);
    }

    /// Adds a parameter of the query, as is usual there.
    pub(crate) fn query_parameter<T: Serialize>(&mut self, name: &'static str, value: T) {
        self.parameter(Parameter::query(name), value);
    }

    /// Adds a header that is a parameter, as is usual for one.
    pub(crate) fn header_parameter<T: Serialize>(&mut self, name: &'static str, value: T) {
        self.parameter(Parameter::header(name), value);
    }

    /// Adds a cookie, as is usual for one.
    pub(crate) fn cookie_parameter<T: Serialize>(&mut self, name: &'static str, value: T) {
        self.parameter(Parameter::cookie(name), value);
    }

    /// Sends `value` as JSON.
    pub(crate) fn json<T: Serialize + ?Sized>(&mut self, content_type: &'static str, value: &T) {
        match serde_json::to_vec(value) {
            Ok(body) => self.body(content_type, body),
            Err(reason) => self.refuse("body", &reason.to_string()),
        }
    }

    /// Sets a member of the JSON body.
    pub(crate) fn flag(&mut self, name: &str) {
        let bytes = self.body.as_ref().and_then(Body::as_bytes);
        let value = bytes.and_then(|bytes| serde_json::from_slice(bytes).ok());
        if let Some(Value::Object(mut members)) = value {
            members.insert(name.to_owned(), Value::Bool(true));
            self.body = serde_json::to_vec(&members).ok().map(Body::from);
        }
    }

    /// Sends the items as lines of JSON.
    pub(crate) fn lines<T: Serialize>(&mut self, content_type: &'static str, items: &[T]) {
        // "JSON Text Sequences" (RFC 7464, section 2.2).
        let start = if content_type.starts_with("application/json-seq") {
            "\x1E"
        } else {
            ""
        };
        let line = |item| Ok(format!("{start}{}\n", serde_json::to_string(item)?));
        match items
            .iter()
            .map(line)
            .collect::<serde_json::Result<String>>()
        {
            Ok(lines) => self.body(content_type, lines),
            Err(reason) => self.refuse("body", &reason.to_string()),
        }
    }

    /// Sends `body` as it is.
    pub(crate) fn body(&mut self, content_type: &'static str, body: impl Into<Body>) {
        self.header(CONTENT_TYPE.as_str(), content_type);
        self.body = Some(body.into());
    }

    /// Sends a random text in this header, by which the server knows a call that it has seen, unless the
    /// caller sets one.
    pub(crate) fn idempotency_key(&mut self, name: &'static str) {
        self.head.idempotency_key = Some(name);
    }

    /// Adds a header of the caller's own.
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        let Ok(header) = HeaderName::try_from(name) else {
            return self.refuse(name, "is not a valid header name");
        };
        if is_of_the_message(&header) {
            return self.refuse(name, "is a header that the client sets itself");
        }
        match HeaderValue::from_str(value) {
            Ok(mut value) => {
                // It may be a secret.
                value.set_sensitive(header != CONTENT_TYPE);
                self.head.headers.insert(header, value);
            }
            Err(_) => self.refuse(name, "has control characters in its value"),
        }
    }

    /// The body of this kind that is being put together.
    pub(crate) fn unfinished<T: Unfinished + Default>(&mut self) -> &mut T {
        let is_one = |body: &dyn Unfinished| (body as &dyn Any).is::<T>();
        if !self.unfinished.as_deref().is_some_and(is_one) {
            self.unfinished = Some(Box::<T>::default());
        }
        let body = self.unfinished.as_deref_mut();
        let body = body.and_then(|body| (body as &mut dyn Any).downcast_mut());
        body.expect("one of this kind has just been put there")
    }

    /// Puts the body together, where that is still to be done.
    pub(crate) fn finish(&mut self) {
        if let Some(name) = self.head.idempotency_key
            && !self.head.headers.contains_key(name)
        {
            self.header(name, &unique());
        }
        if let Some(body) = self.unfinished.take() {
            body.finish(self);
        }
    }

    /// The same request once more; `None` where its body is a stream.
    pub(crate) fn try_clone(&self) -> Option<Self> {
        let body = match &self.body {
            Some(body) => Some(body.try_clone()?),
            None => None,
        };
        let unfinished = match &self.unfinished {
            Some(unfinished) => Some(unfinished.try_clone()?),
            None => None,
        };
        Some(Self {
            head: self.head.clone(),
            body,
            unfinished,
        })
    }

    /// Whether a parameter has been set.
    pub(crate) fn has(&self, location: Location, name: &str) -> bool {
        let is_in = |pairs: &[(&str, String)]| pairs.iter().any(|(known, _)| *known == name);
        match location {
            Location::Path => false,
            Location::Query => is_in(&self.head.query),
            Location::Header => self.head.headers.contains_key(name),
            Location::Cookie => is_in(&self.head.cookies),
        }
    }

    pub(crate) fn place(&mut self, parameter: Parameter<'static>, text: &str) {
        match parameter.location() {
            Location::Path => self.place_in_path(parameter.name(), text),
            Location::Query => replace(&mut self.head.query, parameter.name(), text),
            Location::Cookie => replace(&mut self.head.cookies, parameter.name(), text),
            // The length of a body is that of what is sent, whatever a document calls a parameter.
            Location::Header
                if parameter
                    .name()
                    .eq_ignore_ascii_case(CONTENT_LENGTH.as_str()) => {}
            Location::Header => self.header(parameter.name(), text),
        }
    }

    /// A path value must stay one segment: the URL standard resolves `.` and `..`, and an empty
    /// one names another resource.
    fn place_in_path(&mut self, name: &'static str, text: &str) {
        self.head.template.0.push(Piece::Parameter(name));
        if matches!(text, "" | "." | "..") {
            return self.refuse(name, &format!("must not be {text:?} in a path"));
        }
        self.head.path.push_str(text);
    }

    pub(crate) fn refuse(&mut self, part: &str, reason: &str) {
        self.head
            .problem
            .get_or_insert_with(|| InvalidRequest::parameter(self.head.operation, part, reason));
    }
}

/// Whether a header says how the message itself is sent (RFC 9112, section 6).
pub(crate) fn is_of_the_message(name: &HeaderName) -> bool {
    *name == CONTENT_LENGTH || *name == TRANSFER_ENCODING
}

/// A text that is there but once, but for a chance of one in 2^128.
pub(crate) fn unique() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", random(), random())
}

fn replace(list: &mut Vec<(&'static str, String)>, name: &'static str, text: &str) {
    list.retain(|(known, _)| *known != name);
    list.push((name, text.to_owned()));
}
