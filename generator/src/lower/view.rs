//! A schema as one record, whatever the typed document has made of it.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use crate::pointer::Pointer;

/// A schema, or the reference that stands for it.
#[derive(Clone, Copy)]
pub(super) enum Written<'a> {
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

/// What a schema says about values.
#[derive(Clone, Default)]
pub(super) struct View<'a> {
    pub typ: Option<&'static str>,
    pub format: String,
    pub properties: Option<&'a IndexMap<String, ReferenceOr<Box<Schema>>>>,
    pub required: &'a [String],
    pub additional: Option<&'a AdditionalProperties>,
    pub items: Option<&'a ReferenceOr<Box<Schema>>>,
    pub values: Vec<Value>,
    pub one_of: &'a [ReferenceOr<Schema>],
    pub any_of: &'a [ReferenceOr<Schema>],
    pub all_of: &'a [ReferenceOr<Schema>],
    pub nullable: bool,
}

impl<'a> View<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let view = match &schema.schema_kind {
            SchemaKind::Type(typed) => Self::typed(typed),
            SchemaKind::OneOf { one_of } => Self {
                one_of,
                ..Self::default()
            },
            SchemaKind::AnyOf { any_of } => Self {
                any_of,
                ..Self::default()
            },
            SchemaKind::AllOf { all_of } => Self {
                all_of,
                ..Self::default()
            },
            SchemaKind::Not { .. } => Self::default(),
            SchemaKind::Any(any) => Self::any(any),
        };
        Self {
            nullable: schema.schema_data.nullable,
            ..view
        }
    }

    fn typed(typed: &'a Type) -> Self {
        match typed {
            Type::String(string) => Self {
                typ: Some("string"),
                format: format(&string.format),
                values: listed(&string.enumeration),
                ..Self::default()
            },
            Type::Number(number) => Self {
                typ: Some("number"),
                format: format(&number.format),
                values: listed(&number.enumeration),
                ..Self::default()
            },
            Type::Integer(integer) => Self {
                typ: Some("integer"),
                format: format(&integer.format),
                values: listed(&integer.enumeration),
                ..Self::default()
            },
            Type::Boolean(boolean) => Self {
                typ: Some("boolean"),
                values: listed(&boolean.enumeration),
                ..Self::default()
            },
            Type::Object(object) => Self {
                typ: Some("object"),
                properties: Some(&object.properties),
                required: &object.required,
                additional: object.additional_properties.as_ref(),
                ..Self::default()
            },
            Type::Array(array) => Self {
                typ: Some("array"),
                items: array.items.as_ref(),
                ..Self::default()
            },
        }
    }

    fn any(any: &'a AnySchema) -> Self {
        let types = ["string", "number", "integer", "boolean", "object", "array"];
        Self {
            typ: types
                .into_iter()
                .find(|name| any.typ.as_deref() == Some(name)),
            format: any.format.clone().unwrap_or_default(),
            properties: Some(&any.properties),
            required: &any.required,
            additional: any.additional_properties.as_ref(),
            items: any.items.as_ref(),
            values: any.enumeration.clone(),
            one_of: &any.one_of,
            any_of: &any.any_of,
            all_of: &any.all_of,
            nullable: false,
        }
    }

    /// Whether it says anything about what values look like.
    pub(super) fn has_substance(&self) -> bool {
        self.typ.is_some()
            || self
                .properties
                .is_some_and(|properties| !properties.is_empty())
            || self.additional.is_some()
            || self.items.is_some()
            || !self.values.is_empty()
            || !self.one_of.is_empty()
            || !self.any_of.is_empty()
            || !self.all_of.is_empty()
    }

    /// Whether null is the only value.
    pub(super) fn is_null(&self) -> bool {
        let only_null = !self.values.is_empty() && self.values.iter().all(Value::is_null);
        only_null || self.nullable && !self.has_substance()
    }

    /// Whether null is among the values.
    pub(super) fn accepts_null(&self) -> bool {
        let choices = self.one_of.iter().chain(self.any_of);
        let mut choices = choices.filter_map(ReferenceOr::as_item);
        self.nullable
            || self.values.iter().any(Value::is_null)
            || choices.any(|choice| Self::of(choice).accepts_null())
    }

    /// The one part that says what values look like, where all else are words about it; and its
    /// place below that of the schema.
    pub(super) fn sole_part(&self) -> Option<(&'a ReferenceOr<Schema>, Pointer)> {
        let own = Self {
            one_of: &[],
            any_of: &[],
            all_of: &[],
            ..self.clone()
        };
        if own.has_substance() || !own.required.is_empty() {
            return None;
        }
        let is_null =
            |part: &ReferenceOr<Schema>| part.as_item().is_some_and(|s| View::of(s).is_null());
        let placed = |keyword: &'static str, parts: &'a [ReferenceOr<Schema>]| {
            let parts = parts.iter().enumerate();
            parts.map(move |(index, part)| (part, keyword, index))
        };
        let all = placed("allOf", self.all_of).filter(|(part, ..)| says_something(part));
        let choices = placed("oneOf", self.one_of).chain(placed("anyOf", self.any_of));
        let choices = choices.filter(|(part, ..)| !is_null(part));
        let mut parts = all.chain(choices);
        match (parts.next(), parts.next()) {
            (Some((part, keyword, index)), None) => {
                let place = Pointer::root().child(keyword);
                Some((part, place.child(index.to_string())))
            }
            (Some(_), Some(_)) | (None, _) => None,
        }
    }
}

fn says_something(part: &ReferenceOr<Schema>) -> bool {
    part.as_item().is_none_or(|schema| {
        let view = View::of(schema);
        view.has_substance() || !view.required.is_empty()
    })
}

/// `{"not": {}}`: no value is allowed.
pub(super) fn forbids(additional: &AdditionalProperties) -> bool {
    match additional {
        AdditionalProperties::Any(allowed) => !allowed,
        AdditionalProperties::Schema(schema) => match &**schema {
            ReferenceOr::Reference { .. } => false,
            ReferenceOr::Item(schema) => matches!(schema.schema_kind, SchemaKind::Not { .. }),
        },
    }
}

fn listed<T: serde::Serialize>(values: &[T]) -> Vec<Value> {
    let values = values.iter().map(serde_json::to_value);
    values.filter_map(Result::ok).collect()
}

fn format<F: serde::Serialize>(format: &VariantOrUnknownOrEmpty<F>) -> String {
    match format {
        VariantOrUnknownOrEmpty::Item(known) => match serde_json::to_value(known) {
            Ok(Value::String(name)) => name,
            Ok(_) | Err(_) => String::new(),
        },
        VariantOrUnknownOrEmpty::Unknown(name) => name.clone(),
        VariantOrUnknownOrEmpty::Empty => String::new(),
    }
}
