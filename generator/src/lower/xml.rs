//! How a schema's values are written in XML ("XML Object").

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::merge::Merged;
use super::view::{View, Written};
use super::{Lowering, component_name};
use crate::api::{XmlElement, XmlNode, XmlPlace, XmlProperty};
use crate::diagnostic::Code;
use crate::document::extension::XML;
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// The root element of a content in XML; `None` where that is no element with something in it.
    pub(super) fn xml_root(
        &mut self,
        schema: &'a ReferenceOr<Schema>,
        at: &Pointer,
    ) -> Option<XmlElement> {
        let fallback = match schema {
            ReferenceOr::Reference { reference } => component_name(reference)?,
            ReferenceOr::Item(_) => "root".to_owned(),
        };
        let element = self.xml_element(schema.into(), at, &fallback);
        let inner = if let XmlNode::Component(name) = &element.node {
            &self.xml.get(name)?.node
        } else {
            &element.node
        };
        matches!(
            inner,
            XmlNode::List(_) | XmlNode::Map(_) | XmlNode::Object(_)
        )
        .then_some(element)
    }

    fn xml_element(&mut self, written: Written<'a>, at: &Pointer, fallback: &str) -> XmlElement {
        let said = self.xml_said(written);
        let text = |name: &str| {
            said.and_then(|said| said[name].as_str())
                .unwrap_or_default()
        };
        let name = match text("name") {
            "" => fallback,
            name => name,
        };
        XmlElement {
            name: match text("prefix") {
                "" => name.to_owned(),
                prefix => format!("{prefix}:{name}"),
            },
            namespace: text("namespace").to_owned(),
            node: self.xml_node_once(written, at, name),
        }
    }

    /// What a schema, or the component that it refers to, says about XML.
    fn xml_said(&self, written: Written<'a>) -> Option<&'a Value> {
        match written {
            Written::Schema(schema) => schema.schema_data.extensions.get(XML),
            Written::Reference(reference) => {
                let (_, schema) = self.component_schema(reference)?;
                schema.as_item()?.schema_data.extensions.get(XML)
            }
        }
    }

    /// `outer` is the name of the element, which items have, too, where they say nothing else.
    fn xml_node(&mut self, written: Written<'a>, at: &Pointer, outer: &str) -> XmlNode {
        match written {
            Written::Schema(schema) => self.xml_schema(schema, at, outer),
            Written::Reference(reference) => {
                let Some((name, schema)) = self.component_schema(reference) else {
                    return XmlNode::Any;
                };
                let at = Self::component("schemas", &name);
                if self.xml.contains_key(&name) {
                    return XmlNode::Component(name);
                }
                // All but objects is written in place: what it looks like can depend on the place.
                if !self.is_xml_object(schema.into(), &at) {
                    return self.xml_node_once(schema.into(), &at, outer);
                }
                let unknown = XmlElement {
                    name: String::new(),
                    namespace: String::new(),
                    node: XmlNode::Any,
                };
                self.xml.insert(name.clone(), unknown);
                let element = self.xml_element(schema.into(), &at, &name);
                self.xml.insert(name.clone(), element);
                XmlNode::Component(name)
            }
        }
    }

    /// Whether a component is an object, and no other name for something.
    fn is_xml_object(&self, written: Written<'a>, at: &Pointer) -> bool {
        let Written::Schema(schema) = written else {
            return false;
        };
        let mut merged = Merged::default();
        self.gather(written, at, &mut Vec::new(), &mut merged);
        View::of(schema).sole_part().is_none() && !merged.properties.is_empty()
    }

    /// A schema that stands in itself without an object between is whatever is there.
    fn xml_node_once(&mut self, written: Written<'a>, at: &Pointer, outer: &str) -> XmlNode {
        if self.xml_above.contains(at) {
            return XmlNode::Any;
        }
        self.xml_above.push(at.clone());
        let node = self.xml_node(written, at, outer);
        self.xml_above.pop();
        node
    }

    fn xml_schema(&mut self, schema: &'a Schema, at: &Pointer, outer: &str) -> XmlNode {
        if let Some((part, below)) = View::of(schema).sole_part() {
            return self.xml_node_once(part.into(), &at.join(&below), outer);
        }
        let mut merged = Merged::default();
        self.gather(Written::Schema(schema), at, &mut Vec::new(), &mut merged);
        match merged.typ {
            _ if !merged.choices.is_empty() || merged.tuple.is_some() => {
                let message = "a choice in XML is read as it is, each value as text";
                let help = "describe it by one schema";
                self.diagnostics.warning(Code::Untyped, at, message, help);
                XmlNode::Any
            }
            Some("string") => XmlNode::Text,
            Some("integer" | "number") => XmlNode::Number,
            Some("boolean") => XmlNode::Boolean,
            _ if !merged.properties.is_empty() => {
                let properties = merged.properties.iter();
                let properties = properties.filter_map(|(name, definitions)| {
                    let (written, at) = definitions.last()?;
                    Some(self.xml_member(name, *written, at))
                });
                XmlNode::Object(properties.collect())
            }
            _ => match (merged.items.last(), &merged.additional) {
                (Some((items, at)), _) => {
                    XmlNode::List(Box::new(self.xml_element(*items, at, outer)))
                }
                (None, Some((AdditionalProperties::Schema(values), at))) => {
                    XmlNode::Map(Box::new(self.xml_node(values.as_ref().into(), at, outer)))
                }
                (None, _) => XmlNode::Any,
            },
        }
    }

    fn xml_member(&mut self, name: &str, written: Written<'a>, at: &Pointer) -> XmlProperty {
        let said = self.xml_said(written);
        let is_set = |flag: &str| said.is_some_and(|said| said[flag] == true);
        XmlProperty {
            name: name.to_owned(),
            place: if is_set("attribute") {
                XmlPlace::Attribute
            } else if is_set("text") {
                XmlPlace::Text
            } else if is_set("wrapped") {
                XmlPlace::Wrapped
            } else {
                XmlPlace::Element
            },
            element: self.xml_element(written, at, name),
        }
    }
}
