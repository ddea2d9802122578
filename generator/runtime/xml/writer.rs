//! Values into XML.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};
use serde_json::Value;

use crate::runtime::xml::element::{Element, Field, Node, Place, behind};

/// Whether a text can be the name of an element ("Names and Tokens", XML 1.0, without colons).
fn is_name(text: &str) -> bool {
    let is_start = |c: char| c.is_alphabetic() || c == '_' || !c.is_ascii();
    let is_following = |c: char| is_start(c) || c.is_ascii_digit() || c == '-' || c == '.';
    text.starts_with(is_start) && text.chars().all(is_following)
}

fn named(name: &str) -> std::io::Result<BytesStart<'_>> {
    if is_name(name) {
        Ok(BytesStart::new(name))
    } else {
        Err(std::io::Error::other(format!(
            "`{name}` is not a valid element name"
        )))
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
    let more = members
        .iter()
        .filter(|(name, _)| fields.iter().all(|f| f.member != *name));
    for (name, value) in more {
        writer.write_event(Event::Start(named(name)?))?;
        write_content(writer, &Node::Any, value)?;
        writer.write_event(Event::End(BytesEnd::new(name.as_str())))?;
    }
    writer.write_event(Event::End(BytesEnd::new(name)))
}

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
                writer.write_event(Event::Start(named(name)?))?;
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
