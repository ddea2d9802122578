//! The values of an enumeration, with what the document says about each.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema, SchemaData};
use serde_json::Value;

use super::Lowering;
use super::merge::Merged;
use super::view::View;
use crate::api::{Enum, EnumValue, Format, Scalar, Shape};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// A value that a schema lists.
#[derive(Clone)]
pub(super) struct Listed {
    pub value: Value,
    pub name: Option<String>,
    pub description: String,
}

/// Names for the values, in their order.
const NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];

/// Descriptions of the values, in their order or by value.
const DESCRIPTIONS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

impl Lowering<'_> {
    /// Strings and integers are an enum; of other values the type is known, and which they are is
    /// documented.
    pub(super) fn enumeration(&mut self, merged: &Merged<'_>, at: &Pointer) -> Shape {
        let listed = match &merged.listed_at {
            Some((data, at)) => self.listed(&merged.values, data, at),
            None => Vec::new(),
        };
        if listed.iter().all(|listed| listed.value.is_null()) {
            return Shape::Any;
        }
        let shape = self.listed_shape(merged, listed, at);
        let message = "the values of the `enum` are of different types";
        shape.unwrap_or_else(|| self.untyped(message, at))
    }

    /// The shape of values of one type: that which the schema names, or that of all of them.
    pub(super) fn listed_shape(
        &mut self,
        merged: &Merged<'_>,
        listed: Vec<Listed>,
        at: &Pointer,
    ) -> Option<Shape> {
        let format = Format(merged.format.clone());
        let mut listed = listed;
        listed.retain(|listed| !listed.value.is_null());
        let typ = merged.typ.or_else(|| common(&listed));
        match typ? {
            "boolean" => Some(Shape::Scalar(Scalar::Boolean)),
            "number" => Some(Shape::Scalar(Scalar::Number(format))),
            "string" => Some(self.list(Scalar::String(Format::default()), listed, at)),
            "integer" => Some(self.list(Scalar::Integer(format), listed, at)),
            _ => None,
        }
    }

    /// An enumeration of this type; what is no value of it is left out.
    fn list(&mut self, scalar: Scalar, listed: Vec<Listed>, at: &Pointer) -> Shape {
        let mut values: IndexMap<String, EnumValue> = IndexMap::new();
        for Listed {
            value,
            name,
            description,
        } in listed
        {
            let is_text = matches!(scalar, Scalar::String(_));
            let text = text(&scalar, &value);
            if value.is_string() != is_text || text.is_none() {
                let quote = if is_text { "\"" } else { "" };
                let read = match &text {
                    Some(text) => format!("read as `{quote}{text}{quote}`"),
                    None => "left out".to_owned(),
                };
                let message = format!("`{value}` is no value of the type {scalar}; it is {read}");
                let help = "write the value as the `type` says";
                let at = at.child("enum");
                self.diagnostics
                    .violation(Code::WrongType, &at, message, help);
            }
            if let Some(text) = text {
                values.entry(text.clone()).or_insert(EnumValue {
                    text,
                    name,
                    description,
                });
            }
        }
        if values.is_empty() {
            return Shape::Scalar(scalar);
        }
        let values = values.into_values().collect();
        Shape::Enum(Enum { scalar, values })
    }

    /// The values of an `enum`, with the names and descriptions that extensions give them.
    fn listed(&mut self, values: &[Value], data: &SchemaData, at: &Pointer) -> Vec<Listed> {
        let names = self.of_values(&NAMES, values, data, at);
        let descriptions = self.of_values(&DESCRIPTIONS, values, data, at);
        let values = values.iter().zip(names).zip(descriptions);
        let listed = values.map(|((value, name), description)| Listed {
            value: value.clone(),
            name,
            description: description.unwrap_or_default(),
        });
        listed.collect()
    }

    /// What an extension says of each value.
    fn of_values(
        &mut self,
        keywords: &[&str],
        values: &[Value],
        data: &SchemaData,
        at: &Pointer,
    ) -> Vec<Option<String>> {
        let mut extensions = keywords.iter();
        let found = extensions.find_map(|name| Some((*name, data.extensions.get(*name)?)));
        let texts: Vec<Option<String>> = match found {
            None => Vec::new(),
            Some((_, Value::Object(by_value))) => {
                let key = |value: &Value| {
                    value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned)
                };
                let texts = values.iter().map(|value| by_value.get(&key(value)));
                texts.map(|text| Some(text?.as_str()?.to_owned())).collect()
            }
            Some((keyword, texts)) => {
                let texts = texts.as_array().map_or(&[][..], Vec::as_slice);
                if texts.len() != values.len() {
                    let message = format!(
                        "`{keyword}` has {} items for {} values; it is left out",
                        texts.len(),
                        values.len()
                    );
                    let help = "write one item for each value";
                    let at = at.child(keyword);
                    self.diagnostics.warning(Code::Unused, &at, message, help);
                    return vec![None; values.len()];
                }
                let texts = texts.iter().map(Value::as_str);
                texts.map(|text| text.map(str::to_owned)).collect()
            }
        };
        let mut texts = texts;
        texts.resize(values.len(), None);
        texts
    }
}

/// The text of a string, or the digits of an integer that the format allows; `None` for what is no
/// value of the type.
fn text(scalar: &Scalar, value: &Value) -> Option<String> {
    let spelled = match value {
        Value::String(text) => text.clone(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    let Scalar::Integer(Format(format)) = scalar else {
        return Some(spelled);
    };
    // `1.0` is an integer (JSON Schema Validation, section 6.1.1).
    let digits = spelled.trim_end_matches('0').strip_suffix('.');
    let number: i128 = digits.unwrap_or(&spelled).parse().ok()?;
    let range = match format.as_str() {
        "int32" => i128::from(i32::MIN)..=i128::from(i32::MAX),
        "uint32" => 0..=i128::from(u32::MAX),
        "uint64" => 0..=i128::from(u64::MAX),
        _ => i128::from(i64::MIN)..=i128::from(i64::MAX),
    };
    range.contains(&number).then(|| number.to_string())
}

/// The type that all values have.
fn common(listed: &[Listed]) -> Option<&'static str> {
    let all = |is: fn(&Value) -> bool| listed.iter().all(|listed| is(&listed.value));
    if all(Value::is_string) {
        Some("string")
    } else if all(Value::is_boolean) {
        Some("boolean")
    } else if all(|value| value.is_i64() || value.is_u64()) {
        Some("integer")
    } else {
        all(Value::is_number).then_some("number")
    }
}

/// A longer title of a value describes it.
const LONGEST_NAME: usize = 32;

/// The values of a choice whose parts are one value or a few each, with the title and the
/// description of the part ("Annotated enumerations", JSON Schema); `None` for any other choice.
pub(super) fn annotated(parts: &[ReferenceOr<Schema>]) -> Option<Vec<Listed>> {
    let mut all = Vec::new();
    for part in parts {
        let schema = part.as_item()?;
        let view = View::of(schema);
        if view.is_null() {
            continue;
        }
        let lists = !view.values.is_empty() && view.properties.is_none_or(IndexMap::is_empty);
        if !lists || !view.all_of.is_empty() {
            return None;
        }
        let is_one = view.values.len() == 1;
        let data = &schema.schema_data;
        let title = data.title.clone().unwrap_or_default();
        let description = data.description.clone().unwrap_or_default();
        let is_name = is_one && !title.is_empty() && title.len() <= LONGEST_NAME;
        all.extend(view.values.into_iter().map(|value| Listed {
            value,
            name: is_name.then(|| title.clone()),
            description: if is_name {
                description.clone()
            } else {
                format!("{title} {description}").trim().to_owned()
            },
        }));
    }
    (!all.is_empty()).then_some(all)
}
