//! Operations: what is sent and what comes back.

use std::fmt;

use super::{Docs, Member, Pagination, Server, TypeId, XmlElement};

/// An operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The `operationId`, or one made of method and path where the document has none.
    pub id: String,
    /// The HTTP method.
    pub method: Method,
    /// The path template.
    pub path: Vec<Segment>,
    /// A query that the document has written into the path.
    pub query: Option<String>,
    /// The first tag.
    pub tag: Option<String>,
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
    /// How its answers go on, where they do.
    pub pagination: Option<Pagination>,
}

impl Operation {
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

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

impl Method {
    /// The method's name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// A piece of a path template.
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
    /// Its name on the wire.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// How it is spelled.
    pub style: Style,
    /// Whether arrays and objects are spelled in parts.
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

/// How a parameter is spelled (`style`).
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
    /// The document's words about it.
    pub docs: Docs,
    /// Whether a call has to give it.
    pub required: bool,
    /// The content types it can be sent as.
    pub content: Vec<Media>,
}

/// A content type and the type of what it carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Media {
    /// The content type, or a range of them.
    pub content_type: String,
    /// The type of the value, where the document declares one.
    pub ty: Option<TypeId>,
    /// The parts of a `multipart` body whose object names them; it has no type of its own then.
    pub parts: Vec<Member>,
    /// Its root element, where it is XML.
    pub xml: Option<XmlElement>,
    /// How properties of a form are sent, where the document says so.
    pub encodings: Vec<Encoding>,
}

/// Whether a content type is JSON, or built on it (RFC 6839, section 3.1).
pub fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    ["application/json", "text/json"].contains(&essence.as_str()) || essence.ends_with("+json")
}

impl Media {
    /// Visits the types of the value, of the parts and of their headers.
    pub fn for_each_type(&mut self, visit: &mut dyn FnMut(&mut TypeId)) {
        self.ty.iter_mut().for_each(&mut *visit);
        self.parts.iter_mut().for_each(|part| visit(&mut part.ty));
        let headers = self.encodings.iter_mut().flat_map(|e| &mut e.headers);
        headers.for_each(|header| visit(&mut header.ty));
    }
}

/// What the API sends by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Webhook {
    /// Its name.
    pub name: String,
    /// The document's words about it.
    pub docs: Docs,
    /// The content types it can have.
    pub content: Vec<Media>,
}

/// How a property of a form is sent ("Encoding Object").
#[derive(Debug, Clone, PartialEq)]
pub struct Encoding {
    /// The property.
    pub property: String,
    /// Its content type, where one is given.
    pub content_type: Option<String>,
    /// How it is spelled, and whether in parts, where that is given.
    pub style: Option<(Style, bool)>,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// The headers of its part, where the body is in parts.
    pub headers: Vec<Header>,
}

/// A response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
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
    /// Its name.
    pub name: String,
    /// Whether it has to be there.
    pub required: bool,
    /// The type of its value.
    pub ty: TypeId,
    /// The document's words about it.
    pub docs: Docs,
}

/// The key of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// A range of a hundred codes, by its first digit.
    Range(u16),
    /// Every code that is not declared.
    Default,
}

impl Status {
    /// Whether it is one of success (2xx).
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}
