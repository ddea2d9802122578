//! Media types: what they mean for those who send and read bodies.
//!
//! *Invariant:* the text of a media type is read once, by `lower`; everybody else asks the fields.

use std::fmt;

use super::{Header, Origin, Property, Style, TypeId, XmlElement};

/// A media type or a range of them (RFC 9110, sections 8.3.1 and 12.5.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    /// The text, as the document writes it.
    pub text: String,
    /// How bodies of this type are written and read.
    pub codec: Codec,
    /// How many media types it covers.
    pub range: Range,
    /// Whether it is a type of text (`text/*`).
    pub is_text: bool,
    /// Whether bodies are files or other binary data that is read as it arrives.
    pub is_binary: bool,
    /// The words that tell it from others: `github diff json` of `application/vnd.github.diff+json`.
    pub words: String,
    /// The same without its structured syntax suffix (RFC 6838, section 4.2.8).
    pub stem: String,
}

impl MediaType {
    /// The media type that a body is sent with. A range is not a media type: the usual one of its
    /// codec takes its place.
    pub fn sent_as(&self) -> &str {
        if self.range == Range::Single {
            &self.text
        } else {
            self.codec.usual()
        }
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// How many media types a range covers, narrow before wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Range {
    /// One.
    Single,
    /// All subtypes of a type (`text/*`).
    Subtypes,
    /// All.
    All,
}

/// How bodies are written and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Codec {
    /// JSON, and the types built on it (RFC 6839, section 3.1).
    Json,
    /// XML, and the types built on it (RFC 7303, sections 4.1 and 4.2).
    Xml,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`, whose values can have styles ("Encoding Object").
    FormData,
    /// `multipart` of any other kind.
    Multipart,
    /// Lines of JSON, or a JSON text sequence (RFC 7464).
    Lines,
    /// Server-sent events (HTML Living Standard).
    Events,
    /// Text.
    Text,
    /// Anything else, as it is.
    Bytes,
}

impl Codec {
    /// The media type that is sent where the document leaves it open.
    fn usual(self) -> &'static str {
        match self {
            Self::Json => JSON,
            Self::Text | Self::Events => "text/plain",
            Self::Xml => "application/xml",
            Self::FormData | Self::Multipart => "multipart/mixed",
            Self::Form | Self::Lines | Self::Bytes => "application/octet-stream",
        }
    }

    /// The word that tells a way to send a body from the usual one: `json` of `add_pet_json`.
    /// Bodies that are sent alike have the same.
    pub fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Form => "form",
            Self::FormData | Self::Multipart => "multipart",
            Self::Lines => "lines",
            Self::Events | Self::Text => "text",
            Self::Bytes => "bytes",
        }
    }

    /// Whether it is a kind of form, which is filled in otherwise than other bodies.
    pub fn is_form(self) -> bool {
        self == Self::Form || self.is_multipart()
    }

    /// How the items of a stream are told from each other.
    pub fn framing(self) -> Framing {
        match self {
            Self::Events => Framing::Events,
            Self::Lines => Framing::Lines,
            Self::Json
            | Self::Xml
            | Self::Form
            | Self::FormData
            | Self::Multipart
            | Self::Text
            | Self::Bytes => Framing::Bytes,
        }
    }

    /// Whether a body is made of parts (RFC 2046, section 5.1).
    pub fn is_multipart(self) -> bool {
        matches!(self, Self::FormData | Self::Multipart)
    }

    /// Whether a body is read item by item only: reading it whole makes no sense.
    pub fn is_sequential(self) -> bool {
        self.framing() != Framing::Bytes
    }
}

/// How the items of a stream are told from each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// As server-sent events.
    Events,
    /// As lines of JSON, or a JSON text sequence.
    Lines,
    /// As they arrive.
    Bytes,
}

/// The media type of JSON (RFC 8259, section 11).
pub const JSON: &str = "application/json";

/// A media type and the type of what it carries ("Media Type Object").
#[derive(Debug, Clone, PartialEq)]
pub struct Media {
    /// Where the document describes it.
    pub origin: Origin,
    /// The media type, or a range of them.
    pub media_type: MediaType,
    /// The type of the value, where the document declares one.
    pub ty: Option<TypeId>,
    /// Whether the document describes the type here, and does not refer to a component.
    pub is_own: bool,
    /// The parts of a `multipart` body whose object names them; it has no type of its own then.
    pub parts: Vec<Property>,
    /// Its root element, where it is written and read as XML.
    pub xml: Option<XmlElement>,
    /// How properties of a form are sent, where the document says so.
    pub encodings: Vec<Encoding>,
    /// A value that it can carry.
    pub example: Option<serde_json::Value>,
}

impl Media {
    /// How the body is written and read: XML that nothing describes is text or bytes.
    pub fn codec(&self) -> Codec {
        match (self.media_type.codec, &self.xml) {
            (Codec::Xml, None) if self.media_type.is_text => Codec::Text,
            (Codec::Xml, None) => Codec::Bytes,
            (codec, _) => codec,
        }
    }

    /// Whether the body can be read item by item.
    pub fn is_streamed(&self) -> bool {
        self.media_type.codec.is_sequential() || self.media_type.is_binary
    }

    /// The types of the value, of the parts and of their headers.
    pub fn types(&self) -> Vec<TypeId> {
        let headers = self.encodings.iter().flat_map(|e| &e.headers);
        let parts = self.parts.iter().map(|part| part.ty);
        let types = self.ty.into_iter().chain(parts);
        types.chain(headers.map(|header| header.ty)).collect()
    }

    /// Visits the types of the value, of the parts and of their headers.
    pub fn for_each_type(&mut self, visit: &mut dyn FnMut(&mut TypeId)) {
        self.ty.iter_mut().for_each(&mut *visit);
        self.parts.iter_mut().for_each(|part| visit(&mut part.ty));
        let headers = self.encodings.iter_mut().flat_map(|e| &mut e.headers);
        headers.for_each(|header| visit(&mut header.ty));
    }
}

/// How a property of a form is sent ("Encoding Object").
#[derive(Debug, Clone, PartialEq)]
pub struct Encoding {
    /// The property.
    pub property: String,
    /// The media types it can have, where some are given.
    pub media_types: Vec<MediaType>,
    /// How it is styled, and whether it is exploded, where that is given.
    pub style: Option<(Style, bool)>,
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// The headers of its part, where the body is in parts.
    pub headers: Vec<Header>,
}

impl Encoding {
    /// The only media type, where there is one.
    pub fn media_type(&self) -> Option<&MediaType> {
        match &self.media_types[..] {
            [only] if only.range == Range::Single => Some(only),
            [..] => None,
        }
    }
}
