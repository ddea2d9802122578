//! Values of one of several types.

use std::cell::Cell;

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Error, Serialize, Serializer};
use serde_json::Value;

/// States the variants of an enum of types: whether a variant's type holds the tag that tells it
/// from the others or lacks it, the variant, its type, and the values of the tag that stand for
/// it; and the variant that keeps anything else.
macro_rules! union {
    ($name:ident by $tag:literal {
        $($kind:ident $variant:ident($ty:ty) = [$($value:literal),*],)*
    } else $other:ident) => {
        impl $name {
            const VARIANTS: &'static [$crate::runtime::json::union::Variant<Self>] = &[
                $(($crate::runtime::json::union::read::<$ty, Self>, &[$($value),*]),)*
            ];
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let decide = $crate::runtime::json::union::deserialize;
                decide(deserializer, $tag, Self::VARIANTS, Self::$other)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => $crate::runtime::json::union::$kind(
                        serializer, value, $tag, &[$($value),*],
                    ),)*
                    Self::$other(value) => value.serialize(serializer),
                }
            }
        }

        $(impl ::std::convert::From<$ty> for $name {
            fn from(value: $ty) -> Self {
                Self::$variant(value)
            }
        })*
    };
}
pub(crate) use union;

/// How to read a variant, and the values of the tag that stand for it.
pub(crate) type Variant<T> = (fn(&Value) -> Option<T>, &'static [&'static str]);

/// Reads a variant.
pub(crate) fn read<V: DeserializeOwned, T: From<V>>(value: &Value) -> Option<T> {
    V::deserialize(value).ok().map(T::from)
}

/// Reads a value: by its tag, where it has one that is known; otherwise the first variant that
/// loses nothing of it, or else the one that loses least.
pub(crate) fn deserialize<'de, T: Serialize, D: Deserializer<'de>>(
    deserializer: D,
    tag: &str,
    variants: &[Variant<T>],
    other: fn(Value) -> T,
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let _outermost = Outermost::enter(&value);
    let found = value.get(tag).and_then(Value::as_str);
    let tagged = variants.iter().any(|(_, values)| !values.is_empty());
    let found = found.filter(|_| tagged);
    let is_candidate = |values: &[&str]| found.is_none_or(|found| values.contains(&found));
    let candidates = || variants.iter().filter(|(_, values)| is_candidate(values));
    let is_only = candidates().nth(1).is_none();
    let mut best: Option<(usize, T)> = None;
    for (read, _) in candidates() {
        let Some(candidate) = may_read().then(|| read(&value)).flatten() else {
            continue;
        };
        if is_only {
            return Ok(candidate);
        }
        let lost = match serde_json::to_value(&candidate) {
            Ok(written) => lost(&value, &written),
            Err(_) => usize::MAX,
        };
        if best.as_ref().is_none_or(|(least, _)| lost < *least) {
            best = Some((lost, candidate));
        }
        if lost == 0 {
            break;
        }
    }
    Ok(best.map_or_else(|| other(value), |(_, candidate)| candidate))
}

thread_local! {
    /// How many variants may still be tried for the value that is being read.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// How many variants may be tried for each part of a value. Without a limit, unions within unions
/// take a time that grows exponentially with their depth.
const TRIES: usize = 1000;

/// The union that no other one is around.
struct Outermost(bool);

impl Outermost {
    fn enter(value: &Value) -> Self {
        let is_outermost = LEFT.get().is_none();
        if is_outermost {
            LEFT.set(Some(TRIES.saturating_mul(parts(value))));
        }
        Self(is_outermost)
    }
}

impl Drop for Outermost {
    fn drop(&mut self) {
        if self.0 {
            LEFT.set(None);
        }
    }
}

fn may_read() -> bool {
    let left = LEFT.get().unwrap_or_default();
    LEFT.set(Some(left.saturating_sub(1)));
    left > 0
}

/// How many values a value consists of.
fn parts(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(parts).sum(),
        Value::Object(members) => members.values().map(parts).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// How many scalars of a value are not in another; a member that is null is one.
fn lost(value: &Value, written: &Value) -> usize {
    match (value, written) {
        (Value::Object(members), Value::Object(written)) => members
            .iter()
            .map(|(name, member)| match written.get(name) {
                Some(written) => lost(member, written),
                None => lost(member, &Value::Null).max(1),
            })
            .sum(),
        (Value::Array(items), Value::Array(written)) if items.len() == written.len() => {
            let pairs = items.iter().zip(written);
            pairs.map(|(item, written)| lost(item, written)).sum()
        }
        (Value::Number(number), Value::Number(written)) => {
            usize::from(number.as_f64() != written.as_f64())
        }
        (Value::Object(members), _) => 1 + members.len(),
        (value, written) => usize::from(value != written),
    }
}

/// Writes a variant whose type has the tag among its own members.
pub(crate) fn holds<V: Serialize, S: Serializer>(
    serializer: S,
    value: &V,
    _tag: &str,
    _values: &[&str],
) -> Result<S::Ok, S::Error> {
    value.serialize(serializer)
}

/// Writes a variant whose type lacks the tag, and the tag with it.
pub(crate) fn lacks<V: Serialize, S: Serializer>(
    serializer: S,
    value: &V,
    tag: &str,
    values: &[&str],
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(value).map_err(S::Error::custom)?;
    if let (Value::Object(members), Some(text)) = (&mut value, values.first()) {
        members.insert(tag.to_owned(), Value::String((*text).to_owned()));
    }
    value.serialize(serializer)
}
