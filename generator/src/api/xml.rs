//! How values are written in XML.

use std::fmt;

/// An element.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct XmlElement {
    /// Its name, with its prefix.
    pub name: String,
    /// Its namespace; empty where there is none.
    pub namespace: String,
    /// What is in it.
    pub node: XmlNode,
}

/// What an element or an attribute holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum XmlNode {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// Whatever is there.
    Any,
    /// An element for each item.
    List(Box<XmlElement>),
    /// An element for each name.
    Map(Box<XmlNode>),
    /// A property each.
    Object(Vec<XmlProperty>),
    /// The same as the component of this name.
    Component(String),
}

impl XmlNode {
    /// Visits the components that it refers to.
    pub fn for_each_component(&self, visit: &mut dyn FnMut(&str)) {
        match self {
            Self::Text | Self::Number | Self::Boolean | Self::Any => {}
            Self::List(item) => item.node.for_each_component(visit),
            Self::Map(values) => values.for_each_component(visit),
            Self::Object(properties) => {
                for property in properties {
                    property.element.node.for_each_component(visit);
                }
            }
            Self::Component(name) => visit(name),
        }
    }
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct XmlProperty {
    /// Its name in JSON.
    pub name: String,
    /// Where it stands.
    pub place: XmlPlace,
    /// Its element or attribute.
    pub element: XmlElement,
}

/// Where a property stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum XmlPlace {
    /// In an element, or in one for each item.
    Element,
    /// In an attribute.
    Attribute,
    /// As the text of the object's own element.
    Text,
    /// Its items in an element of their own.
    Wrapped,
}

impl fmt::Display for XmlElement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let XmlElement {
            name,
            namespace,
            node,
        } = self;
        if !namespace.is_empty() {
            write!(f, "{{{namespace}}}")?;
        }
        write!(f, "{name} {node}")
    }
}

impl fmt::Display for XmlNode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            XmlNode::Text => f.write_str("text"),
            XmlNode::Number => f.write_str("number"),
            XmlNode::Boolean => f.write_str("boolean"),
            XmlNode::Any => f.write_str("any"),
            XmlNode::List(item) => write!(f, "[{item}]"),
            XmlNode::Map(values) => write!(f, "map of {values}"),
            XmlNode::Object(properties) => {
                f.write_str("{")?;
                for property in properties {
                    let (name, place) = (&property.name, property.place);
                    let element = &property.element;
                    write!(f, " {name}: {place:?} {element}")?;
                }
                f.write_str(" }")
            }
            XmlNode::Component(name) => f.write_str(name),
        }
    }
}
