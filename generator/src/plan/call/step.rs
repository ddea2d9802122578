//! The steps of putting a request together.

use super::argument::{Argument, Parameter};
use super::codec::Payload;
use super::part::Section;
use crate::api::Retries;
use crate::plan::names::Ident;
use crate::plan::types::{Kind, RustType, Set};

/// A step of putting a request together.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Text of the path.
    Path(String),
    /// Text of the query.
    Query(String),
    /// A parameter, with the value of this argument.
    Parameter(Parameter, Ident),
    /// The body, with the value of this argument.
    Body(Payload, Ident),
    /// The same, where setters can still change it.
    Draft(Draft, Ident),
    /// A field of the body, with the value of this argument.
    Field(SetField, Ident),
    /// The part at this place and of this name, with the value of this argument.
    Part((usize, String), Section, Ident),
    /// A header of the parts of this name, with the value of this argument.
    PartHeader(String, Parameter, Ident),
    /// The media type of a body in parts, where it is not `multipart/form-data`.
    Multipart(String),
    /// A property of the JSON body that is set.
    Flag(&'static str),
    /// The media types that the client understands.
    Accept(String),
    /// The address, where it is the operation's own.
    Server(String),
    /// The address, with the value of this argument.
    BaseUrl(Ident),
    /// The header by which the server knows a call that it has seen, where the caller sets none.
    IdempotencyKey(String),
    /// When the call is sent again, where neither it nor the client says.
    Retries(Retries),
    /// What is set once for all calls; these have to be set, there or for the call.
    Globals(Vec<String>),
}

/// A body that setters can still change.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Its type.
    pub ty: RustType,
    /// How it is sent.
    pub payload: Payload,
    /// A property of it that is set.
    pub flag: Option<&'static str>,
    /// The function that sends it, where that takes more than one call.
    pub writer: Ident,
}

/// A field of a body that is set.
#[derive(Debug, Clone, PartialEq)]
pub struct SetField {
    /// The type of the body.
    pub body: Ident,
    /// The field.
    pub field: Ident,
    /// How it may be missing.
    pub kind: Kind,
    /// How it gets its value.
    pub set: Set,
}

/// A setter of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Setter {
    /// Its name, what it takes and its documentation.
    pub argument: Argument,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// What it does to the request.
    pub step: Step,
}

impl Step {
    /// How a body is sent, where it sends one.
    pub fn payload(&self) -> Option<&Payload> {
        match self {
            Self::Body(payload, _) => Some(payload),
            Self::Draft(draft, _) => Some(&draft.payload),
            Self::Path(_)
            | Self::Query(_)
            | Self::Parameter(..)
            | Self::Field(..)
            | Self::Part(..)
            | Self::PartHeader(..)
            | Self::Multipart(_)
            | Self::Flag(_)
            | Self::Accept(_)
            | Self::IdempotencyKey(_)
            | Self::Retries(_)
            | Self::Server(_)
            | Self::BaseUrl(_)
            | Self::Globals(_) => None,
        }
    }

    /// The argument whose value it sends.
    pub fn argument(&self) -> Option<&Ident> {
        match self {
            Self::Parameter(_, ident)
            | Self::Body(_, ident)
            | Self::Draft(_, ident)
            | Self::Field(_, ident)
            | Self::Part(_, _, ident)
            | Self::PartHeader(_, _, ident)
            | Self::BaseUrl(ident) => Some(ident),
            Self::Path(_)
            | Self::Query(_)
            | Self::Multipart(_)
            | Self::Flag(_)
            | Self::Accept(_)
            | Self::IdempotencyKey(_)
            | Self::Retries(_)
            | Self::Server(_)
            | Self::Globals(_) => None,
        }
    }
}
