//! Objects: their properties, and what additional ones may be.

use openapiv3::{AdditionalProperties, SchemaData};

use super::merge::{Definitions, Merged};
use super::schema::docs;
use super::view::{Written, forbids};
use super::{Lowering, given};
use crate::api::{Docs, Object, Origin, Place, Presence, Property, Shape, TypeId};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    pub(super) fn object(&mut self, merged: &Merged<'a>, id: TypeId, at: &Pointer) -> Shape {
        let closed = matches!(merged.additional, Some((additional, _)) if forbids(additional));
        if merged.properties.is_empty() && !closed {
            return Shape::Map(match &merged.additional {
                Some((additional, at)) => self.additional(additional, id, at),
                None => {
                    if !merged.is_anything {
                        let message = "the object does not name its properties";
                        self.untyped(message, at);
                    }
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
            .map(|(name, definitions)| self.property(name, definitions, id, merged))
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
        definitions: &Definitions<'a>,
        owner: TypeId,
        merged: &Merged<'a>,
    ) -> Property {
        let mut said = Docs::default();
        let mut given = None;
        let (mut read_only, mut write_only) = (false, false);
        for (written, _) in definitions {
            let data = match written {
                Written::Reference(reference) => self.referenced_data(reference),
                Written::Schema(schema) => Some(&schema.schema_data),
            };
            let Some(data) = data else { continue };
            read_only |= data.read_only;
            write_only |= data.write_only;
            if matches!(written, Written::Schema(_)) {
                given = given::property(&data.extensions).or(given);
                add(&mut said, docs(data));
            }
        }
        let presence = match (read_only, write_only) {
            (false, false) => Presence::Required,
            (true, false) => Presence::ReadOnly,
            (false, true) => Presence::WriteOnly,
            (true, true) => Presence::Optional,
        };
        let at = definitions.last().map(|(_, at)| at);
        Property {
            origin: at.map_or_else(Origin::several, Origin::at),
            name: name.to_owned(),
            given,
            ty: self.combined(definitions, Place::Property(owner, name.to_owned())),
            presence: if merged.required.contains(name) {
                presence
            } else {
                Presence::Optional
            },
            docs: said,
        }
    }

    /// What a component says about itself.
    fn referenced_data(&self, reference: &str) -> Option<&'a SchemaData> {
        let (_, schema) = self.component_schema(reference)?;
        Some(&schema.as_item()?.schema_data)
    }

    /// A property that has to be there, and that nothing describes. Most such names are misspelled, so
    /// a response may lack it.
    fn undescribed(&mut self, name: &str, at: &Pointer) -> Property {
        let message = format!("`{name}` is required, and nothing describes it");
        Property {
            origin: Origin::at(at),
            name: name.to_owned(),
            given: None,
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

/// Adds what a further schema says: its own words come before, its constraints behind.
fn add(said: &mut Docs, more: Docs) {
    if !more.description.is_empty() {
        said.description = more.description;
    }
    if !more.title.is_empty() {
        said.title = more.title;
    }
    said.deprecated |= more.deprecated;
    for note in more.notes {
        if !said.notes.contains(&note) {
            said.notes.push(note);
        }
    }
    said.default = more.default.or(said.default.take());
    said.example = more.example.or(said.example.take());
}
