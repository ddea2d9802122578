//! `allOf`: what several schemas say together ("Composition and Inheritance"). A value satisfies all
//! of them, and so do the parts that several of them describe.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use openapiv3::{AdditionalProperties, Discriminator, OpenAPI, ReferenceOr, Schema, SchemaData};
use serde_json::Value;

use super::view::{View, Written};
use super::{Lowering, component_name};
use crate::document::extension;
use crate::pointer::Pointer;

/// What several schemas say together.
#[derive(Clone, Default)]
pub(super) struct Merged<'a> {
    pub typ: Option<&'static str>,
    pub format: String,
    pub properties: IndexMap<&'a str, Definitions<'a>>,
    pub required: IndexSet<&'a str>,
    pub additional: Option<(&'a AdditionalProperties, Pointer)>,
    pub items: Definitions<'a>,
    pub tuple: Option<usize>,
    pub values: Vec<Value>,
    /// The schema that lists the values, and its place.
    pub listed_at: Option<(&'a SchemaData, Pointer)>,
    /// Whether it says that anything is allowed.
    pub is_anything: bool,
    pub choices: Vec<Choice<'a>>,
    /// Where something is said that no value satisfies together with what is said before.
    pub conflict: Option<Pointer>,
    /// The components of which this is, each of which says nothing new when it is met again.
    joined: HashSet<String>,
}

/// What several schemas say about one part, each with its place.
pub(super) type Definitions<'a> = Vec<(Written<'a>, Pointer)>;

/// A `oneOf` or an `anyOf`.
#[derive(Clone)]
pub(super) struct Choice<'a> {
    pub parts: &'a [ReferenceOr<Schema>],
    pub discriminator: Option<&'a Discriminator>,
    pub at: Pointer,
}

impl<'a> Lowering<'a> {
    /// Adds what a schema says. `above` are the components that are being gathered, the one that
    /// is being lowered among them: a base that lists its own descendants does not list them here.
    pub(super) fn gather(
        &self,
        written: Written<'a>,
        at: &Pointer,
        above: &mut Vec<String>,
        merged: &mut Merged<'a>,
    ) {
        if !self.budget.allows(at, above.len()) {
            return;
        }
        let schema = match written {
            Written::Schema(schema) => schema,
            Written::Reference(reference) => {
                let Some((name, schema)) = self.component_schema(reference) else {
                    return;
                };
                if !above.contains(&name) && merged.joined.insert(name.clone()) {
                    let at = Self::component("schemas", &name);
                    above.push(name);
                    self.gather(schema.into(), &at, above, merged);
                    above.pop();
                }
                return;
            }
        };
        let view = View::of(schema);
        for (index, part) in view.all_of.iter().enumerate() {
            let at = at.child("allOf").child(index.to_string());
            self.gather(part.into(), &at, above, merged);
        }
        merged.add(&view, &schema.schema_data, at);
        self.add_parts(&view, schema, at, merged);
        let discriminator = schema.schema_data.discriminator.as_ref();
        for (keyword, parts) in [("oneOf", view.one_of), ("anyOf", view.any_of)] {
            if parts.iter().any(|part| leads_to(part, above)) || parts.iter().all(only_restricts) {
                continue;
            }
            merged.choices.push(Choice {
                parts,
                discriminator,
                at: at.child(keyword),
            });
        }
    }

    /// Adds what a schema says about the parts of a value.
    fn add_parts(
        &self,
        view: &View<'a>,
        schema: &'a Schema,
        at: &Pointer,
        merged: &mut Merged<'a>,
    ) {
        for (name, property) in view.properties.into_iter().flatten() {
            let at = at.child("properties").child(name);
            let known = merged.properties.entry(name).or_default();
            self.define(known, (property.into(), at));
        }
        merged
            .required
            .extend(view.required.iter().map(String::as_str));
        if let Some(additional) = view.additional {
            merged.additional = Some((additional, at.child("additionalProperties")));
        }
        if let Some(items) = view.items {
            let required = schema.schema_data.extensions.get(extension::TUPLE);
            let required = required.and_then(Value::as_u64);
            merged.tuple = required.and_then(|required| usize::try_from(required).ok());
            if merged.tuple.is_some() {
                merged.items.clear();
            }
            self.define(&mut merged.items, (items.into(), at.child("items")));
        }
    }

    /// Adds a definition of a part to those that are known. One that adds nothing to another is left
    /// out: words alone, the same again, and a base beside what is derived from it.
    fn define(&self, known: &mut Definitions<'a>, new: (Written<'a>, Pointer)) {
        let only_words = |written: Written<'a>| match written {
            Written::Reference(_) => false,
            Written::Schema(schema) => !View::of(schema).has_substance(),
        };
        if !known.is_empty() && only_words(new.0) {
            return;
        }
        known.retain(|(written, _)| !only_words(*written));
        if known
            .iter()
            .any(|(written, _)| self.includes(*written, new.0))
        {
            return;
        }
        known.retain(|(written, _)| !self.includes(new.0, *written));
        known.push(new);
    }

    /// Whether a schema is another one, or consists of it among others.
    fn includes(&self, written: Written<'a>, other: Written<'a>) -> bool {
        let mut waiting = vec![written];
        let mut seen = HashSet::new();
        while let Some(written) = waiting.pop() {
            let whole = match (written, other) {
                (Written::Reference(reference), Written::Reference(other))
                    if reference == other =>
                {
                    return true;
                }
                (Written::Schema(schema), Written::Schema(other))
                    if std::ptr::eq(schema, other) || schema == other =>
                {
                    return true;
                }
                (Written::Reference(reference), Written::Reference(_)) => {
                    let is_new = seen.insert(reference) && self.budget.allows_more();
                    let component = self.component_schema(reference).filter(|_| is_new);
                    component.map(|(_, schema)| Written::from(schema))
                }
                (Written::Schema(_), Written::Reference(_)) => Some(written),
                (Written::Reference(_) | Written::Schema(_), Written::Schema(_)) => None,
            };
            match whole {
                Some(Written::Schema(schema)) => {
                    waiting.extend(View::of(schema).all_of.iter().map(Written::from));
                }
                Some(reference @ Written::Reference(_)) => waiting.push(reference),
                None => {}
            }
        }
        false
    }

    /// The schema that a reference leads to, and the component's name.
    pub(super) fn component_schema(
        &self,
        reference: &str,
    ) -> Option<(String, &'a ReferenceOr<Schema>)> {
        let name = component_name(reference)?;
        let components = self.document.components.as_ref()?;
        let schema = components.schemas.get(&name)?;
        Some((name, schema))
    }
}

impl<'a> Merged<'a> {
    /// Adds what a schema says about values as wholes.
    fn add(&mut self, view: &View<'a>, data: &'a SchemaData, at: &Pointer) {
        self.narrow(view.typ, at);
        let extensions = &data.extensions;
        self.is_anything |= extensions.contains_key(extension::ANYTHING);
        if !view.format.is_empty() {
            self.format.clone_from(&view.format);
        }
        if !view.values.is_empty() {
            self.restrict(&view.values, at);
            self.listed_at = Some((data, at.clone()));
        }
    }

    /// Takes the type that satisfies what is known and this one. An integer is a number.
    fn narrow(&mut self, typ: Option<&'static str>, at: &Pointer) {
        let narrowed = match (self.typ, typ) {
            (known, None) => known,
            (None, new) => new,
            (Some("integer"), Some("number")) | (Some("number"), Some("integer")) => {
                Some("integer")
            }
            (Some(known), Some(new)) => {
                if known != new {
                    self.conflict = Some(at.clone());
                }
                Some(new)
            }
        };
        self.typ = narrowed;
    }

    /// Takes the values that are listed here and in what is known.
    fn restrict(&mut self, values: &[Value], at: &Pointer) {
        let both = values.iter().filter(|value| self.values.contains(value));
        let both: Vec<Value> = both.cloned().collect();
        if both.is_empty() && !self.values.is_empty() {
            self.conflict = Some(at.clone());
        }
        self.values = if both.is_empty() {
            values.to_vec()
        } else {
            both
        };
    }

    /// Whether these are objects with properties.
    pub(super) fn is_object(&self) -> bool {
        !self.properties.is_empty() || self.additional.is_some()
    }
}

/// The components that consist of others by `allOf`, directly, under the names of those.
pub(super) fn heirs(document: &OpenAPI) -> HashMap<String, Vec<&str>> {
    let mut heirs: HashMap<String, Vec<&str>> = HashMap::new();
    let components = document.components.iter();
    for (name, schema) in components.flat_map(|components| &components.schemas) {
        let mut waiting: Vec<Written<'_>> = vec![schema.into()];
        while let Some(written) = waiting.pop() {
            match written {
                Written::Schema(schema) => {
                    waiting.extend(View::of(schema).all_of.iter().map(Written::from));
                }
                Written::Reference(reference) => {
                    let base = component_name(reference).unwrap_or_default();
                    heirs.entry(base).or_default().push(name);
                }
            }
        }
    }
    heirs
}

/// A part that requires properties, or excludes values, but describes none.
fn only_restricts(part: &ReferenceOr<Schema>) -> bool {
    part.as_item().is_some_and(|schema| {
        let view = View::of(schema);
        !view.has_substance() && !view.is_null()
    })
}

fn leads_to(part: &ReferenceOr<Schema>, names: &[String]) -> bool {
    match part {
        ReferenceOr::Reference { reference } => {
            component_name(reference).is_some_and(|name| names.contains(&name))
        }
        ReferenceOr::Item(_) => false,
    }
}
