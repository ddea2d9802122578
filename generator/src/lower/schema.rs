//! Schemas.

use indexmap::IndexSet;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, ObjectType, ReferenceOr, Schema, SchemaData,
    SchemaKind, StringType, Type as Typed, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use super::{Lowering, component_name};
use crate::api::{Docs, Enum, Format, Member, Name, Object, Place, Presence, Shape, Type, TypeId};
use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// The author's own name for generated code.
const NAME_OVERRIDE: &str = "x-speakeasy-name-override";

/// A schema, or the reference that stands for it.
#[derive(Clone, Copy)]
enum Written<'a> {
    Reference(&'a str),
    Schema(&'a Schema),
}

impl<'a> From<&'a ReferenceOr<Schema>> for Written<'a> {
    fn from(schema: &'a ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for Written<'a> {
    fn from(schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

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
            if !self.moved_schemas.contains(name) {
                self.types[id].name.component = Some(name.clone());
            }
            let nullable = matches!(schema, ReferenceOr::Item(s) if s.schema_data.nullable);
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
                    let shape = self.shape(&schema.schema_kind, id, &at);
                    self.types[id].shape = shape;
                    self.types[id].docs = docs(&schema.schema_data);
                }
            }
        }
    }

    /// Another name for a component, unless that is another name for this one.
    fn alias(&mut self, id: TypeId, reference: &str, at: &Pointer) {
        let Some(target) = self.referenced(reference) else {
            return;
        };
        let mut end = target;
        while let Shape::Alias(next) | Shape::Nullable(next) = self.types[end].shape {
            end = next;
        }
        if end == id {
            let message = "the reference leads back to itself";
            let help = "let one of the references lead to a definition";
            self.diagnostics
                .error(Code::CircularReference, at, message, help);
        } else {
            self.types[id].shape = Shape::Alias(target);
        }
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

    fn written(&mut self, schema: Written<'a>, at: &Pointer, place: Place) -> TypeId {
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

    fn referenced(&self, reference: &str) -> Option<TypeId> {
        let name = component_name(reference)?;
        self.components.get(name.as_str()).copied()
    }

    /// A schema that the author has written elsewhere is named after the places it is used in.
    fn stands_at(&mut self, id: TypeId, place: Place) {
        let named = match self.types[id].shape {
            Shape::Nullable(inner) => inner,
            Shape::Any
            | Shape::Boolean
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::String(_)
            | Shape::Enum(_)
            | Shape::Array(_)
            | Shape::Map(_)
            | Shape::Object(_)
            | Shape::Alias(_) => id,
        };
        let name = &mut self.types[named].name;
        if name.component.is_none() {
            name.places.push(place);
        }
    }

    fn inline(&mut self, schema: &'a Schema, at: &Pointer, place: Place) -> TypeId {
        let data = &schema.schema_data;
        if let Some(reference) = lone_reference(&schema.schema_kind) {
            let id = self.written(reference, at, place);
            return self.nullable(id, data.nullable);
        }
        let id = self.add(Shape::Any, docs(data));
        let given = data.extensions.get(NAME_OVERRIDE).and_then(Value::as_str);
        self.types[id].name = Name {
            component: None,
            given: given.map(str::to_owned),
            title: data.title.clone(),
            places: vec![place],
        };
        let shape = self.shape(&schema.schema_kind, id, at);
        self.types[id].shape = shape;
        self.nullable(id, data.nullable || lists_null(&schema.schema_kind))
    }

    fn nullable(&mut self, id: TypeId, nullable: bool) -> TypeId {
        match self.types[id].shape {
            Shape::Nullable(_) | Shape::Any => id,
            Shape::Boolean
            | Shape::Integer(_)
            | Shape::Number(_)
            | Shape::String(_)
            | Shape::Enum(_)
            | Shape::Array(_)
            | Shape::Map(_)
            | Shape::Object(_)
            | Shape::Alias(_) => {
                if nullable {
                    self.add(Shape::Nullable(id), Docs::default())
                } else {
                    id
                }
            }
        }
    }

    /// Adds a type that has no name of its own.
    pub(super) fn add(&mut self, shape: Shape, docs: Docs) -> TypeId {
        self.types.add(Type {
            shape,
            docs,
            name: Name::default(),
        })
    }

    fn shape(&mut self, kind: &'a SchemaKind, id: TypeId, at: &Pointer) -> Shape {
        match kind {
            SchemaKind::Type(Typed::Boolean(_)) => Shape::Boolean,
            SchemaKind::Type(Typed::Integer(integer)) => Shape::Integer(format(&integer.format)),
            SchemaKind::Type(Typed::Number(number)) => Shape::Number(format(&number.format)),
            SchemaKind::Type(Typed::String(string)) => text(string),
            SchemaKind::Type(Typed::Array(ArrayType { items, .. })) => {
                self.array(items.as_ref(), id, at)
            }
            SchemaKind::Type(Typed::Object(ObjectType {
                properties,
                required,
                additional_properties,
                ..
            })) => self.object(properties, required, additional_properties.as_ref(), id, at),
            SchemaKind::Any(schema) => self.any(schema, id, at),
            SchemaKind::OneOf { .. } => self.untyped("`oneOf`", at),
            SchemaKind::AnyOf { .. } => self.untyped("`anyOf`", at),
            SchemaKind::AllOf { .. } => self.untyped("`allOf`", at),
            SchemaKind::Not { .. } => self.untyped("`not`", at),
        }
    }

    /// A schema that does not say its type, or more than that.
    fn any(&mut self, schema: &'a AnySchema, id: TypeId, at: &Pointer) -> Shape {
        let composed = [
            (!schema.one_of.is_empty(), "`oneOf`"),
            (!schema.any_of.is_empty(), "`anyOf`"),
            (!schema.all_of.is_empty(), "`allOf`"),
            (schema.not.is_some(), "`not`"),
        ];
        if let Some((_, keyword)) = composed.iter().find(|(present, _)| *present) {
            return self.untyped(keyword, at);
        }
        let values: Option<Vec<&str>> = schema.enumeration.iter().map(Value::as_str).collect();
        match values {
            Some(values) if !values.is_empty() => return enumeration(values),
            Some(_) => {}
            None => return self.untyped("an `enum` of other values than strings", at),
        }
        if !schema.properties.is_empty() || schema.additional_properties.is_some() {
            let additional = schema.additional_properties.as_ref();
            return self.object(&schema.properties, &schema.required, additional, id, at);
        }
        if schema.items.is_some() {
            return self.array(schema.items.as_ref(), id, at);
        }
        match schema.typ.as_deref() {
            Some("string") => Shape::String(Format(schema.format.clone().unwrap_or_default())),
            Some("integer") => Shape::Integer(Format(schema.format.clone().unwrap_or_default())),
            Some("number") => Shape::Number(Format(schema.format.clone().unwrap_or_default())),
            Some("boolean") => Shape::Boolean,
            Some("object") => self.object(&schema.properties, &schema.required, None, id, at),
            Some(_) | None => Shape::Any,
        }
    }

    fn untyped(&mut self, construct: &str, at: &Pointer) -> Shape {
        let message = format!("{construct} has no type of its own");
        let help = "it is read and written as any JSON value";
        self.diagnostics.warning(Code::Untyped, at, message, help);
        Shape::Any
    }

    fn array(
        &mut self,
        items: Option<&'a ReferenceOr<Box<Schema>>>,
        id: TypeId,
        at: &Pointer,
    ) -> Shape {
        Shape::Array(match items {
            Some(items) => self.written(items.into(), &at.child("items"), Place::Item(id)),
            None => self.add(Shape::Any, Docs::default()),
        })
    }

    fn object(
        &mut self,
        properties: &'a indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &[String],
        additional: Option<&'a AdditionalProperties>,
        id: TypeId,
        at: &Pointer,
    ) -> Shape {
        if properties.is_empty() && !additional.is_some_and(forbids) {
            let at = at.child("additionalProperties");
            return Shape::Map(match additional {
                Some(AdditionalProperties::Schema(schema)) => {
                    self.written(schema.as_ref().into(), &at, Place::Value(id))
                }
                Some(AdditionalProperties::Any(_)) | None => self.add(Shape::Any, Docs::default()),
            });
        }
        if additional.is_some_and(|additional| !forbids(additional)) {
            let at = at.child("additionalProperties");
            let message = "additional properties beside known ones are not kept";
            let help = "name the properties, or leave the known ones out";
            self.diagnostics.warning(Code::Untyped, &at, message, help);
        }
        let required: IndexSet<&str> = required.iter().map(String::as_str).collect();
        let members = properties
            .iter()
            .map(|(name, schema)| {
                let at = at.child("properties").child(name);
                let place = Place::Property(id, name.clone());
                Member {
                    name: name.clone(),
                    ty: self.written(schema.into(), &at, place),
                    presence: if required.contains(name.as_str()) {
                        Presence::Required
                    } else {
                        Presence::Optional
                    },
                    docs: match Written::from(schema) {
                        Written::Reference(_) => Docs::default(),
                        Written::Schema(schema) => docs(&schema.schema_data),
                    },
                }
            })
            .collect();
        Shape::Object(Object { members })
    }
}

/// `{"not": {}}`: no value is allowed.
fn forbids(additional: &AdditionalProperties) -> bool {
    match additional {
        AdditionalProperties::Any(allowed) => !allowed,
        AdditionalProperties::Schema(schema) => match &**schema {
            ReferenceOr::Reference { .. } => false,
            ReferenceOr::Item(schema) => matches!(schema.schema_kind, SchemaKind::Not { .. }),
        },
    }
}

/// `allOf` with one part and nothing beside it is that part.
fn lone_reference(kind: &SchemaKind) -> Option<Written<'_>> {
    match kind {
        SchemaKind::AllOf { all_of: parts }
        | SchemaKind::OneOf { one_of: parts }
        | SchemaKind::AnyOf { any_of: parts } => match &parts[..] {
            [part] => Some(part.into()),
            [..] => None,
        },
        SchemaKind::Type(_) | SchemaKind::Not { .. } | SchemaKind::Any(_) => None,
    }
}

fn text(string: &StringType) -> Shape {
    if string.enumeration.is_empty() {
        return Shape::String(format(&string.format));
    }
    enumeration(string.enumeration.iter().flatten().map(String::as_str))
}

fn enumeration<'a>(values: impl IntoIterator<Item = &'a str>) -> Shape {
    let values: IndexSet<&str> = values.into_iter().collect();
    Shape::Enum(Enum {
        values: values.into_iter().map(str::to_owned).collect(),
    })
}

/// An `enum` may list null among its values.
fn lists_null(kind: &SchemaKind) -> bool {
    match kind {
        SchemaKind::Type(Typed::String(string)) => string.enumeration.iter().any(Option::is_none),
        SchemaKind::Type(
            Typed::Number(_)
            | Typed::Integer(_)
            | Typed::Object(_)
            | Typed::Array(_)
            | Typed::Boolean(_),
        )
        | SchemaKind::OneOf { .. }
        | SchemaKind::AllOf { .. }
        | SchemaKind::AnyOf { .. }
        | SchemaKind::Not { .. }
        | SchemaKind::Any(_) => false,
    }
}

fn format<F: serde::Serialize>(format: &VariantOrUnknownOrEmpty<F>) -> Format {
    Format(match format {
        VariantOrUnknownOrEmpty::Item(known) => match serde_json::to_value(known) {
            Ok(Value::String(name)) => name,
            Ok(_) | Err(_) => String::new(),
        },
        VariantOrUnknownOrEmpty::Unknown(name) => name.clone(),
        VariantOrUnknownOrEmpty::Empty => String::new(),
    })
}

fn docs(data: &SchemaData) -> Docs {
    let notes = [("Default", &data.default), ("Example", &data.example)];
    Docs {
        title: data.title.clone().unwrap_or_default(),
        description: data.description.clone().unwrap_or_default(),
        deprecated: data.deprecated,
        notes: notes
            .into_iter()
            .filter_map(|(label, value)| Some(format!("{label}: `{}`", value.as_ref()?)))
            .collect(),
    }
}
