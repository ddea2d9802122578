//! Values in JSON.

pub(crate) mod base64;
pub(crate) mod build;
pub(crate) mod date_time;
pub(crate) mod member;
pub(crate) mod message;
pub(crate) mod nullable;
pub(crate) mod number;
pub(crate) mod object;
pub(crate) mod open_enum;
pub(crate) mod open_integer;
pub(crate) mod open_tuple;
pub(crate) mod path;
pub(crate) mod rest;
pub(crate) mod slot;
pub(crate) mod union;
