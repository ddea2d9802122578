//! Values out of XML.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use serde_json::{Map, Number, Value};

use crate::runtime::xml::element::{Element, Field, Node, Place, behind};

/// An element as it was read, without prefixes and namespaces.
#[derive(Debug, Default)]
struct Found {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Found>,
    text: String,
}

/// How deep elements may stand in each other.
const DEEPEST: usize = 200;

/// The value of a document.
pub(crate) fn read(body: &[u8], element: &Element) -> Result<Value, String> {
    let body = std::str::from_utf8(body).map_err(|error| error.to_string())?;
    Ok(found(body)?.value(&element.node))
}

/// The root element.
fn found(body: &str) -> Result<Found, String> {
    let mut reader = Reader::from_str(body);
    let mut open = vec![Found::default()];
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let top = open.last_mut().ok_or("the elements do not fit together")?;
        match event {
            Event::Start(start) => {
                let element = opened(&start)?;
                if open.len() > DEEPEST {
                    return Err(format!("more than {DEEPEST} elements stand in each other"));
                }
                open.push(element);
            }
            Event::Empty(start) => top.children.push(opened(&start)?),
            Event::End(_) => {
                let closed = open.pop().unwrap_or_default();
                let above = open.last_mut().ok_or("the elements do not fit together")?;
                above.children.push(closed);
            }
            Event::Text(text) => top.text.push_str(&text.xml10_content()),
            Event::CData(text) => top.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let character = reference
                    .resolve_char_ref()
                    .map_err(|error| error.to_string())?;
                if let Some(character) = character {
                    top.text.push(character);
                } else {
                    let known = quick_xml::escape::resolve_predefined_entity(&reference);
                    top.text.push_str(known.ok_or("an entity is not known")?);
                }
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => {
                let root = open.remove(0).children.into_iter().next();
                return root.ok_or_else(|| "there is no element".to_owned());
            }
        }
    }
}

fn opened(start: &BytesStart<'_>) -> Result<Found, String> {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0);
        let value = value.map_err(|error| error.to_string())?;
        let name = attribute.key.local_name();
        Ok((name.as_ref().to_owned(), value.into_owned()))
    });
    Ok(Found {
        name: start.local_name().as_ref().to_owned(),
        attributes: attributes.collect::<Result<_, String>>()?,
        ..Found::default()
    })
}

impl Found {
    fn value(&self, node: &Node) -> Value {
        match behind(node) {
            Node::Object(fields) => self.object(fields),
            Node::List(item) => self.items(item),
            Node::Map(values) => {
                let members = self.children.iter();
                let members = members.map(|child| (child.name.clone(), child.value(values)));
                Value::Object(members.collect())
            }
            Node::Any => self.any(),
            Node::Text | Node::Number | Node::Boolean | Node::Like(_) => scalar(node, &self.text),
        }
    }

    fn named<'a>(&'a self, element: &'a Element) -> impl Iterator<Item = &'a Found> {
        let name = element.name.rsplit(':').next().unwrap_or_default();
        self.children.iter().filter(move |child| child.name == name)
    }

    fn items(&self, item: &Element) -> Value {
        self.named(item)
            .map(|child| child.value(&item.node))
            .collect()
    }

    fn object(&self, fields: &[Field]) -> Value {
        let mut members = Map::new();
        for Field {
            member,
            place,
            element,
        } in fields
        {
            let name = element.name.rsplit(':').next().unwrap_or_default();
            let value = match (place, behind(&element.node)) {
                (Place::Attribute, node) => {
                    let mut attributes = self.attributes.iter();
                    let found = attributes.find(|(known, _)| known == name);
                    found.map(|(_, text)| scalar(node, text))
                }
                (Place::Text, node) => Some(scalar(node, &self.text)),
                (Place::Element, Node::List(item)) => Some(self.items(item)),
                (Place::Element | Place::Wrapped, node) => {
                    self.named(element).next().map(|child| child.value(node))
                }
            };
            members.extend(value.map(|value| ((*member).to_owned(), value)));
        }
        for child in &self.children {
            let is_known = |field: &Field| field.member == child.name || field.holds(&child.name);
            if !fields.iter().any(is_known) {
                members
                    .entry(child.name.as_str())
                    .or_insert_with(|| child.any());
            }
        }
        Value::Object(members)
    }

    /// Text where there is nothing else; several elements of one name are an array.
    fn any(&self) -> Value {
        if self.children.is_empty() && self.attributes.is_empty() {
            return Value::from(self.text.as_str());
        }
        let attributes = self.attributes.iter();
        let attributes = attributes.map(|(name, text)| (name.clone(), Value::from(text.as_str())));
        let mut members: Map<String, Value> = attributes.collect();
        for child in &self.children {
            let value = child.any();
            match members.get_mut(&child.name) {
                Some(Value::Array(items)) => items.push(value),
                Some(first) => *first = Value::from(vec![first.take(), value]),
                None => drop(members.insert(child.name.clone(), value)),
            }
        }
        Value::Object(members)
    }
}

/// Text that is to be a number or a boolean and is none stays text.
fn scalar(node: &Node, text: &str) -> Value {
    let trimmed = text.trim();
    let value = match node {
        Node::Number => trimmed.parse::<Number>().ok().map(Value::Number),
        Node::Boolean => match trimmed {
            "true" | "1" => Some(Value::Bool(true)),
            "false" | "0" => Some(Value::Bool(false)),
            _ => None,
        },
        Node::Text | Node::Any | Node::List(_) | Node::Map(_) | Node::Object(_) | Node::Like(_) => {
            None
        }
    };
    value.unwrap_or_else(|| Value::from(text))
}
