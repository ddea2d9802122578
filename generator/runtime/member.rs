//! Members of an object that is being written.

use super::nullable::Nullable;
use serde::ser::{Serialize, SerializeMap};

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
pub(crate) struct Required<'a, T>(&'a T);

/// A member that is written when there is a value.
pub(crate) struct Optional<'a, T>(&'a Option<T>);

/// A required member.
pub(crate) fn required<T>(value: &T) -> Required<'_, T> {
    Required(value)
}

/// An optional member.
#[allow(clippy::ref_option, reason = "`object!` passes a field by reference")]
pub(crate) fn optional<T>(value: &Option<T>) -> Optional<'_, T> {
    Optional(value)
}

/// An optional member of any value.
#[allow(clippy::ref_option, reason = "`object!` passes a field by reference")]
pub(crate) fn anything<T>(value: &Option<T>) -> Optional<'_, T> {
    Optional(value)
}

/// An optional member that may be null.
pub(crate) fn nullable<T>(value: &Nullable<T>) -> &Nullable<T> {
    value
}

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
