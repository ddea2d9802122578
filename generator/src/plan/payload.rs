//! Request bodies: the ways an operation can be called, and what is sent.

use super::content::{content_words, is_json, is_range, is_text};
use super::ident::{Ident, Scope};
use super::names::Names;
use super::parameter::{Argument, Parameter, Passed, Spelling, argument, passed};
use super::stream;
use super::types::{RustType, behind, rust_type};
use crate::api::{self, Api, Location, Media, Operation, Presence, Shape, Style, TypeId};

/// The only kind of bodies in parts whose values have styles ("Encoding Object").
pub(super) const FORM_DATA: &str = "multipart/form-data";

/// How a body is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// As JSON, with this content type.
    Json(String),
    /// As lines of JSON, with this content type.
    Lines(String),
    /// As XML, with this content type and the element that this static describes.
    Xml(String, Ident),
    /// As text, with this content type.
    Text(String),
    /// As it is, with this content type.
    Bytes(String),
    /// As a form, with this content type; properties that are spelled in their own way.
    Form(String, Vec<Parameter>),
}

/// What a part of a `multipart` body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Section {
    /// Parts that the caller has made, with the content type of those that have none.
    Parts(String),
    /// The same for a single part.
    Part(String),
    /// A value, with its content type where the document gives one.
    Field(Option<String>),
    /// A value that is spelled like this parameter, as a part for each of its pairs.
    Styled(Parameter),
    /// All parts.
    All,
}

/// A way to call an operation.
pub(super) struct Way<'a> {
    /// What the method's name has at its end.
    pub suffix: String,
    /// The content of the body.
    pub body: Option<&'a Media>,
    /// The content of the answer, where it is read as a stream.
    pub stream: Option<&'a Media>,
}

/// The ways to call an operation, the usual one first: one for each kind of body, and one that
/// reads the answer piece by piece.
pub(super) fn ways<'a>(api: &Api, operation: &'a Operation) -> Vec<Way<'a>> {
    let content = operation.body.iter().flat_map(|body| &body.content);
    let content: Vec<&Media> = content.collect();
    let json = content.iter().find(|media| kind(api, media) == Kind::Json);
    let usual = json.or(content.first()).copied();
    let mut bodies: Vec<(Option<&Media>, String)> = vec![(usual, String::new())];
    for media in content {
        let kind = kind(api, media);
        let same_kind =
            |body: Option<&Media>| body.is_some_and(|body| self::kind(api, body) == kind);
        let is_same =
            |body: Option<&Media>| body.is_some_and(|body| is_same(api, body.ty, media.ty));
        // Another kind of form is a way of its own, and so is another type; the same type in
        // another spelling is none.
        let is_known = if matches!(kind, Kind::Form | Kind::Multipart) {
            bodies.iter().any(|(body, _)| same_kind(*body))
        } else {
            is_same(usual)
                || bodies
                    .iter()
                    .any(|(body, _)| same_kind(*body) && is_same(*body))
        };
        if !is_known && !media.content_type.contains("xml") {
            let suffix = if bodies.iter().any(|(body, _)| same_kind(*body)) {
                format!(
                    "_{}",
                    content_words(media.content_type.trim_end_matches("+json"))
                )
            } else {
                kind.suffix().to_owned()
            };
            bodies.push((Some(media), suffix));
        }
    }
    let streams = stream::streams(operation);
    let is_only = streams.len() == 1 && !stream::has_other_success(operation);
    let mut ways: Vec<Way<'a>> = bodies
        .into_iter()
        .map(|(body, suffix)| Way {
            suffix,
            body,
            stream: streams.first().copied().filter(|_| is_only),
        })
        .collect();
    if !is_only {
        ways.extend(streams.first().map(|stream| Way {
            suffix: "_stream".to_owned(),
            body: usual,
            stream: Some(*stream),
        }));
    }
    ways
}

fn is_same(api: &Api, one: Option<TypeId>, other: Option<TypeId>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => behind(api, one) == behind(api, other),
        (one, other) => one == other,
    }
}

/// The kinds of bodies that are sent in different ways.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Xml,
    Form,
    Multipart,
    Lines,
    Text,
    Bytes,
}

impl Kind {
    fn suffix(self) -> &'static str {
        match self {
            Self::Json => "_json",
            Self::Xml => "_xml",
            Self::Form => "_form",
            Self::Multipart => "_multipart",
            Self::Lines => "_lines",
            Self::Text => "_text",
            Self::Bytes => "_bytes",
        }
    }
}

fn kind(api: &Api, media: &Media) -> Kind {
    let content_type = media.content_type.as_str();
    if is_json(api, media) {
        Kind::Json
    } else if media.xml.is_some() {
        Kind::Xml
    } else if content_type.starts_with("application/x-www-form-urlencoded") {
        Kind::Form
    } else if content_type.starts_with("multipart/") {
        Kind::Multipart
    } else if stream::is_lines(content_type) {
        Kind::Lines
    } else if is_text(api, media) {
        Kind::Text
    } else {
        Kind::Bytes
    }
}

/// The content type that a body is sent with. A range is none: the caller who knows better sets the
/// header of the call ("Media Type Object", ranges of RFC 9110).
pub(super) fn sent_as(api: &Api, media: &Media) -> String {
    let usual = match kind(api, media) {
        Kind::Json => "application/json",
        Kind::Text => "text/plain",
        Kind::Xml => "application/xml",
        Kind::Multipart => "multipart/mixed",
        Kind::Form | Kind::Lines | Kind::Bytes => "application/octet-stream",
    };
    if is_range(&media.content_type) {
        usual.to_owned()
    } else {
        media.content_type.clone()
    }
}

/// An argument for the body, and what it is for.
pub(super) fn body(
    api: &Api,
    names: &Names,
    media: &Media,
    scope: &mut Scope,
) -> (Argument, Payload) {
    let content_type = sent_as(api, media);
    let value = match media.ty {
        Some(id) => passed(api, names, id),
        None => Passed::Reference(RustType::Json),
    };
    let (passed, payload) = match kind(api, media) {
        Kind::Json => (value, Payload::Json(content_type)),
        Kind::Form => {
            let styles = media.encodings.iter().filter_map(styled);
            (value, Payload::Form(content_type, styles.collect()))
        }
        Kind::Lines => {
            let ty = media.ty.map_or(RustType::Json, |id| {
                if let Shape::Array(item) = api.types[behind(api, id).0].shape {
                    rust_type(api, names, item)
                } else {
                    rust_type(api, names, id)
                }
            });
            (Passed::Slice(ty), Payload::Lines(content_type))
        }
        Kind::Xml => match names.xml().root(media) {
            Some(element) => (value, Payload::Xml(content_type, element.clone())),
            None => (Passed::Body, Payload::Bytes(content_type)),
        },
        Kind::Text => (Passed::Str, Payload::Text(content_type)),
        Kind::Multipart | Kind::Bytes => (Passed::Body, Payload::Bytes(content_type)),
    };
    let ident = Ident::value_name("body");
    let ident = scope.take(&[ident.clone(), ident.with("_content")]);
    (Argument { ident, passed }, payload)
}

/// How a property of a form is spelled, where the document says so ("Encoding Object").
fn styled(encoding: &api::Encoding) -> Option<Parameter> {
    let (style, explode) = match (encoding.style, &encoding.content_type) {
        (Some(style), _) => style,
        (None, Some(text)) if api::is_json(text) => (Style::Json, false),
        (None, _) => return None,
    };
    Some(Parameter {
        name: encoding.property.clone(),
        location: Location::Query,
        spelling: if encoding.allow_reserved {
            Spelling::Reserved(style, explode)
        } else {
            Spelling::Styled(style, explode)
        },
    })
}

/// Whether a content is sent in parts.
pub(super) fn is_in_parts(api: &Api, media: &Media) -> bool {
    kind(api, media) == Kind::Multipart
}

/// An argument for all parts, where the document does not name them.
pub(super) fn all_parts(scope: &mut Scope) -> Argument {
    let ident = Ident::value_name("parts");
    Argument {
        ident: scope.take(&[ident.clone(), ident.with("_content")]),
        passed: Passed::AllParts,
    }
}

/// An argument for a part, and what it is for.
pub(super) fn part(
    api: &Api,
    names: &Names,
    media: &Media,
    member: &api::Member,
    scope: &mut Scope,
) -> (Argument, Section) {
    let mut argument = argument(api, names, &member.name, member.ty, scope);
    let is_file = |id| {
        let (id, _) = behind(api, id);
        matches!(&api.types[id].shape, Shape::String(format) if format.0 == "binary")
    };
    let encoding = encoding(media, &member.name);
    let content_type = encoding.and_then(|encoding| encoding.content_type.clone());
    let one = content_type.filter(|text| !text.contains([',', '*']));
    let of_file = || one.clone().unwrap_or("application/octet-stream".to_owned());
    let (id, _) = behind(api, member.ty);
    if is_file(id) {
        argument.passed = Passed::Part;
        return (argument, Section::Part(of_file()));
    }
    if let Shape::Array(item) = api.types[id].shape
        && is_file(item)
    {
        argument.passed = Passed::Parts;
        return (argument, Section::Parts(of_file()));
    }
    let style = encoding.and_then(|encoding| encoding.style);
    let section = match style {
        Some((style, explode)) if media.content_type.starts_with(FORM_DATA) => {
            Section::Styled(Parameter {
                name: member.name.clone(),
                location: Location::Query,
                spelling: Spelling::Styled(style, explode),
            })
        }
        Some(_) | None => Section::Field(one),
    };
    (argument, section)
}

/// How a part is sent, where the document says so.
pub(super) fn encoding<'a>(media: &'a Media, part: &str) -> Option<&'a api::Encoding> {
    let mut encodings = media.encodings.iter();
    encodings.find(|encoding| encoding.property == part)
}

/// Whether a part has to be there.
pub(super) fn is_required(member: &api::Member) -> bool {
    member.presence == Presence::Required
}
