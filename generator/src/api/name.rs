//! What the document calls types, and where it describes them.

use super::{Status, TypeId};

/// What a type could be called, in the document's words.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Name {
    /// The name of the component.
    pub component: Option<String>,
    /// A name that the document's author gives for generated code (`x-speakeasy-name-override`), or
    /// that the schema has where it is written.
    pub given: Option<String>,
    /// The schema's title.
    pub title: Option<String>,
    /// Where the document describes it.
    pub place: Option<Place>,
    /// Whether it is the type that requests have, beside that of responses.
    pub is_input: bool,
}

impl Name {
    /// What the document calls the schema where it stands inline. A title that only repeats the
    /// name of the property or the parameter is none: tools write it by themselves.
    pub fn own(&self) -> Option<&str> {
        let said = |text: &str| -> String {
            let letters = text.chars().filter(|c| c.is_alphanumeric());
            letters.flat_map(char::to_lowercase).collect()
        };
        let title = self.title.as_deref().filter(|title| match &self.place {
            Some(Place::Property(_, name) | Place::Parameter(_, name) | Place::Path(_, name)) => {
                said(name) != said(title)
            }
            Some(_) | None => true,
        });
        self.given.as_deref().or(title)
    }

    /// These words of the document as words for a name in code.
    pub fn in_code(&self, words: &str) -> String {
        let side = if self.is_input { " input" } else { "" };
        format!("{words}{side}")
    }
}

/// Where a schema stands that is no component: the object, the list or the union that it is a part
/// of, or the operation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Place {
    /// A property of an object.
    Property(TypeId, String),
    /// The items of an array.
    Item(TypeId),
    /// The values of a map, or of an object's additional properties.
    Value(TypeId),
    /// A variant of a union, by its position.
    Variant(TypeId, usize),
    /// A parameter of the operation at this index, or a header of one of its responses.
    Parameter(usize, String),
    /// A parameter that all operations of a path have.
    Path(String, String),
    /// A component that is no schema: its section and its name.
    Component(String, String),
    /// The request body of an operation.
    Body(usize),
    /// A response of an operation.
    Response(usize, Status),
    /// The payload of the webhook at this index.
    Webhook(usize),
}

impl Place {
    /// The type that the place is in, if it is in one.
    pub fn within(&self) -> Option<TypeId> {
        match self {
            Self::Property(id, _) | Self::Item(id) | Self::Value(id) | Self::Variant(id, _) => {
                Some(*id)
            }
            Self::Parameter(..)
            | Self::Path(..)
            | Self::Component(..)
            | Self::Body(_)
            | Self::Response(..)
            | Self::Webhook(_) => None,
        }
    }

    /// The same, to be changed.
    pub fn within_mut(&mut self) -> Option<&mut TypeId> {
        match self {
            Self::Property(id, _) | Self::Item(id) | Self::Value(id) | Self::Variant(id, _) => {
                Some(id)
            }
            Self::Parameter(..)
            | Self::Path(..)
            | Self::Component(..)
            | Self::Body(_)
            | Self::Response(..)
            | Self::Webhook(_) => None,
        }
    }
}
