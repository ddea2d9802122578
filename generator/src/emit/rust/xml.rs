//! The module `xml`: tables, a line for each property. `rustfmt` is told to leave them.

use super::layout::verbatim;
use super::tokens::literal;
use super::uses::{Module, Uses};
use crate::plan::{Docs, Text, Xml, XmlElement, XmlNode, XmlPlace, XmlProperty};
use crate::runtime::{ELEMENT, FIELD, NODE, PLACE};

/// The whole module.
pub(super) fn xml(xml: &Xml) -> Module {
    let uses = Uses::new();
    let statics = xml.elements.iter().map(|(ident, element)| {
        let (ty, element) = (
            uses.of(ELEMENT),
            self::element(element, xml, "\n    ", &uses),
        );
        let text = format!("pub(crate) static {}: {ty} = {element};", ident.as_str());
        let mut lines = vec!["#[rustfmt::skip]".to_owned()];
        lines.extend(text.lines().map(str::to_owned));
        verbatim(&lines)
    });
    let about = Docs::of(Text::own("How values are written in XML."));
    uses.module("xml", &about, statics)
}

/// `start` is what each property begins with: a new line, where properties have one of their own.
fn element(element: &XmlElement, xml: &Xml, start: &str, uses: &Uses) -> String {
    let name = literal(&element.name);
    let node = node(&element.node, xml, start, uses);
    if element.namespace.is_empty() {
        format!("{}::new({name}, {node})", uses.of(ELEMENT))
    } else {
        let namespace = literal(&element.namespace);
        format!("{}::within({namespace}, {name}, {node})", uses.of(ELEMENT))
    }
}

fn node(node: &XmlNode, xml: &Xml, start: &str, uses: &Uses) -> String {
    let ty = uses.of(NODE);
    match node {
        XmlNode::Text => format!("{ty}::Text"),
        XmlNode::Number => format!("{ty}::Number"),
        XmlNode::Boolean => format!("{ty}::Boolean"),
        XmlNode::Any => format!("{ty}::Any"),
        XmlNode::List(item) => format!("{ty}::List(&{})", element(item, xml, start, uses)),
        XmlNode::Map(values) => format!("{ty}::Map(&{})", self::node(values, xml, start, uses)),
        XmlNode::Object(properties) => {
            let properties = properties
                .iter()
                .map(|property| field(property, xml, start, uses));
            let end = start.strip_suffix("    ").unwrap_or_default();
            format!("{ty}::Object(&[{}{end}])", properties.collect::<String>())
        }
        XmlNode::Component(name) => match xml.components.get(name) {
            Some(ident) => format!("{ty}::Like(&{})", ident.as_str()),
            None => format!("{ty}::Any"),
        },
    }
}

fn field(property: &XmlProperty, xml: &Xml, start: &str, uses: &Uses) -> String {
    let name = literal(&property.name);
    let element = element(&property.element, xml, &format!("{start}    "), uses);
    let place = match property.place {
        XmlPlace::Element => "Element",
        XmlPlace::Attribute => "Attribute",
        XmlPlace::Text => "Text",
        XmlPlace::Wrapped => "Wrapped",
    };
    let (ty, places) = (uses.of(FIELD), uses.of(PLACE));
    format!("{start}{ty}::new({name}, {places}::{place}, {element}),")
}
