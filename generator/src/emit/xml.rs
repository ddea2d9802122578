//! The module `xml`: tables, a line for each member. `rustfmt` is told to leave them.

use quote::quote;

use super::layout::{file, uses, verbatim};
use super::tokens::{inner_docs, literal};
use crate::plan::{Xml, XmlElement, XmlMember, XmlNode, XmlPlace};

/// The whole module.
pub(super) fn xml(xml: &Xml) -> syn::File {
    let about = inner_docs(&["How values are spelled in XML.".to_owned()]);
    let has_fields = |(_, element): &(_, XmlElement)| has_fields(&element.node);
    let imports = if xml.elements.iter().any(has_fields) {
        quote!(crate::runtime::xml::{Element, Field, Node, Place})
    } else {
        quote!(crate::runtime::xml::{Element, Node})
    };
    let statics = xml.elements.iter().map(|(ident, element)| {
        let element = self::element(element, xml, "\n    ");
        let text = format!("pub(crate) static {}: Element = {element};", ident.as_str());
        let mut lines = vec!["#[rustfmt::skip]".to_owned()];
        lines.extend(text.lines().map(str::to_owned));
        verbatim(&lines)
    });
    let mut items = vec![uses(vec![imports])];
    items.extend(statics);
    file(&about, items)
}

fn has_fields(node: &XmlNode) -> bool {
    match node {
        XmlNode::Object(members) => !members.is_empty(),
        XmlNode::List(item) => has_fields(&item.node),
        XmlNode::Map(values) => has_fields(values),
        XmlNode::Text
        | XmlNode::Number
        | XmlNode::Boolean
        | XmlNode::Any
        | XmlNode::Component(_) => false,
    }
}

/// `start` is what each member begins with: a new line, where members have one of their own.
fn element(element: &XmlElement, xml: &Xml, start: &str) -> String {
    let name = literal(&element.name);
    let node = node(&element.node, xml, start);
    if element.namespace.is_empty() {
        format!("Element::new({name}, {node})")
    } else {
        let namespace = literal(&element.namespace);
        format!("Element::within({namespace}, {name}, {node})")
    }
}

fn node(node: &XmlNode, xml: &Xml, start: &str) -> String {
    match node {
        XmlNode::Text => "Node::Text".to_owned(),
        XmlNode::Number => "Node::Number".to_owned(),
        XmlNode::Boolean => "Node::Boolean".to_owned(),
        XmlNode::Any => "Node::Any".to_owned(),
        XmlNode::List(item) => format!("Node::List(&{})", element(item, xml, start)),
        XmlNode::Map(values) => format!("Node::Map(&{})", self::node(values, xml, start)),
        XmlNode::Object(members) => {
            let members = members.iter().map(|member| field(member, xml, start));
            let end = start.strip_suffix("    ").unwrap_or_default();
            format!("Node::Object(&[{}{end}])", members.collect::<String>())
        }
        XmlNode::Component(name) => match xml.components.get(name) {
            Some(ident) => format!("Node::Like(&{})", ident.as_str()),
            None => "Node::Any".to_owned(),
        },
    }
}

fn field(member: &XmlMember, xml: &Xml, start: &str) -> String {
    let name = literal(&member.name);
    let element = element(&member.element, xml, &format!("{start}    "));
    let place = match member.place {
        XmlPlace::Element => "Element",
        XmlPlace::Attribute => "Attribute",
        XmlPlace::Text => "Text",
        XmlPlace::Wrapped => "Wrapped",
    };
    format!("{start}Field::new({name}, Place::{place}, {element}),")
}
