//! Places for the members of an object that is being read.

use serde::de::{Deserialize, Error, MapAccess};

use super::nullable::Nullable;

/// A place for one member's value.
pub(crate) trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value of the member with this name.
    fn read(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error>;
}

/// A place that has had its chance to be filled.
pub(crate) trait Finish<T> {
    /// What the field gets, or an error that names the missing member.
    fn finish<E: Error>(self, name: &'static str) -> Result<T, E>;
}

/// A slot for a member that is always there.
pub(crate) struct Required<T>(Option<T>);

/// A slot for a member that may be absent; null is read as absent.
pub(crate) struct Optional<T>(Option<T>);

/// A slot for a member that may be absent; null is a value.
pub(crate) struct Anything<T>(Option<T>);

/// An empty slot for a member of any value.
pub(crate) fn anything<T>() -> Anything<T> {
    Anything(None)
}

impl<T> Finish<Option<T>> for Anything<T> {
    fn finish<E: Error>(self, _name: &'static str) -> Result<Option<T>, E> {
        Ok(self.0)
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Anything<T> {
    fn read(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error> {
        match self.0.replace(map.next_value()?) {
            Some(_) => Err(A::Error::duplicate_field(name)),
            None => Ok(()),
        }
    }
}

/// An empty slot for a required member.
pub(crate) fn required<T>() -> Required<T> {
    Required(None)
}

/// An empty slot for an optional member.
pub(crate) fn optional<T>() -> Optional<T> {
    Optional(None)
}

/// An empty slot for an optional member that may be null.
pub(crate) fn nullable<T>() -> Nullable<T> {
    Nullable::Absent
}

impl<T> Finish<T> for Required<T> {
    fn finish<E: Error>(self, name: &'static str) -> Result<T, E> {
        self.0.ok_or_else(|| E::missing_field(name))
    }
}

impl<T> Finish<Option<T>> for Optional<T> {
    fn finish<E: Error>(self, _name: &'static str) -> Result<Option<T>, E> {
        Ok(self.0)
    }
}

impl<T> Finish<Self> for Nullable<T> {
    fn finish<E: Error>(self, _name: &'static str) -> Result<Self, E> {
        Ok(self)
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Required<T> {
    fn read(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error> {
        match self.0.replace(map.next_value()?) {
            Some(_) => Err(A::Error::duplicate_field(name)),
            None => Ok(()),
        }
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Optional<T> {
    fn read(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error> {
        match std::mem::replace(&mut self.0, map.next_value()?) {
            Some(_) => Err(A::Error::duplicate_field(name)),
            None => Ok(()),
        }
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Nullable<T> {
    fn read(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error> {
        match std::mem::replace(self, Nullable::from(map.next_value::<Option<T>>()?)) {
            Nullable::Absent => Ok(()),
            Nullable::Null | Nullable::Value(_) => Err(A::Error::duplicate_field(name)),
        }
    }
}
