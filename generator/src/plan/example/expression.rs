//! Values as Rust expressions.

use serde_json::Value;

use super::value::parsed;
use crate::plan::names::Ident;
use crate::plan::types::{Choice, Enum, Kind, Model, RustType, Set, Struct, Union};

/// A Rust expression, with the names of types alone decided: how it is written is not.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// `"text"`
    Text(String),
    /// `"text".to_owned()`
    String(String),
    /// A number or a boolean.
    Literal(String),
    /// `serde_json::json!(…)`
    Json(Value),
    /// `"text".parse()?`
    Parsed(String),
    /// `"text".into()`, as a secret.
    Secret(String),
    /// `&…`
    Reference(Box<Expression>),
    /// `Box::new(…)`
    Boxed(Box<Expression>),
    /// `Some(…)`
    Some(Box<Expression>),
    /// `None`
    None,
    /// `[…]`
    Array(Vec<Expression>),
    /// `vec![…]`
    Vec(Vec<Expression>),
    /// `BTreeMap::from([…])`
    Map(Vec<(String, Expression)>),
    /// `types::T::new(…)`, and setters; each value with the name of its field.
    New(Ident, Vec<(Ident, Expression)>, Vec<(Ident, Expression)>),
    /// `types::T::Variant`, or with its value.
    Variant(Ident, Ident, Option<Box<Expression>>),
    /// `Part::new("text")`, with the name of a file.
    Part(&'static str, &'static str),
}

/// The most unions that lie in each other; one may hold itself.
const MOST: usize = 4;

/// Makes expressions of values.
#[derive(Clone, Copy)]
pub(in crate::plan) struct Expressions<'a> {
    /// The types, in the order of their names.
    models: &'a [Model],
    /// How many unions the value is in: it is the same in all of them.
    unions: usize,
}

impl<'a> Expressions<'a> {
    /// Expressions of these types, which are in the order of their names.
    pub(in crate::plan) fn new(models: &'a [Model]) -> Self {
        Self { models, unions: 0 }
    }

    /// An expression of the type; `None` where the value is not of it, or where there is no way to
    /// write one that a reader would want to see.
    pub(in crate::plan) fn of(self, ty: &RustType, value: &Value) -> Option<Expression> {
        let boxed = |expression| Some(Box::new(expression));
        Some(match ty {
            RustType::Json => Expression::Json(value.clone()),
            RustType::Bool => Expression::Literal(value.as_bool()?.to_string()),
            RustType::I32 => Expression::Literal(i32::try_from(value.as_i64()?).ok()?.to_string()),
            RustType::I64 => Expression::Literal(value.as_i64()?.to_string()),
            RustType::U32 => Expression::Literal(u32::try_from(value.as_u64()?).ok()?.to_string()),
            RustType::U64 => Expression::Literal(value.as_u64()?.to_string()),
            RustType::F64 => Expression::Literal(format!("{:?}", value.as_f64()?)),
            RustType::String => Expression::String(value.as_str()?.to_owned()),
            RustType::Secret => Expression::Secret(value.as_str()?.to_owned()),
            RustType::Foreign(path) if parsed(path).is_some() => {
                Expression::Parsed(value.as_str()?.to_owned())
            }
            RustType::Vec(item) => Expression::Vec(self.all(item, value)?),
            RustType::Map(of) => {
                let members = value.as_object()?.iter();
                let members =
                    members.map(|(name, value)| Some((name.clone(), self.of(of, value)?)));
                Expression::Map(members.collect::<Option<_>>()?)
            }
            RustType::Option(_) if value.is_null() => Expression::None,
            RustType::Option(inner) => Expression::Some(boxed(self.of(inner, value)?)?),
            RustType::Boxed(inner) => Expression::Boxed(boxed(self.of(inner, value)?)?),
            RustType::Model(ident) => self.model(ident, value)?,
            RustType::Unit
            | RustType::Bytes
            | RustType::Foreign(_)
            | RustType::Infallible
            | RustType::Tuple(_)
            | RustType::OpenTuple { .. }
            | RustType::Nullable(_)
            | RustType::Local(_) => return None,
        })
    }

    /// An expression for each item of a list.
    pub(in crate::plan) fn all(self, ty: &RustType, value: &Value) -> Option<Vec<Expression>> {
        let items = value.as_array()?.iter();
        items.map(|item| self.of(ty, item)).collect()
    }

    /// What a function takes that sets a field so.
    pub(in crate::plan) fn set(self, kind: Kind, set: &Set, value: &Value) -> Option<Expression> {
        match (kind, set) {
            // It takes what converts into a value that may be null: a text is not parsed into that.
            (Kind::Nullable, Set::Plain(RustType::String | RustType::Foreign(_))) => return None,
            (Kind::Required | Kind::Optional | Kind::Nullable | Kind::Anything, _) => {}
        }
        match set {
            Set::Into(RustType::Model(ident)) if value.is_string() && self.is_text(ident) => {
                Some(Expression::Text(value.as_str()?.to_owned()))
            }
            Set::Into(ty) => {
                let made = self.of(ty, value)?;
                if let Expression::String(text) | Expression::Secret(text) = made {
                    return Some(Expression::Text(text));
                }
                Some(made)
            }
            Set::Plain(ty) | Set::Boxed(ty) => self.of(ty, value),
            Set::Texts => texts(value),
            Set::Constant(..) | Set::ByHand => None,
        }
    }

    /// Whether a type is an enum of types that a text converts into.
    fn is_text(self, ident: &Ident) -> bool {
        let at = self.models.binary_search_by_key(&ident, Model::ident);
        let Some(Model::Union(union)) = at.ok().map(|at| &self.models[at]) else {
            return false;
        };
        let first = union.variants.first();
        first.is_some_and(|first| first.ty == RustType::String)
    }

    fn model(self, ident: &Ident, value: &Value) -> Option<Expression> {
        let at = self
            .models
            .binary_search_by_key(&ident, Model::ident)
            .ok()?;
        match &self.models[at] {
            Model::Struct(model) => self.structure(model, value),
            Model::Enum(model) => enumeration(model, value),
            Model::Union(model) => self.union(model, value),
            Model::Alias(model) => self.of(&model.ty, value),
        }
    }

    /// A value made of what has to be there, and the rest set.
    fn structure(self, model: &Struct, value: &Value) -> Option<Expression> {
        let members = value.as_object()?;
        let (mut arguments, mut setters) = (Vec::new(), Vec::new());
        for field in &model.fields {
            let value = members.get(&field.wire);
            match (field.kind, &field.set) {
                (_, Set::Constant(..) | Set::ByHand) => {}
                (Kind::Required, set) => {
                    arguments.push((field.ident.clone(), self.set(field.kind, set, value?)?));
                }
                (_, set) => {
                    let value = value.filter(|value| !value.is_null() && !field.deprecated);
                    let set = value.and_then(|value| self.set(field.kind, set, value));
                    setters.extend(set.map(|expression| (field.ident.clone(), expression)));
                }
            }
        }
        Some(Expression::New(model.ident.clone(), arguments, setters))
    }

    /// The variant that the tag names, or the first that the value is of.
    fn union(self, model: &Union, value: &Value) -> Option<Expression> {
        let tag = model.tag.as_ref().and_then(|tag| value[tag].as_str());
        let is_named =
            |variant: &&Choice| tag.is_none_or(|tag| variant.tags.iter().any(|named| named == tag));
        let mut variants = model.variants.iter().filter(is_named);
        let within = Self {
            unions: self.unions + 1,
            ..self
        };
        if within.unions > MOST {
            return None;
        }
        variants.find_map(|variant| {
            let value = within.of(&variant.ty, value)?;
            let (union, variant) = (model.ident.clone(), variant.ident.clone());
            Some(Expression::Variant(union, variant, Some(Box::new(value))))
        })
    }
}

/// The variant of this value.
fn enumeration(model: &Enum, value: &Value) -> Option<Expression> {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    let variant = model
        .variants
        .iter()
        .find(|variant| variant.value == text)?;
    let (model, variant) = (model.ident.clone(), variant.ident.clone());
    Some(Expression::Variant(model, variant, None))
}

/// A list of texts.
pub(in crate::plan) fn texts(value: &Value) -> Option<Expression> {
    let items = value.as_array()?.iter();
    let items = items.map(|item| Some(Expression::Text(item.as_str()?.to_owned())));
    let items = items.collect::<Option<Vec<_>>>()?;
    (!items.is_empty()).then_some(Expression::Array(items))
}
