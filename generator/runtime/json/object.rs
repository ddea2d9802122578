//! JSON objects and Rust structs.
//!
//! A struct states its members once, with [`object!`]; one driver reads and writes them all. The
//! work is done through tables of slots, not through code per type, because deriving
//! `serde::Deserialize` is most of what compiling a generated client costs.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};

use crate::runtime::json::rest::Rest;
use crate::runtime::json::slot::Slot;

/// A struct that is a JSON object. Implemented by [`object!`].
pub(crate) trait Object: Sized {
    /// Reads all members; `None` when the reader has failed.
    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self>;
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
///
/// What is written out for each struct is as little as can be, and names neither an associated type
/// nor a `Result` where it need not: the compiler checks it once for every struct there is.
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
                $crate::runtime::json::build::build! {
                    value ($($argument)*) $($kind $field ($($($set)*)?),)* $(; $rest)?
                }
            }

            $($crate::runtime::json::build::setter! { $kind $field $($($set)*)? })*
        }

        impl $crate::runtime::json::object::Object for $object {
            fn read<'de, A: ::serde::de::MapAccess<'de>>(
                reader: &mut $crate::runtime::json::object::Reader<'de, A>,
            ) -> ::std::option::Option<Self> {
                $crate::runtime::json::object::read! {
                    reader ($($argument)*) $($kind $field $name,)* $(; $rest)?
                }
            }
        }

        impl ::std::fmt::Debug for $object {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::runtime::json::object::debug(::std::stringify!($object), self, f)
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
                $crate::runtime::json::member::serialize(
                    serializer,
                    &[$($name),*],
                    $crate::runtime::json::member::members!(self ($($argument)*) $($kind $field,)*),
                    &($(self.$rest)?),
                )
            }
        }
    };
}
pub(crate) use object;

/// Reads the members of an object: into a value of it where none is needed to make one, which is compiled
/// in half of the time, and otherwise into slots, of which the value is made.
macro_rules! read {
    ($reader:ident () $(optional $field:ident $name:literal,)+ $(; $rest:ident)?) => {{
        let mut object = Self::new();
        if $reader.fill(&[$($name),*], &mut [$(&mut object.$field),*], &mut ($(object.$rest)?)) {
            Some(object)
        } else {
            None
        }
    }};
    (
        $reader:ident ($($argument:ident)*)
        $($kind:ident $field:ident $name:literal,)* $(; $rest:ident)?
    ) => {{
        $(let mut $field = $crate::runtime::json::object::read!(slot $kind);)*
        $(let mut $rest = ::std::collections::BTreeMap::new();)?
        if $reader.fill(&[$($name),*], &mut [$(&mut $field),*], &mut ($($rest)?)) {
            Some(Self {
                $($field: $crate::runtime::json::object::read!(filled $kind $field),)*
                $($rest,)?
            })
        } else {
            None
        }
    }};
    // An empty slot.
    (slot optional) => {
        None
    };
    (slot nullable) => {
        $crate::runtime::Nullable::Absent
    };
    (slot anything) => {
        $crate::runtime::json::slot::Anything(None)
    };
    (slot $required:ident) => {
        $crate::runtime::json::slot::Required(None)
    };
    // What the field gets from the slot.
    (filled optional $slot:ident) => {
        $slot
    };
    (filled nullable $slot:ident) => {
        $slot
    };
    (filled anything $slot:ident) => {
        $slot.0
    };
    (filled $required:ident $slot:ident) => {
        $crate::runtime::json::slot::required($slot.0)
    };
}
pub(crate) use read;

/// The members of one object, being read.
pub(crate) struct Reader<'de, A: MapAccess<'de>> {
    map: A,
    error: Option<A::Error>,
}

impl<'de, A: MapAccess<'de>> Reader<'de, A> {
    /// Reads each member into the slot that stands where its name does; others go to the rest.
    /// Returns whether nothing failed and no required one is missing.
    pub(crate) fn fill<R: Rest>(
        &mut self,
        names: &'static [&'static str],
        slots: &mut [&mut dyn Slot<'de, A>],
        rest: &mut R,
    ) -> bool {
        self.error = fill(&mut self.map, names, slots, rest).err();
        self.error.is_none()
    }
}

fn fill<'de, A: MapAccess<'de>, R: Rest>(
    map: &mut A,
    known: &'static [&'static str],
    slots: &mut [&mut dyn Slot<'de, A>],
    rest: &mut R,
) -> Result<(), A::Error> {
    let mut names = Names {
        known,
        expected: 0,
        keeps_others: R::KEEPS,
        other: None,
    };
    while let Some(index) = map.next_key_seed(&mut names)? {
        if let Some(slot) = slots.get_mut(index) {
            slot.read(known[index], map)?;
        } else {
            rest.keep(names.other.take().unwrap_or_default(), map)?;
        }
    }
    for (name, slot) in known.iter().zip(slots) {
        if slot.is_missing() {
            return Err(A::Error::missing_field(name));
        }
    }
    Ok(())
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
        let mut reader = Reader { map, error: None };
        match T::read(&mut reader) {
            Some(object) => Ok(object),
            None => Err(reader
                .error
                .unwrap_or_else(|| A::Error::custom("an object was not read"))),
        }
    }
}

/// Shows the type's name and the JSON, where what is absent does not stand.
pub(crate) fn debug<T: Serialize>(
    name: &str,
    object: &T,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let json = if f.alternate() {
        serde_json::to_string_pretty(object)
    } else {
        serde_json::to_string(object)
    };
    match json {
        Ok(json) => write!(f, "{name} {json}"),
        Err(error) => write!(f, "{name} ({error})"),
    }
}
