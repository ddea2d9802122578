//! JSON objects and Rust structs.
//!
//! A struct states its members once, with [`object!`]; one driver reads and writes them all. The
//! work is done through tables of slots, not through code per type, because deriving
//! `serde::Deserialize` is most of what compiling a generated client costs.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::runtime::json::slot::Slot;

/// A struct that is a JSON object. Implemented by [`object!`].
pub(crate) trait Object: Sized {
    /// The members' names on the wire.
    const NAMES: &'static [&'static str];

    /// Reads all members.
    fn read<'de, A: MapAccess<'de>>(reader: Reader<A>) -> Result<Self, A::Error>;

    /// Writes all members.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// States what has to be there to make a value of a struct, and the members: how each one may be
/// missing, its field, how that is set, its name on the wire.
///
/// - `required`: a member that is always there (`T`; `Option<T>` where it may be null).
/// - `constant`: the same with one value alone, which is given.
/// - `optional`: a member that may be absent (`Option<T>`; null is read as absent).
/// - `nullable`: absent, null or a value (`Nullable<T>`).
/// - `anything`: a member that may be absent, and whose values include null (`Option<Value>`).
///
/// After a semicolon, the field that keeps members with other names.
macro_rules! object {
    ($object:ident($($argument:ident: $how:ident $($ty:ty)?),*) {
        $($kind:ident $field:ident $(($($set:tt)*))?: $name:literal,)* $(; $rest:ident)?
    }) => {
        impl $object {
            /// Creates a value of the members that have to be there.
            #[must_use]
            pub fn new(
                $($argument: $crate::runtime::json::build::build!(argument $how $($ty)?)),*
            ) -> Self {
                $(let $argument = $crate::runtime::json::build::build!(given $how $argument);)*
                Self {
                    $($field: $crate::runtime::json::build::build!(
                        initial $kind $field $($($set)*)?
                    ),)*
                    $($rest: ::std::collections::BTreeMap::new(),)?
                }
            }

            $($crate::runtime::json::build::build! { setter $kind $field $($($set)*)? })*
        }

        impl $crate::runtime::json::object::Object for $object {
            const NAMES: &'static [&'static str] = &[$($name),*];

            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                reader: $crate::runtime::json::object::Reader<A>,
            ) -> ::std::result::Result<Self, A::Error> {
                $(let mut $field = $crate::runtime::json::slot::slot!($kind);)*
                $(let mut $rest = ::std::collections::BTreeMap::new();)?
                let required = &[$($crate::runtime::json::slot::is_required!($kind)),*];
                reader.fill(Self::NAMES, required, &mut [$(&mut $field),*], &mut ($($rest)?))?;
                Ok(Self {
                    $($field: $crate::runtime::json::slot::filled!($kind $field),)*
                    $($rest,)?
                })
            }

            fn write<M: ::serde::ser::SerializeMap>(
                &self,
                map: &mut M,
            ) -> ::std::result::Result<(), M::Error> {
                let members: &[&dyn $crate::runtime::json::member::Write<M>] =
                    &[$(&$crate::runtime::json::member::member!($kind &self.$field)),*];
                $crate::runtime::json::member::write(map, Self::NAMES, members)?;
                $crate::runtime::json::object::Rest::write(&($(self.$rest)?), map)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $object {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::json::object::deserialize(deserializer)
            }
        }

        impl ::serde::Serialize for $object {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::runtime::json::object::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use object;

/// The members of one object, being read.
pub(crate) struct Reader<A>(A);

impl<'de, A: MapAccess<'de>> Reader<A> {
    /// Reads each member into the slot that stands where its name does; others go to the rest.
    /// Fails when a required one is missing.
    pub(crate) fn fill<R: Rest>(
        mut self,
        known: &'static [&'static str],
        required: &'static [bool],
        slots: &mut [&mut dyn Slot<'de, A>],
        rest: &mut R,
    ) -> Result<(), A::Error>
    where
        R::Value: Deserialize<'de>,
    {
        let mut names = Names {
            known,
            expected: 0,
            keeps_others: R::KEEPS,
            other: None,
        };
        while let Some(index) = self.0.next_key_seed(&mut names)? {
            if let Some(slot) = slots.get_mut(index) {
                slot.read(known[index], &mut self.0)?;
            } else {
                let other = names.other.take().unwrap_or_default();
                rest.keep(other, self.0.next_value()?);
            }
        }
        for (index, slot) in slots.iter().enumerate() {
            if required[index] && !slot.is_filled() {
                return Err(A::Error::missing_field(known[index]));
            }
        }
        Ok(())
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

/// The names of the members, and where the reader stands among them.
struct Names {
    known: &'static [&'static str],
    /// The one after the last: members mostly come in the order of the document.
    expected: usize,
    keeps_others: bool,
    /// A name that is not among them, until its value is read.
    other: Option<String>,
}

impl Names {
    #[cold]
    fn find(&mut self, name: &str) -> usize {
        let known = self.known.iter().position(|known| *known == name);
        if known.is_none() && self.keeps_others {
            self.other = Some(name.to_owned());
        }
        known.unwrap_or(usize::MAX)
    }
}

/// Reads a member's name, as its index.
impl<'de> DeserializeSeed<'de> for &mut Names {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for &mut Names {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        let index = match self.known.get(self.expected) {
            Some(expected) if is_same(expected, name) => self.expected,
            _ => self.find(name),
        };
        self.expected = index.wrapping_add(1);
        Ok(index)
    }
}

/// Whether two names are the same. Most are short enough for two loads that may overlap, which
/// cost less than the call that compares longer ones.
#[inline]
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    one.len() == other.len()
        && match one.len() {
            8..=16 => {
                one.first_chunk::<8>() == other.first_chunk::<8>()
                    && one.last_chunk::<8>() == other.last_chunk::<8>()
            }
            4..=7 => {
                one.first_chunk::<4>() == other.first_chunk::<4>()
                    && one.last_chunk::<4>() == other.last_chunk::<4>()
            }
            _ => one == other,
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
