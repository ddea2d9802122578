//! Values in XML: the examples of the specification ("XML Object") and what goes beyond them.

use serde_json::{Value, json};

use crate::runtime::xml::element::{Element, Field, Node, Place};
use crate::runtime::xml::reader::read;
use crate::runtime::xml::writer::write;

/// What is written is as the specification shows, and reads as what was written.
#[track_caller]
fn both_ways(element: &Element, value: &Value, written: &str) {
    assert_eq!(write(element, value).unwrap(), written);
    assert_eq!(&read(written.as_bytes(), element).unwrap(), value);
}

#[test]
fn names_attributes_prefixes_and_namespaces() {
    static PERSON: Element = Element::new(
        "Person",
        Node::Object(&[
            Field::new("id", Place::Attribute, Element::new("id", Node::Number)),
            Field::new(
                "name",
                Place::Element,
                Element::within(
                    "https://example.com/schema/sample",
                    "sample:name",
                    Node::Text,
                ),
            ),
            Field::new("is_in", Place::Element, Element::new("in", Node::Boolean)),
        ]),
    );
    both_ways(
        &PERSON,
        &json!({ "id": 123, "name": "a<&>\"b", "is_in": true }),
        "<Person id=\"123\"><sample:name xmlns:sample=\"https://example.com/schema/sample\">\
         a&lt;&amp;&gt;&quot;b</sample:name><in>true</in></Person>",
    );
}

#[test]
fn arrays_are_wrapped_or_not() {
    static ANIMAL: Element = Element::new("animal", Node::Text);
    static ALIENS: Element = Element::new("aliens", Node::Text);
    static UNWRAPPED: Element = Element::new(
        "zoo",
        Node::Object(&[Field::new(
            "animals",
            Place::Element,
            Element::new("aliens", Node::List(&ANIMAL)),
        )]),
    );
    static WRAPPED: Element = Element::new(
        "zoo",
        Node::Object(&[Field::new(
            "animals",
            Place::Wrapped,
            Element::new("aliens", Node::List(&ALIENS)),
        )]),
    );
    let value = json!({ "animals": ["value", "other"] });
    both_ways(
        &UNWRAPPED,
        &value,
        "<zoo><animal>value</animal><animal>other</animal></zoo>",
    );
    both_ways(
        &WRAPPED,
        &value,
        "<zoo><aliens><aliens>value</aliens><aliens>other</aliens></aliens></zoo>",
    );
    assert_eq!(
        read(b"<zoo/>", &UNWRAPPED).unwrap(),
        json!({ "animals": [] })
    );
    assert_eq!(read(b"<zoo/>", &WRAPPED).unwrap(), json!({}));
}

#[test]
fn types_may_hold_themselves_and_text() {
    static NODE: Element = Element::new(
        "node",
        Node::Object(&[
            Field::new("label", Place::Attribute, Element::new("label", Node::Text)),
            Field::new("note", Place::Text, Element::new("", Node::Text)),
            Field::new(
                "next",
                Place::Element,
                Element::new("next", Node::Like(&NODE)),
            ),
            Field::new(
                "tags",
                Place::Element,
                Element::new("tags", Node::Map(&Node::Number)),
            ),
        ]),
    );
    both_ways(
        &NODE,
        &json!({ "label": "a", "note": "x", "next": { "label": "b", "note": "" }, "tags": { "k": 1.5 } }),
        "<node label=\"a\">x<next label=\"b\"></next><tags><k>1.5</k></tags></node>",
    );
}

#[test]
fn what_is_not_described_is_read_as_it_is() {
    let any = Element::new("any", Node::Any);
    let body =
        "<?xml version=\"1.0\"?><!-- c --><r a='1'><b>&#65;&amp;<![CDATA[<]]></b><c/><c>2</c></r>";
    assert_eq!(
        read(body.as_bytes(), &any).unwrap(),
        json!({ "a": "1", "b": "A&<", "c": ["", "2"] })
    );
    both_ways(
        &any,
        &json!({ "b": "x", "c": ["1", "2"] }),
        "<any><b>x</b><c>1</c><c>2</c></any>",
    );
}

#[test]
fn what_is_no_xml_is_an_error() {
    let any = Element::new("any", Node::Any);
    let deep = "<a>".repeat(10_000);
    for body in [
        "",
        "text",
        "<a",
        "<a></b>",
        "</a>",
        "<a>&lol;</a>",
        "<a b='&lol;'/>",
        &deep,
    ] {
        assert!(read(body.as_bytes(), &any).is_err(), "{body:.20}");
    }
    assert!(read(b"<a>\xff</a>", &any).is_err());
}

/// A member is read where the document puts it, and nowhere else; what it does not name is kept.
#[test]
fn further_elements_are_read_as_they_are() {
    static COUNTED: Element = Element::new(
        "counted",
        Node::Object(&[Field::new(
            "n",
            Place::Attribute,
            Element::new("n", Node::Number),
        )]),
    );
    let body = b"<counted><n>4</n><more>5</more></counted>";
    assert_eq!(read(body, &COUNTED).unwrap(), json!({ "more": "5" }));
}

/// Names that come from a value make no elements of their own.
#[test]
fn names_of_members_are_checked() {
    let map = Element::new("map", Node::Map(&Node::Text));
    let object = Element::new("object", Node::Object(&[]));
    for name in ["a><b", "a b", "", "1", "a:b"] {
        for element in [&map, &object, &Element::new("any", Node::Any)] {
            assert!(write(element, &json!({ name: "x" })).is_err(), "{name}");
        }
    }
    both_ways(
        &object,
        &json!({ "größe-1": "x" }),
        "<object><größe-1>x</größe-1></object>",
    );
}
