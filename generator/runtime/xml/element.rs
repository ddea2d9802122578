//! Elements of XML ("XML Object").

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
    /// Whether elements of this name are the member, or its items.
    pub(crate) fn holds(&self, name: &str) -> bool {
        let element = match (self.place, behind(&self.element.node)) {
            (Place::Element, Node::List(item)) => item,
            (Place::Element | Place::Wrapped, _) => &self.element,
            (Place::Attribute | Place::Text, _) => return false,
        };
        element.name.rsplit(':').next() == Some(name)
    }

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

/// What a node stands for.
pub(crate) fn behind(mut node: &Node) -> &Node {
    while let Node::Like(other) = node {
        node = &other.node;
    }
    node
}
