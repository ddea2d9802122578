//! Values in XML ("XML Object").

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use quick_xml::reader::Reader;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};

use super::request::Request;
use super::response::{RawResponse, Undecodable};

/// An element: its name, perhaps with a prefix, its namespace, and what is in it.
#[derive(Debug)]
pub(crate) struct Element {
    pub(crate) name: &'static str,
    /// Empty where there is none.
    pub(crate) namespace: &'static str,
    pub(crate) node: Node,
}

impl Element {
    /// One without a namespace.
    pub(crate) const fn new(name: &'static str, node: Node) -> Self {
        Self::within("", name, node)
    }

    /// One in a namespace.
    pub(crate) const fn within(namespace: &'static str, name: &'static str, node: Node) -> Self {
        Self {
            name,
            namespace,
            node,
        }
    }
}

/// What an element or an attribute holds.
#[derive(Debug)]
pub(crate) enum Node {
    Text,
    Number,
    Boolean,
    /// Whatever is there.
    Any,
    /// An element for each item.
    List(&'static Element),
    /// An element for each name.
    Map(&'static Node),
    Object(&'static [Field]),
    /// The same as in another element.
    Like(&'static Element),
}

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name in JSON.
    pub(crate) member: &'static str,
    pub(crate) place: Place,
    pub(crate) element: Element,
}

impl Field {
    /// A member, where it stands, and its element or attribute.
    pub(crate) const fn new(member: &'static str, place: Place, element: Element) -> Self {
        Self {
            member,
            place,
            element,
        }
    }
}

/// Where a member stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Element,
    Attribute,
    /// As the text of the object's own element.
    Text,
    /// Its items in an element of their own (`wrapped`).
    Wrapped,
}

impl Request {
    /// Sends `value` as XML.
    pub(crate) fn xml<T: Serialize + ?Sized>(
        &mut self,
        content_type: &'static str,
        element: &Element,
        value: &T,
    ) {
        let written = serde_json::to_value(value).map_err(|error| error.to_string());
        match written.and_then(|value| write(element, &value)) {
            Ok(body) => self.body(content_type, body),
            Err(reason) => self.refuse("body", &reason),
        }
    }
}

impl RawResponse {
    /// The body as XML.
    pub(crate) fn xml<T: DeserializeOwned>(&self, element: &Element) -> Result<T, Undecodable> {
        let value = read(&self.body, element).map_err(Undecodable::custom)?;
        serde_json::from_value(value).map_err(Undecodable::custom)
    }
}

/// The text of a document with this root element.
pub(crate) fn write(element: &Element, value: &Value) -> Result<String, String> {
    let mut writer = Writer::new(Vec::new());
    write_element(&mut writer, element, element.name, value).map_err(|error| error.to_string())?;
    String::from_utf8(writer.into_inner()).map_err(|error| error.to_string())
}

fn start(element: &Element, name: &str) -> BytesStart<'static> {
    let mut start = BytesStart::new(name.to_owned());
    if !element.namespace.is_empty() {
        let attribute = match name.split_once(':') {
            Some((prefix, _)) => format!("xmlns:{prefix}"),
            None => "xmlns".to_owned(),
        };
        start.push_attribute((attribute.as_str(), element.namespace));
    }
    start
}

fn write_element(
    writer: &mut Writer<Vec<u8>>,
    element: &Element,
    name: &str,
    value: &Value,
) -> std::io::Result<()> {
    let mut start = start(element, name);
    let node = behind(&element.node);
    let (Node::Object(fields), Value::Object(members)) = (node, value) else {
        writer.write_event(Event::Start(start))?;
        write_content(writer, node, value)?;
        return writer.write_event(Event::End(BytesEnd::new(name)));
    };
    let given = |field: &&Field| members.get(field.member).is_some_and(|v| !v.is_null());
    let attributes = fields
        .iter()
        .filter(|field| field.place == Place::Attribute);
    for field in attributes.filter(given) {
        let text = text(&members[field.member]);
        start.push_attribute((field.element.name, text.as_str()));
    }
    writer.write_event(Event::Start(start))?;
    for field in fields.iter().filter(given) {
        let value = &members[field.member];
        match (field.place, behind(&field.element.node)) {
            (Place::Attribute, _) => {}
            (Place::Text, _) => writer.write_event(Event::Text(BytesText::new(&text(value))))?,
            (Place::Element, Node::List(item)) => write_items(writer, item, value)?,
            (Place::Element | Place::Wrapped, _) => {
                write_element(writer, &field.element, field.element.name, value)?;
            }
        }
    }
    let further = members
        .iter()
        .filter(|(name, _)| fields.iter().all(|f| f.member != *name));
    for (name, value) in further {
        write_element(writer, &ANY, name, value)?;
    }
    writer.write_event(Event::End(BytesEnd::new(name)))
}

const ANY: Element = Element::new("", Node::Any);

fn write_items(writer: &mut Writer<Vec<u8>>, item: &Element, value: &Value) -> std::io::Result<()> {
    let items = value.as_array().map_or(&[][..], Vec::as_slice);
    items
        .iter()
        .try_for_each(|value| write_element(writer, item, item.name, value))
}

fn write_content(writer: &mut Writer<Vec<u8>>, node: &Node, value: &Value) -> std::io::Result<()> {
    match (node, value) {
        (Node::List(item), value) => write_items(writer, item, value),
        (node, Value::Object(members)) => members.iter().try_for_each(|(name, value)| {
            let items = value.as_array().filter(|_| matches!(node, Node::Any));
            let items = items.map_or(std::slice::from_ref(value), Vec::as_slice);
            items.iter().try_for_each(|value| {
                let start = BytesStart::new(name.as_str());
                writer.write_event(Event::Start(start))?;
                let node = if let Node::Map(value) = node {
                    value
                } else {
                    node
                };
                write_content(writer, node, value)?;
                writer.write_event(Event::End(BytesEnd::new(name.as_str())))
            })
        }),
        (_, value) => writer.write_event(Event::Text(BytesText::new(&text(value)))),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

fn behind(mut node: &Node) -> &Node {
    while let Node::Like(other) = node {
        node = &other.node;
    }
    node
}

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
