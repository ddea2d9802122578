//! Operations: what is sent and what comes back.

use std::fmt;

use super::{Docs, Media, Origin, Pagination, Server, Status, TypeId};

/// An operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Where the document describes it.
    pub origin: Origin,
    /// The `operationId`, or one made of method and path where the document has none.
    pub id: String,
    /// The HTTP method.
    pub method: Method,
    /// The path template.
    pub path: Vec<Segment>,
    /// A query that the document has written into the path.
    pub query: Option<String>,
    /// The group that it is in: its first tag, what the author gives for generated code, or one made of
    /// its path.
    pub tag: Option<String>,
    /// What its group is made of.
    pub grouped: Grouped,
    /// What the author calls it in generated code.
    pub given: Option<String>,
    /// The document's words about it.
    pub docs: Docs,
    /// All parameters, those of the path item among them.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The responses: codes, then ranges, then `default`.
    pub responses: Vec<Response>,
    /// Alternatives of schemes that are needed together, as indices into `Api::schemes`.
    pub security: Vec<Vec<usize>>,
    /// Where it is, when that is not where the rest of the API is. The first one is usual, and a
    /// relative URL is relative to the rest of the API ("Server Object").
    pub servers: Vec<Server>,
    /// How its responses go on, where they do.
    pub pagination: Option<Pagination>,
    /// When the author says that its calls are sent again.
    pub retries: Option<Retries>,
}

/// When calls are sent again, as a document's author says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Retries {
    /// Never.
    Never,
    /// Whatever the method is.
    Always {
        /// The pause before the second attempt, in milliseconds.
        first: u64,
        /// The longest pause, in milliseconds.
        longest: u64,
        /// The statuses, where they are not the usual ones.
        statuses: Vec<u16>,
    },
}

impl fmt::Display for Retries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("sent once"),
            Self::Always {
                first,
                longest,
                statuses,
            } => write!(
                f,
                "sent again after {first} to {longest} ms for {statuses:?}"
            ),
        }
    }
}

impl Operation {
    /// The responses of success: those with a 2xx. A redirect (3xx) is what an operation without
    /// one is for, and where there is neither, `default` stands for successes and errors alike
    /// ("Responses Object").
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        let responses = self.responses.iter();
        responses.filter(|response| self.is_success(response.status))
    }

    /// The responses that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Response> {
        let responses = self.responses.iter();
        responses.filter(|r| !self.is_success(r.status) || r.status == Status::Default)
    }

    fn is_success(&self, status: Status) -> bool {
        let has = |wanted: fn(Status) -> bool| self.responses.iter().any(|r| wanted(r.status));
        if has(Status::is_success) {
            status.is_success()
        } else if has(Status::is_redirect) {
            status.is_redirect()
        } else {
            status == Status::Default
        }
    }

    /// Whether a segment of a path names the API or its version, and no resource of it.
    pub fn is_version(segment: &str) -> bool {
        let number = segment.strip_prefix('v').unwrap_or_default();
        number.starts_with(|c: char| c.is_ascii_digit()) || ["api", "rest"].contains(&segment)
    }

    /// The path template as text.
    pub fn path_template(&self) -> String {
        let path = self.path.iter();
        let path = path.map(|segment| match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Parameter(name) => format!("{{{name}}}"),
        });
        path.collect()
    }

    /// The types of parameters, bodies and responses.
    pub fn types(&self) -> Vec<TypeId> {
        let headers = self.responses.iter().flat_map(|r| &r.headers);
        let bodies = self.body.iter().flat_map(|body| &body.content);
        let contents = bodies.chain(self.responses.iter().flat_map(|r| &r.content));
        let parameters = self.parameters.iter().map(|parameter| parameter.ty);
        let items = self.pagination.iter().map(|pagination| pagination.item);
        let types = parameters.chain(items).chain(headers.map(|h| h.ty));
        types.chain(contents.flat_map(Media::types)).collect()
    }

    /// Visits the types of parameters, bodies and responses.
    pub fn for_each_type(&mut self, visit: &mut dyn FnMut(&mut TypeId)) {
        self.parameters.iter_mut().for_each(|p| visit(&mut p.ty));
        self.pagination.iter_mut().for_each(|p| visit(&mut p.item));
        let headers = self.responses.iter_mut().flat_map(|r| &mut r.headers);
        headers.for_each(|header| visit(&mut header.ty));
        let body = self.body.iter_mut().flat_map(|body| &mut body.content);
        let responses = self.responses.iter_mut().flat_map(|r| &mut r.content);
        for media in body.chain(responses) {
            media.for_each_type(visit);
        }
    }
}

/// What the group of an operation is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouped {
    /// Its first tag, where it has one.
    ByTag,
    /// What the author gives for generated code.
    ByAuthor,
    /// Its path.
    ByPath,
}

/// An HTTP method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `TRACE`
    Trace,
    /// Any other, by its name.
    Other(String),
}

impl Method {
    /// The method's name on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Other(name) => name,
        }
    }
}

/// A segment of a path template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Text that stands in the path as it is.
    Literal(String),
    /// The parameter with this name.
    Parameter(String),
}

/// A parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Where the document describes it.
    pub origin: Origin,
    /// Its name on the wire.
    pub name: String,
    /// What the author calls it in generated code.
    pub given: Option<String>,
    /// Where it goes.
    pub location: Location,
    /// How it is styled.
    pub style: Style,
    /// Whether arrays and objects are exploded.
    pub explode: bool,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// Whether a call has to give it.
    pub required: bool,
    /// The type of its value.
    pub ty: TypeId,
    /// The value that the server takes where none is given.
    pub default: Option<serde_json::Value>,
    /// The least value of an integer.
    pub minimum: Option<i64>,
    /// The document's words about it.
    pub docs: Docs,
}

impl Parameter {
    /// Whether it is the header by which a server knows a call that it has seen ("The Idempotency-Key HTTP
    /// Header Field").
    pub fn is_idempotency_key(&self) -> bool {
        self.location == Location::Header && self.name.eq_ignore_ascii_case("idempotency-key")
    }

    /// The name that generated code makes its own of.
    pub fn called(&self) -> &str {
        self.given.as_deref().unwrap_or(&self.name)
    }
}

/// Where a parameter goes (`in`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// In the path template.
    Path,
    /// After the question mark.
    Query,
    /// In a header of its own.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How a parameter is styled (`style`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `;name=value`
    Matrix,
    /// `.value`
    Label,
    /// `value`
    Simple,
    /// `name=value`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a%7Cb`
    PipeDelimited,
    /// `name%5Bkey%5D=value`
    DeepObject,
    /// As JSON text, for a parameter that is described by its `content`.
    Json,
}

/// A request body.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Where the document describes it.
    pub origin: Origin,
    /// The document's words about it.
    pub docs: Docs,
    /// Whether a call has to give it.
    pub required: bool,
    /// The content types it can be sent as.
    pub content: Vec<Media>,
}

/// What the API sends by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    /// Where the document describes it.
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// The document's words about it.
    pub docs: Docs,
    /// The content types it can have.
    pub content: Vec<Media>,
}

/// A response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Where the document describes it.
    pub origin: Origin,
    /// When it is given.
    pub status: Status,
    /// The document's words about it.
    pub description: String,
    /// The content types it may have; none when it has no body.
    pub content: Vec<Media>,
    /// The headers that are described.
    pub headers: Vec<Header>,
    /// Its links, as lines of `CommonMark`.
    pub links: Vec<String>,
}

/// A header of a response, or of a part of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Where the document describes it.
    pub origin: Origin,
    /// Its name.
    pub name: String,
    /// Whether it has to be there.
    pub required: bool,
    /// The type of its value.
    pub ty: TypeId,
    /// The document's words about it.
    pub docs: Docs,
}
