//! Objects: their properties, and what additional ones may be.

use openapiv3::AdditionalProperties;

use super::Lowering;
use super::merge::Merged;
use super::schema::docs;
use super::view::{Written, forbids};
use crate::api::{Docs, Object, Origin, Place, Presence, Property, Shape, TypeId};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    pub(super) fn object(&mut self, merged: &Merged<'a>, id: TypeId, at: &Pointer) -> Shape {
        let closed = matches!(merged.additional, Some((additional, _)) if forbids(additional));
        if merged.properties.is_empty() && !closed {
            return Shape::Map(match &merged.additional {
                Some((additional, at)) => self.additional(additional, id, at),
                None => {
                    let message = "the object does not name its properties";
                    self.untyped(message, at);
                    self.add(Shape::Any, Docs::default())
                }
            });
        }
        let additional = match &merged.additional {
            Some((additional, at)) if !closed => Some(self.additional(additional, id, at)),
            Some(_) | None => None,
        };
        let properties = merged.properties.iter();
        let mut properties: Vec<Property> = properties
            .map(|(name, (written, at))| self.property(name, *written, at, id, merged))
            .collect();
        if additional.is_none() && !closed {
            let undescribed = merged.required.iter();
            let undescribed = undescribed.filter(|name| !merged.properties.contains_key(**name));
            properties.extend(undescribed.map(|name| self.undescribed(name, at)));
        }
        Shape::Object(Object {
            properties,
            additional,
        })
    }

    /// The type of the values that have no name of their own in the document.
    fn additional(
        &mut self,
        additional: &'a AdditionalProperties,
        id: TypeId,
        at: &Pointer,
    ) -> TypeId {
        match additional {
            AdditionalProperties::Schema(schema) => {
                self.written(schema.as_ref().into(), at, Place::Value(id))
            }
            AdditionalProperties::Any(_) => self.add(Shape::Any, Docs::default()),
        }
    }

    /// A property of an object. One that only one side sends may be absent on the other ("Schema
    /// Object", `readOnly` and `writeOnly`).
    fn property(
        &mut self,
        name: &str,
        written: Written<'a>,
        at: &Pointer,
        owner: TypeId,
        merged: &Merged<'a>,
    ) -> Property {
        let (docs, required) = match written {
            Written::Reference(_) => (Docs::default(), Presence::Required),
            Written::Schema(schema) => {
                let data = &schema.schema_data;
                let required = match (data.read_only, data.write_only) {
                    (false, false) => Presence::Required,
                    (true, false) => Presence::ReadOnly,
                    (false, true) => Presence::WriteOnly,
                    (true, true) => Presence::Optional,
                };
                (docs(data), required)
            }
        };
        Property {
            origin: Origin::at(at),
            name: name.to_owned(),
            ty: self.written(written, at, Place::Property(owner, name.to_owned())),
            presence: if merged.required.contains(name) {
                required
            } else {
                Presence::Optional
            },
            docs,
        }
    }

    /// A property that has to be there, and that nothing describes. Most such names are misspelled, so
    /// a response may lack it.
    fn undescribed(&mut self, name: &str, at: &Pointer) -> Property {
        let message = format!("`{name}` is required, and nothing describes it");
        Property {
            origin: Origin::at(at),
            name: name.to_owned(),
            ty: {
                let any = self.untyped(&message, &at.child("required"));
                self.add(any, Docs::default())
            },
            presence: Presence::Optional,
            docs: Docs {
                notes: vec!["The document requires it, and does not describe it.".to_owned()],
                ..Docs::default()
            },
        }
    }
}
