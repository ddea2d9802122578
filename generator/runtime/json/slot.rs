//! Places for the members of an object that is being read.
//!
//! They are made and emptied by macros, not by functions: a call costs the compiler more than a
//! value, and there is one for each member of each type.

use serde::de::{Deserialize, Error, MapAccess};

use crate::runtime::json::nullable::Nullable;

/// A place for one member's value.
pub(crate) trait Slot<'de, A: MapAccess<'de>> {
    /// Reads the value of the member with this name.
    fn read(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error>;

    /// Whether it holds no value, and has to.
    fn is_missing(&self) -> bool;
}

/// A slot for a member that is always there.
pub(crate) struct Required<T>(pub(crate) Option<T>);

/// A slot for a member that may be absent; null is a value.
pub(crate) struct Anything<T>(pub(crate) Option<T>);

/// The value of a required member, which the reader has made sure of.
pub(crate) fn required<T>(value: Option<T>) -> T {
    value.expect("the reader fails when a required member is missing")
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Required<T> {
    fn read(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error> {
        if self.0.is_some() {
            return Err(A::Error::duplicate_field(name));
        }
        self.0 = Some(map.next_value()?);
        Ok(())
    }

    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

/// A slot for a member that may be absent; null is read as absent.
impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Option<T> {
    fn read(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error> {
        if self.is_some() {
            return Err(A::Error::duplicate_field(name));
        }
        *self = map.next_value()?;
        Ok(())
    }

    fn is_missing(&self) -> bool {
        false
    }
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Anything<T> {
    fn read(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error> {
        if self.0.is_some() {
            return Err(A::Error::duplicate_field(name));
        }
        self.0 = Some(map.next_value()?);
        Ok(())
    }

    fn is_missing(&self) -> bool {
        false
    }
}

/// A slot for a member that may be absent; null is a value.
impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Slot<'de, A> for Nullable<T> {
    fn read(&mut self, name: &'static str, map: &mut A) -> Result<(), A::Error> {
        if !matches!(self, Nullable::Absent) {
            return Err(A::Error::duplicate_field(name));
        }
        *self = Nullable::from(map.next_value::<Option<T>>()?);
        Ok(())
    }

    fn is_missing(&self) -> bool {
        false
    }
}
