//! Members of an object that is being written.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::runtime::json::nullable::Nullable;
use crate::runtime::json::rest::Rest;

/// Writes an object: each member that is there, and the rest.
pub(crate) fn serialize<S: Serializer, R: Rest>(
    serializer: S,
    names: &'static [&'static str],
    members: &[&dyn Member<S>],
    rest: &R,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (name, member) in names.iter().zip(members) {
        member.write(name, &mut map)?;
    }
    rest.write(&mut map)?;
    map.end()
}

/// A member that knows whether it is there.
pub(crate) trait Member<S: Serializer> {
    /// Writes the member, if it is there.
    fn write(&self, name: &'static str, map: &mut S::SerializeMap) -> Result<(), S::Error>;
}

/// A member that is always written.
pub(crate) struct Required<'a, T>(pub(crate) &'a T);

/// All fields as members; where none has to be there, each is one as it is.
macro_rules! members {
    ($this:ident () $(optional $field:ident,)*) => {
        &[$(&$this.$field),*]
    };
    ($this:ident ($($argument:ident)*) $($kind:ident $field:ident,)*) => {
        &[$($crate::runtime::json::member::members!($kind &$this.$field)),*]
    };
    (required $field:expr) => {
        &$crate::runtime::json::member::Required($field)
    };
    (constant $field:expr) => {
        &$crate::runtime::json::member::Required($field)
    };
    ($optional:ident $field:expr) => {
        $field
    };
}
pub(crate) use members;

impl<S: Serializer, T: Serialize> Member<S> for Required<'_, T> {
    fn write(&self, name: &'static str, map: &mut S::SerializeMap) -> Result<(), S::Error> {
        map.serialize_entry(name, self.0)
    }
}

/// A member that is written when there is a value.
impl<S: Serializer, T: Serialize> Member<S> for Option<T> {
    fn write(&self, name: &'static str, map: &mut S::SerializeMap) -> Result<(), S::Error> {
        match self {
            Some(value) => map.serialize_entry(name, value),
            None => Ok(()),
        }
    }
}

/// A member that is written when there is a value, or null.
impl<S: Serializer, T: Serialize> Member<S> for Nullable<T> {
    fn write(&self, name: &'static str, map: &mut S::SerializeMap) -> Result<(), S::Error> {
        match self {
            Nullable::Absent => Ok(()),
            Nullable::Null => map.serialize_entry(name, &()),
            Nullable::Value(value) => map.serialize_entry(name, value),
        }
    }
}
