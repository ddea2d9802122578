//! JSON objects and Rust structs.
//!
//! A struct states its members once, with [`object!`]; one driver reads and writes them all. The
//! work is done through tables of slots, not through code per type, because deriving
//! `serde::Deserialize` is most of what compiling a generated client costs.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor,
};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::nullable::Nullable;

/// A struct that is a JSON object. Implemented by [`object!`].
pub(crate) trait Object: Sized {
    /// The members' names on the wire.
    const NAMES: &'static [&'static str];

    /// Reads all members.
    fn read<'de, A: MapAccess<'de>>(reader: Reader<A>) -> Result<Self, A::Error>;

    /// Writes all members.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// States the members of a struct: how each one may be missing, its field, its name on the wire.
///
/// - `required`: a member that is always there (`T`; `Option<T>` where it may be null).
/// - `optional`: a member that may be absent (`Option<T>`; null is read as absent).
/// - `nullable`: absent, null or a value (`Nullable<T>`).
///
/// After a semicolon, the field that keeps members with other names.
macro_rules! object {
    ($object:ident { $($kind:ident $field:ident: $name:literal,)* $(; $rest:ident)? }) => {
        impl $crate::runtime::object::Object for $object {
            const NAMES: &'static [&'static str] = &[$($name),*];

            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                reader: $crate::runtime::object::Reader<A>,
            ) -> ::std::result::Result<Self, A::Error> {
                $(let mut $field = $crate::runtime::object::$kind();)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                reader.fill(Self::NAMES, &mut [$(&mut $field),*], &mut ($($rest)?))?;
                Ok(Self {
                    $($field: $crate::runtime::object::Finish::finish($field, $name)?,)*
                    $($rest,)?
                })
            }

            fn write<M: ::serde::ser::SerializeMap>(
                &self,
                map: &mut M,
            ) -> ::std::result::Result<(), M::Error> {
                $(let $field = $crate::runtime::object::member::$kind(&self.$field);)*
                $crate::runtime::object::write(map, Self::NAMES, &[$(&$field),*])?;
                $crate::runtime::object::Rest::write(&($(self.$rest)?), map)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $object {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::object::deserialize(deserializer)
            }
        }

        impl ::serde::Serialize for $object {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::runtime::object::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use object;

/// The members of one object, being read.
pub(crate) struct Reader<A>(A);

impl<'de, A: MapAccess<'de>> Reader<A> {
    /// Reads each member into the slot that stands where its name does; others go to the rest.
    pub(crate) fn fill<R: Rest>(
        mut self,
        names: &'static [&'static str],
        slots: &mut [&mut dyn Slot<'de, A>],
        rest: &mut R,
    ) -> Result<(), A::Error>
    where
        R::Value: Deserialize<'de>,
    {
        let mut expected = 0;
        loop {
            let member = Member {
                names,
                expected,
                keep: R::KEEPS,
            };
            match self.0.next_key_seed(member)? {
                None => return Ok(()),
                Some(Key::Known(index)) => {
                    slots[index].read(names[index], &mut self.0)?;
                    expected = index + 1;
                }
                Some(Key::Kept(name)) => rest.keep(name, self.0.next_value()?),
                Some(Key::Unknown) => {
                    self.0.next_value::<IgnoredAny>()?;
                }
            }
        }
    }
}

/// Where members with other names go.
pub(crate) trait Rest {
    /// The type of their values.
    type Value;

    /// Whether they are kept.
    const KEEPS: bool;

    /// Keeps one.
    fn keep(&mut self, name: String, value: Self::Value);

    /// Writes all that were kept.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// They are skipped.
impl Rest for () {
    type Value = IgnoredAny;

    const KEEPS: bool = false;

    fn keep(&mut self, _name: String, _value: IgnoredAny) {}

    fn write<M: SerializeMap>(&self, _map: &mut M) -> Result<(), M::Error> {
        Ok(())
    }
}

impl<V: Serialize> Rest for BTreeMap<String, V> {
    type Value = V;

    const KEEPS: bool = true;

    fn keep(&mut self, name: String, value: V) {
        self.insert(name, value);
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter()
            .try_for_each(|(name, value)| map.serialize_entry(name, value))
    }
}

/// A member's name: its index in `names`, or the name itself where it is kept.
enum Key {
    Known(usize),
    Kept(String),
    Unknown,
}

/// Reads a member's name. Members mostly come in the order of the document, so the one after the
/// last is tried first.
struct Member {
    names: &'static [&'static str],
    expected: usize,
    keep: bool,
}

impl<'de> DeserializeSeed<'de> for Member {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Member {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        if self.names.get(self.expected) == Some(&name) {
            return Ok(Key::Known(self.expected));
        }
        Ok(match self.names.iter().position(|known| *known == name) {
            Some(index) => Key::Known(index),
            None if self.keep => Key::Kept(name.to_owned()),
            None => Key::Unknown,
        })
    }
}

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

/// Writes each member that is there.
pub(crate) fn write<M: SerializeMap>(
    map: &mut M,
    names: &'static [&'static str],
    members: &[&dyn member::Write<M>],
) -> Result<(), M::Error> {
    names
        .iter()
        .zip(members)
        .try_for_each(|(name, member)| member.write(name, map))
}

/// Members that are being written.
pub(crate) mod member {
    use super::super::nullable::Nullable;
    use serde::ser::{Serialize, SerializeMap};

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
}

/// Reads an object.
pub(crate) fn deserialize<'de, T: Object, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(Reader(map))
    }
}

/// Writes an object.
pub(crate) fn serialize<T: Object, S: Serializer>(
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    object.write(&mut map)?;
    map.end()
}
