//! The operations: a module for each tag, a function for each way to call one.

mod argument;
mod codec;
mod docs;
mod operation;
mod outcome;
mod pages;
mod part;
mod reading;
mod request;
mod stream;
mod xml;

pub use argument::{Argument, Parameter, ParameterEncoding, Passed};
pub use codec::{Decoder, Payload};
pub use operation::{Call, Operation, Tag};
pub use outcome::{ErrorAlias, MatchArm, Outcome, Pattern, ResponseEnum, Variant};
pub use pages::Pages;
pub use part::Section;
pub use request::{Setter, Step};
pub use stream::{Decode, Stream};
pub use xml::Xml;

pub(super) use argument::{argument_name, passed, sent};
pub(super) use operation::tags;
pub(super) use xml::xml;
