//! Types, and how they refer to each other.

use std::ops::{Index, IndexMut};

use super::{Docs, Name, Origin};

/// A type of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(u32);

impl TypeId {
    /// The position in the table.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// All types of an API.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Types(Vec<Type>);

impl Types {
    /// Adds a type.
    pub fn add(&mut self, ty: Type) -> TypeId {
        let id = TypeId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        self.0.push(ty);
        id
    }

    /// All types with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        (0..).map(TypeId).zip(&self.0)
    }

    /// The types that a client needs, with their ids.
    pub fn used(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        self.iter().filter(|(_, ty)| ty.is_used)
    }

    /// Where the document describes types and properties.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        self.0.iter().flat_map(|ty| {
            let object = ty.shape.as_object();
            let properties = object.into_iter().flat_map(|object| &object.properties);
            std::iter::once(&ty.origin).chain(properties.map(|property| &property.origin))
        })
    }

    /// The ids of all types.
    pub fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..).map(TypeId).take(self.0.len())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The type that another one stands for, through aliases and nullability; and whether null is
    /// among the values.
    pub fn resolve(&self, id: TypeId) -> (TypeId, bool) {
        let mut id = id;
        let mut nullable = false;
        // Aliases that lead back to themselves have been reported; this ends all the same.
        for _ in 0..self.0.len() {
            match self[id].shape {
                Shape::Nullable(inner) => {
                    nullable = true;
                    id = inner;
                }
                Shape::Alias(target) => id = target,
                Shape::Any
                | Shape::Scalar(_)
                | Shape::Enum(_)
                | Shape::Array(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Object(_)
                | Shape::Union(_) => break,
            }
        }
        (id, nullable)
    }

    /// The shape of the type that another one stands for.
    pub fn resolved_shape(&self, id: TypeId) -> &Shape {
        &self[self.resolve(id).0].shape
    }
}

impl Index<TypeId> for Types {
    type Output = Type;

    fn index(&self, id: TypeId) -> &Type {
        &self.0[id.index()]
    }
}

impl IndexMut<TypeId> for Types {
    fn index_mut(&mut self, id: TypeId) -> &mut Type {
        &mut self.0[id.index()]
    }
}

/// A type: its shape, its words, and what it could be called.
#[derive(Debug, Clone, PartialEq)]
pub struct Type {
    /// What values look like.
    pub shape: Shape,
    /// The document's words about it.
    pub docs: Docs,
    /// What it could be called.
    pub name: Name,
    /// Where the document describes it.
    pub origin: Origin,
    /// Whether a client needs it.
    pub is_used: bool,
    /// Whether it is another name for the type that it stands for.
    pub is_alias: bool,
}

impl Type {
    /// Whether it gets a name in Rust, be it a component or not.
    pub fn is_named(&self) -> bool {
        self.shape.is_named() || self.is_alias
    }
}

/// What values look like.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Any JSON value.
    Any,
    /// A value without parts.
    Scalar(Scalar),
    /// One of a list of strings or integers.
    Enum(Enum),
    /// An array.
    Array(TypeId),
    /// An array whose first items have types of their own.
    Tuple(Tuple),
    /// An object with any properties of one type.
    Map(TypeId),
    /// An object with known properties.
    Object(Object),
    /// One of several types.
    Union(Union),
    /// A value of the type, or null.
    Nullable(TypeId),
    /// Another name for the type.
    Alias(TypeId),
}

impl Shape {
    /// Whether types of this shape get a name in Rust, be they components or not.
    pub fn is_named(&self) -> bool {
        matches!(self, Self::Enum(_) | Self::Object(_) | Self::Union(_))
    }

    /// The type that this is another name of, with or without null.
    pub fn renamed(&self) -> Option<TypeId> {
        match self {
            Self::Alias(of) | Self::Nullable(of) => Some(*of),
            Self::Any
            | Self::Scalar(_)
            | Self::Enum(_)
            | Self::Array(_)
            | Self::Tuple(_)
            | Self::Map(_)
            | Self::Object(_)
            | Self::Union(_) => None,
        }
    }

    /// A string without a format.
    pub fn string() -> Self {
        Self::Scalar(Scalar::String(Format::default()))
    }

    /// Whether it is `true` or `false`.
    pub fn is_boolean(&self) -> bool {
        matches!(self, Self::Scalar(Scalar::Boolean))
    }

    /// The format of a string, empty when there is none; `None` for every other shape.
    pub fn string_format(&self) -> Option<&str> {
        let Self::Scalar(Scalar::String(Format(format))) = self else {
            return None;
        };
        Some(format)
    }

    /// Whether it is a string of bytes, like a file.
    pub fn is_binary(&self) -> bool {
        self.string_format() == Some("binary")
    }

    /// The object, if it is one.
    pub fn as_object(&self) -> Option<&Object> {
        let Self::Object(object) = self else {
            return None;
        };
        Some(object)
    }

    /// The same, to be changed.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        let Self::Object(object) = self else {
            return None;
        };
        Some(object)
    }

    /// The union, if it is one.
    pub fn as_union(&self) -> Option<&Union> {
        let Self::Union(union) = self else {
            return None;
        };
        Some(union)
    }

    /// The types it is made of.
    pub fn parts(&self) -> Vec<TypeId> {
        match self {
            Self::Array(id) | Self::Map(id) | Self::Nullable(id) | Self::Alias(id) => vec![*id],
            Self::Tuple(tuple) => tuple.places.iter().copied().chain(tuple.rest).collect(),
            Self::Object(object) => {
                let properties = object.properties.iter().map(|property| property.ty);
                properties.chain(object.additional).collect()
            }
            Self::Union(union) => union.variants.iter().map(|variant| variant.ty).collect(),
            Self::Any | Self::Scalar(_) | Self::Enum(_) => Vec::new(),
        }
    }

    /// Visits the types it is made of.
    pub fn for_each_part(&mut self, visit: &mut dyn FnMut(&mut TypeId)) {
        match self {
            Self::Array(id) | Self::Map(id) | Self::Nullable(id) | Self::Alias(id) => visit(id),
            Self::Tuple(tuple) => tuple
                .places
                .iter_mut()
                .chain(&mut tuple.rest)
                .for_each(visit),
            Self::Object(object) => {
                object.properties.iter_mut().for_each(|m| visit(&mut m.ty));
                object.additional.iter_mut().for_each(visit);
            }
            Self::Union(union) => union.variants.iter_mut().for_each(|v| visit(&mut v.ty)),
            Self::Any | Self::Scalar(_) | Self::Enum(_) => {}
        }
    }
}

/// An array whose first items have types of their own ("prefixItems", JSON Schema 2020-12).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Tuple {
    /// The types of the first items.
    pub places: Vec<TypeId>,
    /// How many of them are always there: all, where no more items may follow.
    pub required: usize,
    /// The type of the items that may follow.
    pub rest: Option<TypeId>,
}

/// A value without parts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// `true` or `false`.
    Boolean,
    /// An integer.
    Integer(Format),
    /// A number.
    Number(Format),
    /// A string.
    String(Format),
    /// A value of a type that the user has chosen.
    Foreign(String),
}

/// The `format` of a scalar; empty when there is none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Format(pub String);

/// An enumeration of strings or integers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enum {
    /// The type of its values: a string or an integer.
    pub scalar: Scalar,
    /// The values, in the document's order.
    pub values: Vec<EnumValue>,
}

impl Enum {
    /// An enumeration of these strings, of which nothing else is said.
    pub fn of_strings(texts: &[String]) -> Self {
        let values = texts.iter().map(|text| EnumValue {
            text: text.clone(),
            ..EnumValue::default()
        });
        Self {
            scalar: Scalar::String(Format::default()),
            values: values.collect(),
        }
    }

    /// The strings; `None` where the values are integers.
    pub fn strings(&self) -> Option<impl Iterator<Item = &str>> {
        let texts = self.values.iter().map(|value| &*value.text);
        matches!(self.scalar, Scalar::String(_)).then_some(texts)
    }
}

/// A value of an enumeration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EnumValue {
    /// The string, or the digits of the integer.
    pub text: String,
    /// The author's own name for generated code.
    pub name: Option<String>,
    /// What it means, as `CommonMark`.
    pub description: String,
}

/// An object with known properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// The properties, in the document's order.
    pub properties: Vec<Property>,
    /// The type of any additional properties, where they are allowed by name.
    pub additional: Option<TypeId>,
}

/// One of several types.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The types.
    pub variants: Vec<Variant>,
    /// The property whose value tells which.
    pub tag: Option<String>,
}

/// A type of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The type.
    pub ty: TypeId,
    /// The values of the tag that stand for it.
    pub tags: Vec<String>,
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// Where the document describes it.
    pub origin: Origin,
    /// The name on the wire.
    pub name: String,
    /// What the author calls it in generated code.
    pub given: Option<String>,
    /// The type of the value.
    pub ty: TypeId,
    /// Whether it may be absent.
    pub presence: Presence,
    /// The document's words about it.
    pub docs: Docs,
}

impl Property {
    /// The name that generated code makes its own of.
    pub fn called(&self) -> &str {
        self.given.as_deref().unwrap_or(&self.name)
    }
}

/// Whether a property may be absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is always there.
    Required,
    /// It may be absent.
    Optional,
    /// It is always there in what the server sends, and the client does not send it. No property is
    /// so any more when the API is refined.
    ReadOnly,
    /// The same the other way round.
    WriteOnly,
}
