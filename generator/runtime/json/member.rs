//! Members of an object that is being written.

use serde::ser::{Serialize, SerializeMap};

use crate::runtime::json::nullable::Nullable;

/// Writes each member that is there.
pub(crate) fn write<M: SerializeMap>(
    map: &mut M,
    names: &'static [&'static str],
    members: &[&dyn Write<M>],
) -> Result<(), M::Error> {
    names
        .iter()
        .zip(members)
        .try_for_each(|(name, member)| member.write(name, map))
}

/// A member that knows whether it is there.
pub(crate) trait Write<M: SerializeMap> {
    /// Writes the member, if it is there.
    fn write(&self, name: &'static str, map: &mut M) -> Result<(), M::Error>;
}

/// A member that is always written.
pub(crate) struct Required<'a, T>(pub(crate) &'a T);

/// A member that is written when there is a value.
pub(crate) struct Optional<'a, T>(pub(crate) &'a Option<T>);

/// A field as a member of this kind.
macro_rules! member {
    (required $field:expr) => {
        $crate::runtime::json::member::Required($field)
    };
    (constant $field:expr) => {
        $crate::runtime::json::member::Required($field)
    };
    (optional $field:expr) => {
        $crate::runtime::json::member::Optional($field)
    };
    (anything $field:expr) => {
        $crate::runtime::json::member::Optional($field)
    };
    (nullable $field:expr) => {
        $field
    };
}
pub(crate) use member;

impl<M: SerializeMap, T: Serialize> Write<M> for Required<'_, T> {
    fn write(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(name, self.0)
    }
}

impl<M: SerializeMap, T: Serialize> Write<M> for Optional<'_, T> {
    fn write(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
        match self.0 {
            Some(value) => map.serialize_entry(name, value),
            None => Ok(()),
        }
    }
}

impl<M: SerializeMap, T: Serialize> Write<M> for &Nullable<T> {
    fn write(&self, name: &'static str, map: &mut M) -> Result<(), M::Error> {
        match self {
            Nullable::Absent => Ok(()),
            Nullable::Null => map.serialize_entry(name, &()),
            Nullable::Value(value) => map.serialize_entry(name, value),
        }
    }
}
