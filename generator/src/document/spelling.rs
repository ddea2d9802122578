//! What the author has written where a schema asks for text and YAML reads a number: `2.50` is
//! `"2.50"` there, though the number is 2.5.

use serde_json::Value;

use super::locate::spelled;
use super::source::{Format, Source};
use crate::diagnostic::{Code, Diagnostics};
use crate::pointer::Pointer;

/// Makes text of the numbers that stand for values of strings and that are spelled in another way
/// than JSON spells them.
pub fn keep(tree: &mut Value, source: &Source, diagnostics: &mut Diagnostics) {
    if source.format() == Format::Json {
        return;
    }
    let mut numbers = Vec::new();
    collect(tree, Place::Root, &mut numbers);
    if numbers.is_empty() {
        return;
    }
    for (at, text) in spelled(source, &numbers) {
        let Some(value) = at.find_mut(tree) else {
            continue;
        };
        let read = value.to_string();
        if read != text {
            let message =
                format!("`{text}` is no value of the type string; it is read as `\"{text}\"`");
            let help = "write the value as the `type` says";
            diagnostics.violation(Code::WrongType, &at, message, help);
            *value = Value::String(text);
        }
    }
}

/// A place in the tree that is being walked.
#[derive(Clone, Copy)]
enum Place<'a> {
    Root,
    Member(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl Place<'_> {
    fn pointer(self) -> Pointer {
        match self {
            Self::Root => Pointer::root(),
            Self::Member(above, name) => above.pointer().child(name),
            Self::Item(above, index) => above.pointer().child(index.to_string()),
        }
    }
}

/// Finds the numbers that stand for values of strings.
fn collect(value: &Value, at: Place<'_>, found: &mut Vec<Pointer>) {
    match value {
        Value::Object(members) => {
            let is_text = members.get("type").is_some_and(|typ| typ == "string");
            for (name, member) in members {
                let at = Place::Member(&at, name);
                if is_text && ONE.contains(&&**name) && member.is_number() {
                    found.push(at.pointer());
                } else if is_text && SEVERAL.contains(&&**name) {
                    let items = member.as_array().into_iter().flatten().enumerate();
                    let numbers = items.filter(|(_, item)| item.is_number());
                    found.extend(numbers.map(|(index, _)| Place::Item(&at, index).pointer()));
                } else {
                    collect(member, at, found);
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, Place::Item(&at, index), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The keywords of a schema that are values of it.
const ONE: [&str; 3] = ["const", "default", "example"];

/// The keywords that are lists of values.
const SEVERAL: [&str; 2] = ["enum", "examples"];
