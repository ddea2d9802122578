//! The operations: a module for each tag, a function for each way to call one.

mod argument;
mod codec;
mod docs;
mod documented;
mod example;
mod fields;
mod operation;
mod outcome;
mod pages;
mod part;
mod pattern;
mod reader;
mod reading;
mod request;
mod step;
mod stream;
mod xml;

pub use argument::{Argument, Parameter, ParameterEncoding, Passed};
pub use codec::{Decoder, Payload};
pub use documented::{Content, Documented};
pub use example::Example;
pub use fields::Short;
pub use operation::{Call, Operation, Tag};
pub use outcome::{ErrorAlias, MatchArm, Outcome, ResponseEnum, Variant};
pub use pages::Pages;
pub use part::Section;
pub use pattern::Pattern;
pub use reader::Reader;
pub use step::{Draft, SetField, Setter, Step};
pub use stream::{Decode, Stream};
pub use xml::Xml;

pub(super) use argument::{argument_name, passed, sent};
pub(super) use operation::tags;
pub(super) use xml::xml;

use super::names::Names;
use super::types::Model;
use crate::api::Api;

/// What calls are made of.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub api: &'a Api,
    pub names: &'a Names,
    /// The types, in the order of their names.
    pub models: &'a [Model],
    /// Whether functions have examples.
    pub shows_examples: bool,
}
