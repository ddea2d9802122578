//! Values as text: what parameters and forms are encoded from.

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A JSON value whose scalars are text and whose members keep their order.
pub(crate) enum Tree {
    /// A string.
    Text(String),
    /// A number, a boolean; or null, whose text is empty.
    Scalar(String),
    /// An array.
    List(Vec<Tree>),
    /// An object.
    Members(Vec<(String, Tree)>),
}

impl Tree {
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::from_str(&serde_json::to_string(value)?)
    }

    /// The text of a scalar. What is within arrays and objects has no place in these styles; it is
    /// sent as a list.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Scalar(text) => text.clone(),
            Self::List(items) => join(items, ",", Self::text),
            Self::Members(members) => join(members, ",", |(k, v)| format!("{k},{}", v.text())),
        }
    }

    /// The scalars with the way to each: `name[member]`, and `name[0]` for items, of which the
    /// specification says nothing ("Style Values", `deepObject`).
    pub(crate) fn flatten(&self, way: &str, pairs: &mut Vec<(String, String)>) {
        match self {
            Self::Text(text) | Self::Scalar(text) => pairs.push((way.to_owned(), text.clone())),
            Self::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    item.flatten(&format!("{way}[{index}]"), pairs);
                }
            }
            Self::Members(members) => {
                for (name, member) in members {
                    member.flatten(&format!("{way}[{name}]"), pairs);
                }
            }
        }
    }
}

impl fmt::Display for Tree {
    /// The value as JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Scalar(text) if text.is_empty() => f.write_str("null"),
            Self::Scalar(text) => f.write_str(text),
            Self::List(items) => write!(f, "[{}]", join(items, ",", Self::to_string)),
            Self::Members(members) => {
                let member = |(name, value): &(String, Self)| format!("{}:{value}", quoted(name));
                write!(f, "{{{}}}", join(members, ",", member))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Scalar(String::new()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Tree, E> {
        serde_json::to_string(&value)
            .map(Tree::Scalar)
            .map_err(E::custom)
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Tree::Members(members))
    }
}

/// The items as text, with a separator between them.
pub(crate) fn join<T>(items: &[T], separator: &str, write: impl Fn(&T) -> String) -> String {
    items.iter().map(write).collect::<Vec<_>>().join(separator)
}
