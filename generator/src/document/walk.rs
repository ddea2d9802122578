//! The way through a document, by the specification's table of objects and fields.

use serde_json::Value;

use super::grammar::{Kind, Rule};
use crate::pointer::Pointer;

/// The way from the root to a value, kept on the stack: a pointer is made of it only when needed.
#[derive(Clone, Copy)]
pub struct Path<'a> {
    above: Option<&'a Path<'a>>,
    token: &'a str,
}

impl<'a> Path<'a> {
    /// The root.
    pub const ROOT: Path<'static> = Path {
        above: None,
        token: "",
    };

    /// The way to a value below.
    pub fn child(&'a self, token: &'a str) -> Path<'a> {
        Path {
            above: Some(self),
            token,
        }
    }

    /// The pointer to this place.
    pub fn pointer(&self) -> Pointer {
        match self.above {
            Some(above) => above.pointer().child(self.token),
            None => Pointer::root(),
        }
    }
}

/// Visits every value that stands for an object of the specification, outer ones first.
pub fn walk(
    value: &mut Value,
    kind: Kind,
    path: &Path<'_>,
    visit: &mut dyn FnMut(Kind, &mut Value, &Path<'_>),
) {
    visit(kind, value, path);
    if let Value::Object(members) = value {
        for (name, member) in members {
            if let Some(rule) = kind.field(name) {
                walk_field(member, rule, &path.child(name), visit);
            }
        }
    }
}

fn walk_field(
    value: &mut Value,
    rule: Rule,
    path: &Path<'_>,
    visit: &mut dyn FnMut(Kind, &mut Value, &Path<'_>),
) {
    match (rule, value) {
        (Rule::Object(kind), value) => walk(value, kind, path, visit),
        (Rule::List(rule), Value::Array(items)) => {
            for (index, item) in items.iter_mut().enumerate() {
                walk_field(item, *rule, &path.child(&index.to_string()), visit);
            }
        }
        (Rule::Map(rule), Value::Object(members)) => {
            for (name, member) in members {
                walk_field(member, *rule, &path.child(name), visit);
            }
        }
        (Rule::Extensible(rule), Value::Object(members)) => {
            for (name, member) in members {
                if !name.starts_with("x-") {
                    walk_field(member, *rule, &path.child(name), visit);
                }
            }
        }
        (
            Rule::Any
            | Rule::Text
            | Rule::Flag
            | Rule::Count
            | Rule::Number
            | Rule::List(_)
            | Rule::Map(_)
            | Rule::Extensible(_),
            _,
        ) => {}
    }
}
