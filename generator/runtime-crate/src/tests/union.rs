//! Values of one of several types.

use serde_json::{Value, json};

use crate::runtime::json::object::object;
use crate::runtime::json::union::union;

#[derive(Clone, PartialEq)]
struct Small {
    width: i64,
}

object! { Small(width: plain i64) {
    required width: "width",
} }

#[derive(Clone, PartialEq)]
struct Large {
    width: i64,
    height: Option<i64>,
}

object! { Large(width: plain i64) {
    required width: "width",
    optional height: "height",
} }

#[derive(Clone, PartialEq)]
struct Deep {
    width: i64,
    depth: Option<i64>,
}

object! { Deep(width: plain i64, depth: into Option<i64>) {
    required width: "width",
    required depth: "depth",
} }

#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Integer(i64),
    Number(f64),
    Small(Small),
    Large(Box<Large>),
    List(Vec<Small>),
    Deep(Deep),
    Other(Value),
}

union! { Shape by "" {
    holds Integer(i64) = [],
    holds Number(f64) = [],
    holds Small(Small) = [],
    holds Large(Box<Large>) = [],
    holds List(Vec<Small>) = [],
    holds Deep(Deep) = [],
} else Other }

#[derive(Debug, Clone, PartialEq)]
enum Tagged {
    Small(Small),
    Large(Large),
    Other(Value),
}

union! { Tagged by "kind" {
    lacks Small(Small) = ["small", "Small"],
    holds Large(Large) = ["large"],
} else Other }

fn read(value: &Value) -> Shape {
    let shape: Shape = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(&shape).unwrap(), *value);
    shape
}

#[test]
fn the_shape_decides_where_there_is_no_tag() {
    assert_eq!(read(&json!(1)), Shape::Integer(1));
    assert_eq!(read(&json!(1.5)), Shape::Number(1.5));
    assert_eq!(
        read(&json!({ "width": 1 })),
        Shape::Small(Small { width: 1 })
    );
    let large = Large {
        width: 1,
        height: Some(2),
    };
    assert_eq!(
        read(&json!({ "width": 1, "height": 2 })),
        Shape::Large(Box::new(large))
    );
    assert_eq!(
        read(&json!([{ "width": 1 }])),
        Shape::List(vec![Small { width: 1 }])
    );
    assert_eq!(read(&json!("text")), Shape::Other(json!("text")));
    assert_eq!(read(&json!({})), Shape::Other(json!({})));
}

#[test]
fn a_variant_that_loses_least_is_better_than_none() {
    let text = r#"{"width":1,"height":2,"depth":3}"#;
    let shape: Shape = serde_json::from_str(text).unwrap();
    assert!(matches!(shape, Shape::Large(_)), "{shape:?}");
}

#[test]
fn the_tag_decides_and_is_written_once() {
    let small: Tagged = serde_json::from_str(r#"{"kind":"Small","width":1}"#).unwrap();
    assert_eq!(small, Tagged::from(Small { width: 1 }));
    let written = serde_json::to_value(&small).unwrap();
    assert_eq!(written, json!({ "kind": "small", "width": 1 }));
    let unknown = json!({ "kind": "huge", "width": 1 });
    let other: Tagged = serde_json::from_value(unknown.clone()).unwrap();
    assert_eq!(other, Tagged::Other(unknown));
}

#[test]
fn a_member_that_is_null_tells_variants_apart() {
    let deep = Deep {
        width: 1,
        depth: None,
    };
    assert_eq!(
        read(&json!({ "width": 1, "depth": null })),
        Shape::Deep(deep)
    );
}

#[derive(Debug, Clone, PartialEq)]
enum Twice {
    Small(Small),
    Large(Large),
    Other(Value),
}

union! { Twice by "kind" {
    lacks Small(Small) = ["a"],
    lacks Large(Large) = ["a"],
} else Other }

#[test]
fn of_two_variants_with_one_tag_the_one_that_loses_less_is_taken() {
    let large = json!({ "kind": "a", "width": 1, "height": 2 });
    let twice: Twice = serde_json::from_value(large.clone()).unwrap();
    assert!(matches!(twice, Twice::Large(_)), "{twice:?}");
    assert_eq!(serde_json::to_value(&twice).unwrap(), large);
}

#[derive(Clone, PartialEq)]
struct Left {
    inner: Option<Box<Nested>>,
}

object! { Left() {
    optional inner: "inner",
} }

#[derive(Clone, PartialEq)]
struct Right {
    inner: Option<Box<Nested>>,
}

object! { Right() {
    optional inner: "inner",
} }

#[derive(Debug, Clone, PartialEq)]
enum Nested {
    Left(Left),
    Right(Right),
    Other(Value),
}

union! { Nested by "" {
    holds Left(Left) = [],
    holds Right(Right) = [],
} else Other }

/// Each level would double the time without a limit: 2^60 variants here.
#[test]
fn unions_within_unions_are_read_in_bounded_time() {
    let mut value = json!({ "unknown": 1 });
    for _ in 0..60 {
        value = json!({ "inner": value });
    }
    let nested: Nested = serde_json::from_value(value.clone()).unwrap();
    assert!(matches!(nested, Nested::Left(_)), "{nested:?}");
    let again: Nested = serde_json::from_value(value).unwrap();
    assert_eq!(nested, again);
}
