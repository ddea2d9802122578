//! Schemas.

use openapiv3::{ReferenceOr, Schema, SchemaData};
use serde_json::Value;

use super::merge::{Definitions, Merged};
use super::view::{View, Written};
use super::{Lowering, component_name, given, listed};
use crate::api::{Docs, Format, Name, Origin, Place, Scalar, Shape, Tuple, Type, TypeId};
use crate::diagnostic::Code;
use crate::document::extension;
use crate::pointer::Pointer;

/// What the places of a tuple are called.
const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

impl<'a> Lowering<'a> {
    /// All schemas among the components. Each has its id before any is read, so that they can
    /// refer to each other.
    pub(super) fn components(&mut self) {
        let Some(components) = &self.document.components else {
            return;
        };
        let mut definitions = Vec::new();
        for (name, schema) in &components.schemas {
            let id = self.add(Shape::Any, Docs::default());
            match self.moved_schemas.get(name) {
                Some(own_name) => self.types[id].name.given.clone_from(own_name),
                None => {
                    let chosen = schema
                        .as_item()
                        .map(|schema| &schema.schema_data.extensions);
                    let chosen = chosen.and_then(given::chosen);
                    self.types[id].name.component = chosen.or_else(|| Some(name.clone()));
                }
            }
            let nullable = schema.as_item().is_some_and(|s| View::of(s).accepts_null());
            let known_as = if nullable {
                self.add(Shape::Nullable(id), Docs::default())
            } else {
                id
            };
            self.components.insert(name, known_as);
            definitions.push((id, name, schema));
        }
        for (id, name, schema) in definitions {
            let at = Self::component("schemas", name);
            match Written::from(schema) {
                Written::Reference(reference) => self.alias(id, reference, &at),
                Written::Schema(schema) => {
                    self.types[id].docs = docs(&schema.schema_data);
                    self.types[id].origin = Origin::at(&at);
                    let shape = self.component_shape(name, schema, id, &at);
                    self.types[id].shape = shape;
                }
            }
        }
    }

    fn component_shape(
        &mut self,
        name: &str,
        schema: &'a Schema,
        id: TypeId,
        at: &Pointer,
    ) -> Shape {
        let mut above = vec![name.to_owned()];
        let view = View::of(schema);
        if let Some((part, below)) = view.sole_part() {
            return match Written::from(part) {
                Written::Reference(reference) => {
                    self.alias(id, reference, at);
                    self.types[id].shape.clone()
                }
                Written::Schema(part) => self.component_shape(name, part, id, &at.join(&below)),
            };
        }
        if let Some(discriminator) = &schema.schema_data.discriminator
            && view.one_of.is_empty()
            && view.any_of.is_empty()
            && let Some(shape) = self.descendants(name, discriminator, id, at, &mut Vec::new())
        {
            return shape;
        }
        self.shape(schema, id, at, &mut above)
    }

    /// The type of a schema that stands at `place`.
    pub(super) fn schema(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
        place: Place,
    ) -> TypeId {
        self.written(schema.into(), at, place)
    }

    pub(super) fn written(&mut self, schema: Written<'a>, at: &Pointer, place: Place) -> TypeId {
        match schema {
            Written::Reference(reference) => match self.referenced(reference) {
                Some(id) => {
                    self.stands_at(id, place);
                    id
                }
                None => self.add(Shape::Any, Docs::default()),
            },
            Written::Schema(schema) => self.inline(schema, at, place),
        }
    }

    pub(super) fn referenced(&self, reference: &str) -> Option<TypeId> {
        let name = component_name(reference)?;
        self.components.get(name.as_str()).copied()
    }

    /// A schema that the author has written elsewhere is named after the places it is used in.
    pub(super) fn stands_at(&mut self, id: TypeId, place: Place) {
        let named = self.not_null(id);
        let name = &mut self.types[named].name;
        if name.component.is_none() && name.place.is_none() {
            name.place = Some(place);
        }
    }

    /// The type of a schema's values that are not null.
    pub(super) fn not_null(&self, id: TypeId) -> TypeId {
        match self.types[id].shape {
            Shape::Nullable(inner) => inner,
            Shape::Any
            | Shape::Scalar(_)
            | Shape::Enum(_)
            | Shape::Array(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Object(_)
            | Shape::Union(_)
            | Shape::Alias(_) => id,
        }
    }

    fn inline(&mut self, schema: &'a Schema, at: &Pointer, place: Place) -> TypeId {
        let data = &schema.schema_data;
        let view = View::of(schema);
        if let Some((part, below)) = view.sole_part() {
            let id = self.written(part.into(), &at.join(&below), place);
            return self.nullable(id, view.accepts_null());
        }
        if let Some(id) = self.inline.get(at).copied() {
            self.stands_at(id, place);
            return id;
        }
        let id = self.add(Shape::Any, docs(data));
        let known_as = if view.accepts_null() {
            self.add(Shape::Nullable(id), Docs::default())
        } else {
            id
        };
        self.inline.insert(at.clone(), known_as);
        self.types[id].origin = Origin::at(at);
        self.types[id].name = Name {
            given: given::schema(&data.extensions),
            title: data.title.clone(),
            place: Some(self.home(at, place)),
            ..Name::default()
        };
        let shape = self.shape(schema, id, at, &mut Vec::new());
        self.types[id].shape = shape;
        known_as
    }

    /// The type of a part that several schemas describe: what satisfies all of them.
    pub(super) fn combined(&mut self, definitions: &Definitions<'a>, place: Place) -> TypeId {
        if let [(written, at)] = &definitions[..] {
            return self.written(*written, at, place);
        }
        let places: Vec<Pointer> = definitions.iter().map(|(_, at)| at.clone()).collect();
        if let Some(id) = self.combined.get(&places) {
            return *id;
        }
        let mut merged = Merged::default();
        for (written, at) in definitions {
            self.gather(*written, at, &mut Vec::new(), &mut merged);
        }
        let id = self.add(Shape::Any, Docs::default());
        self.types[id].name.place = Some(place);
        let is_nullable = |written: Written<'a>| match written {
            Written::Schema(schema) => View::of(schema).accepts_null(),
            Written::Reference(reference) => self
                .component_schema(reference)
                .and_then(|(_, schema)| schema.as_item())
                .is_some_and(|schema| View::of(schema).accepts_null()),
        };
        let nullable = definitions.iter().all(|(written, _)| is_nullable(*written));
        let known_as = self.nullable(id, nullable);
        let at = places.last().cloned().unwrap_or_default();
        self.combined.insert(places, known_as);
        let shape = self.merged_shape(&merged, id, &at, &mut Vec::new());
        self.types[id].shape = shape;
        known_as
    }

    fn nullable(&mut self, id: TypeId, nullable: bool) -> TypeId {
        if !nullable || matches!(self.types[id].shape, Shape::Nullable(_)) {
            return id;
        }
        self.add(Shape::Nullable(id), Docs::default())
    }

    /// Adds a type that has no name of its own.
    pub(super) fn add(&mut self, shape: Shape, docs: Docs) -> TypeId {
        self.types.add(Type {
            shape,
            docs,
            name: Name::default(),
            origin: Origin::several(),
            is_used: true,
            is_alias: false,
        })
    }

    pub(super) fn docs_of(&self, written: Written<'a>) -> Docs {
        match written {
            Written::Schema(schema) => docs(&schema.schema_data),
            Written::Reference(reference) => match self.component_schema(reference) {
                Some((_, schema)) => match Written::from(schema) {
                    Written::Schema(schema) => docs(&schema.schema_data),
                    Written::Reference(_) => Docs::default(),
                },
                None => Docs::default(),
            },
        }
    }

    fn shape(
        &mut self,
        schema: &'a Schema,
        id: TypeId,
        at: &Pointer,
        above: &mut Vec<String>,
    ) -> Shape {
        let mut merged = Merged::default();
        self.gather(Written::Schema(schema), at, above, &mut merged);
        self.merged_shape(&merged, id, at, above)
    }

    /// The shape of what several schemas say together.
    pub(super) fn merged_shape(
        &mut self,
        merged: &Merged<'a>,
        id: TypeId,
        at: &Pointer,
        above: &mut Vec<String>,
    ) -> Shape {
        if let Some(conflict) = &merged.conflict {
            let message = "no value satisfies this and what `allOf` says before";
            let help = "let the schemas of `allOf` agree; until then, the last one counts";
            self.diagnostics
                .violation(Code::InvalidValue, conflict, message, help);
        }
        let is_scalar = merged
            .typ
            .is_some_and(|typ| typ != "object" && typ != "array");
        if let [choice] = &merged.choices[..]
            && !merged.is_object()
            && let Some(listed) = listed::annotated(choice.parts)
            && let Some(shape) = self.listed_shape(merged, listed, at)
        {
            return shape;
        }
        match &merged.choices[..] {
            [] => self.plain(merged, id, at),
            [_, ..] if is_scalar => self.plain(merged, id, at),
            [choice] => self.union(merged, choice, id, above),
            [_, _, ..] => self.too_many_choices(at),
        }
    }

    /// The shape of what says no `oneOf` and no `anyOf`.
    pub(super) fn plain(&mut self, merged: &Merged<'a>, id: TypeId, at: &Pointer) -> Shape {
        if !merged.values.is_empty() && merged.properties.is_empty() {
            return self.enumeration(merged, at);
        }
        let format = || Format(merged.format.clone());
        match merged.typ {
            Some("string") => Shape::Scalar(Scalar::String(format())),
            Some("integer") => Shape::Scalar(Scalar::Integer(format())),
            Some("number") => Shape::Scalar(Scalar::Number(format())),
            Some("boolean") => Shape::Scalar(Scalar::Boolean),
            Some("array") => self.array(merged, id, at),
            Some("object") => self.object(merged, id, at),
            _ if merged.is_object() => self.object(merged, id, at),
            _ if !merged.items.is_empty() => self.array(merged, id, at),
            _ if merged.is_anything => Shape::Any,
            _ => self.untyped("the schema does not say what values look like", at),
        }
    }

    pub(super) fn untyped(&mut self, message: &str, at: &Pointer) -> Shape {
        let help = "it is read and written as any JSON value";
        self.diagnostics.warning(Code::Untyped, at, message, help);
        Shape::Any
    }

    fn array(&mut self, merged: &Merged<'a>, id: TypeId, at: &Pointer) -> Shape {
        if let Some((Written::Schema(items), at)) = merged.items.last()
            && let Some(required) = merged.tuple
        {
            return self.tuple(View::of(items).any_of, required, id, &at.child("anyOf"));
        }
        Shape::Array(if merged.items.is_empty() {
            let any = self.untyped("the array does not say what its items look like", at);
            self.add(any, Docs::default())
        } else {
            self.combined(&merged.items, Place::Item(id))
        })
    }

    /// The shape of an array whose first items have types of their own; where not all of these are
    /// always there, the last one is the type of the items that may follow.
    fn tuple(
        &mut self,
        places: &'a [ReferenceOr<Schema>],
        required: usize,
        id: TypeId,
        at: &Pointer,
    ) -> Shape {
        let (places, rest) = match places {
            [places @ .., rest] if places.len() >= required => (places, Some(rest)),
            places => (places, None),
        };
        let named = places.iter().enumerate().map(|(index, place)| {
            let name = format!("{} item", ORDINALS[index % ORDINALS.len()]);
            let at = at.child(index.to_string());
            let ty = self.schema(place, &at, Place::Property(id, name));
            self.nullable(ty, index >= required)
        });
        let named = named.collect();
        let rest = rest.map(|rest| {
            let at = at.child(places.len().to_string());
            self.schema(rest, &at, Place::Item(id))
        });
        Shape::Tuple(Tuple {
            places: named,
            required,
            rest,
        })
    }
}

pub(super) fn docs(data: &SchemaData) -> Docs {
    let constraints = data.extensions.get(extension::NOTES);
    let constraints = constraints.and_then(Value::as_array).into_iter().flatten();
    let constraints = constraints.filter_map(|note| note.as_str().map(str::to_owned));
    Docs {
        title: data.title.clone().unwrap_or_default(),
        description: data.description.clone().unwrap_or_default(),
        deprecated: data.deprecated,
        notes: constraints.collect(),
        default: data.default.clone(),
        example: data.example.clone(),
    }
}
