//! Text to tree: YAML and JSON alike, keys of any scalar type, numbers of any size, order kept.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use super::blame;
use super::expansion;
use super::limits::Limits;
use super::refusal::Refusal;
use super::source::{Format, Source};
use super::spelling;
use crate::diagnostic::{Code, Diagnostics, Place};
use crate::pointer::Pointer;

/// Reads the text into a tree, or says why it cannot be read.
pub fn parse(source: &Source, diagnostics: &mut Diagnostics) -> Option<Value> {
    let text = source.content();
    let notes = Notes {
        longest: source.limits.string,
        ..Notes::default()
    };
    let value = match source.format() {
        Format::Json => parse_json(text, &notes),
        Format::Yaml => parse_yaml(text, &source.limits, &notes),
    };
    if notes.report(diagnostics) == Read::Refused {
        return None;
    }
    match value {
        Ok(Value::Null) => {
            Refusal::syntax(Place::File, "the document is empty")
                .help("write an OpenAPI 3 document, starting with `openapi: 3.1.0`")
                .report(diagnostics);
            None
        }
        Ok(mut value) => {
            spelling::keep(&mut value, source, diagnostics);
            Some(value)
        }
        Err(refusal) => {
            refusal.report(diagnostics);
            None
        }
    }
}

fn parse_json(text: &str, notes: &Notes) -> Result<Value, Refusal> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Tree(notes).deserialize(&mut deserializer);
    value
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| {
            let message = error.to_string();
            let message = match message.rfind(" at line ") {
                Some(end) => message[..end].to_owned(),
                None => message,
            };
            let at = (error.line(), error.column().max(1));
            let (line, column) = blame::json(text, at, &message);
            let place = Place::Position(line, column);
            if message == "recursion limit exceeded" {
                return Refusal::too_deep(place);
            }
            Refusal::syntax(place, format!("this is not JSON: {message}"))
        })
}

/// Tabs are legal before a comment and at the end of a line (YAML 1.2, section 6.2), and the parser
/// refuses them.
fn parse_yaml(text: &str, limits: &Limits, notes: &Notes) -> Result<Value, Refusal> {
    match parse_strict_yaml(text, limits, notes) {
        Err(_) if text.contains('\t') => {
            let lines = text.split('\n').map(without_tabs);
            parse_strict_yaml(&lines.collect::<Vec<_>>().join("\n"), limits, notes)
        }
        read => read,
    }
}

/// A line with spaces for the tabs that separate nothing.
fn without_tabs(line: &str) -> Cow<'_, str> {
    let end = line.trim_end_matches([' ', '\t', '\r']);
    let start = end.trim_start_matches([' ', '\t']);
    if start.is_empty() || start.starts_with('#') {
        Cow::Owned(line.replace('\t', " "))
    } else if line[end.len()..].contains('\t') {
        Cow::Borrowed(end)
    } else {
        Cow::Borrowed(line)
    }
}

fn parse_strict_yaml(text: &str, limits: &Limits, notes: &Notes) -> Result<Value, Refusal> {
    expansion::check(text, limits)?;
    Tree(notes)
        .deserialize(serde_yaml::Deserializer::from_str(text))
        .map_err(|error| {
            let message = error.to_string();
            let place = error.location().map_or(Place::File, |location| {
                let at = (location.line(), location.column());
                let (line, column) = blame::yaml(text, at, &message);
                Place::Position(line, column)
            });
            Refusal::syntax(place, format!("this is not YAML: {message}"))
        })
}

/// What was noticed on the way, and the way itself.
#[derive(Default)]
struct Notes {
    /// The longest text that is read, in bytes.
    longest: u64,
    path: RefCell<Vec<String>>,
    list: RefCell<Vec<(Code, Pointer, String)>>,
}

impl Notes {
    fn add(&self, code: Code, message: String) {
        let at = self.path.borrow().iter().cloned().collect();
        self.list.borrow_mut().push((code, at, message));
    }

    fn below<T>(&self, token: String, read: impl FnOnce() -> T) -> T {
        self.path.borrow_mut().push(token);
        let value = read();
        self.path.borrow_mut().pop();
        value
    }

    /// Whether a text is short enough; what is not read is an error.
    fn is_short(&self, text: &str) -> bool {
        let most = self.longest;
        let is_short = text.len() as u64 <= most;
        if !is_short {
            let length = text.len();
            let message = format!("a text of {length} bytes is longer than {most}");
            self.add(Code::TooLarge, message);
        }
        is_short
    }

    fn report(self, diagnostics: &mut Diagnostics) -> Read {
        let mut read = Read::Whole;
        for (code, at, message) in self.list.into_inner() {
            if code == Code::TooLarge {
                read = Read::Refused;
                diagnostics.error(code, &at, message, Limits::help("string"));
            } else {
                let help = "write one value that fits";
                diagnostics.violation(code, &at, message, help);
            }
        }
        read
    }
}

/// What has been read of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Read {
    Whole,
    Refused,
}

/// Reads any value.
#[derive(Clone, Copy)]
struct Tree<'a>(&'a Notes);

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(self.large(&value.to_string()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(self.large(&value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or_else(
            || {
                let message = format!("`{value}` is not a JSON number; it is read as null");
                self.0.add(Code::LargeNumber, message);
                Value::Null
            },
            Value::Number,
        ))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(if self.0.is_short(value) {
            Value::String(value.to_owned())
        } else {
            Value::Null
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        loop {
            let token = items.len().to_string();
            match self.0.below(token, || seq.next_element_seed(self))? {
                Some(item) => items.push(item),
                None => {
                    items.shrink_to_fit();
                    return Ok(Value::Array(items));
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        let mut merged = Vec::new();
        while let Some(Key(mut key)) = map.next_key()? {
            if !self.0.is_short(&key) {
                key.clear();
            }
            let value = self.0.below(key.clone(), || map.next_value_seed(self))?;
            if key == "<<" && (value.is_object() || value.is_array()) {
                merged.push(value);
                continue;
            }
            if members.contains_key(&key) {
                let message = format!("`{key}` occurs twice; the last one counts");
                self.0
                    .below(key.clone(), || self.0.add(Code::DuplicateKey, message));
            }
            members.insert(key, value);
        }
        for value in merged {
            merge(&mut members, value);
        }
        Ok(Value::Object(members))
    }

    /// A YAML tag says how to read a value; in a JSON-compatible document the value alone counts.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (_tag, contents) = data.variant::<String>()?;
        contents.newtype_variant_seed(self)
    }
}

impl Tree<'_> {
    fn large(self, digits: &str) -> Value {
        self.0.add(
            Code::LargeNumber,
            format!("`{digits}` does not fit into 64 bits; it is read as a floating-point number"),
        );
        let number = digits.parse().ok().and_then(Number::from_f64);
        number.map_or(Value::Null, Value::Number)
    }
}

/// YAML's merge key: members that the object itself does not have.
fn merge(members: &mut Map<String, Value>, from: Value) {
    match from {
        Value::Object(from) => {
            for (key, value) in from {
                members.entry(key).or_insert(value);
            }
        }
        Value::Array(items) => items.into_iter().for_each(|item| merge(members, item)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A member's name. YAML allows any value; a scalar counts as its text.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeyVisitor)
    }
}

struct KeyVisitor;

impl Visitor<'_> for KeyVisitor {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is text, a number, a boolean or null")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Key, E> {
        Ok(Key(key.to_owned()))
    }

    fn visit_bool<E: Error>(self, key: bool) -> Result<Key, E> {
        Ok(Key(key.to_string()))
    }

    fn visit_i64<E: Error>(self, key: i64) -> Result<Key, E> {
        Ok(Key(key.to_string()))
    }

    fn visit_u64<E: Error>(self, key: u64) -> Result<Key, E> {
        Ok(Key(key.to_string()))
    }

    fn visit_f64<E: Error>(self, key: f64) -> Result<Key, E> {
        Ok(Key(key.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Key, E> {
        Ok(Key("null".to_owned()))
    }
}
