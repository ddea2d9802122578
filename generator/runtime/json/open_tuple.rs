//! Arrays whose first items have types of their own.

use serde::de::{DeserializeOwned, Error as _};
use serde::ser::{Error as _, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// An array whose first items have types of their own, and to which a server may add items
/// (`prefixItems`, section 10.3.1.1 of JSON Schema 2020-12).
///
/// `REQUIRED` is how many items are always there. The others are an `Option` each: `None` is an item
/// that is not there, or null.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenTuple<P, R = Value, const REQUIRED: usize = 0> {
    /// The first items, a tuple.
    pub prefix: P,
    /// The items after them.
    pub rest: Vec<R>,
}

/// A tuple of the first items of an array.
pub(crate) trait Prefix {
    /// How many items it has.
    const LENGTH: usize;
}

macro_rules! prefixes {
    ($($first:ident $($item:ident)*;)*) => {
        $(
            impl<$first, $($item),*> Prefix for ($first, $($item,)*) {
                const LENGTH: usize = [stringify!($first), $(stringify!($item)),*].len();
            }
        )*
    };
}

prefixes! {
    A;
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
    A B C D E F G;
    A B C D E F G H;
    A B C D E F G H I;
    A B C D E F G H I J;
    A B C D E F G H I J K;
    A B C D E F G H I J K L;
}

impl<P: Serialize, R: Serialize, const REQUIRED: usize> Serialize for OpenTuple<P, R, REQUIRED> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let prefix = serde_json::to_value(&self.prefix).map_err(S::Error::custom)?;
        let mut items: &[Value] = prefix.as_array().map_or(&[], Vec::as_slice);
        while let [before @ .., Value::Null] = items
            && self.rest.is_empty()
            && before.len() >= REQUIRED
        {
            items = before;
        }
        let mut written = serializer.serialize_seq(Some(items.len() + self.rest.len()))?;
        for item in items {
            written.serialize_element(item)?;
        }
        for item in &self.rest {
            written.serialize_element(item)?;
        }
        written.end()
    }
}

impl<'de, P, R, const REQUIRED: usize> Deserialize<'de> for OpenTuple<P, R, REQUIRED>
where
    P: Prefix + DeserializeOwned,
    R: DeserializeOwned,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut items = Vec::<Value>::deserialize(deserializer)?;
        if items.len() < REQUIRED {
            let expected = format!("an array of length {REQUIRED} or more");
            return Err(D::Error::invalid_length(items.len(), &&*expected));
        }
        items.resize(items.len().max(P::LENGTH), Value::Null);
        let rest = items.split_off(P::LENGTH);
        let rest = rest.into_iter().map(serde_json::from_value);
        Ok(Self {
            prefix: serde_json::from_value(items.into()).map_err(D::Error::custom)?,
            rest: rest.collect::<Result<_, _>>().map_err(D::Error::custom)?,
        })
    }
}
