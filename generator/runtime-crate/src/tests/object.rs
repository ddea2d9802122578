//! Objects: present, absent and null members, in any order.

use serde_json::{Value, json};

use crate::runtime::Nullable;
use crate::runtime::json::object::object;

#[derive(Clone, PartialEq)]
struct Pet {
    id: i64,
    owner: Option<String>,
    name: Option<String>,
    tag: Nullable<Vec<String>>,
}

object! { Pet(id: plain i64, owner: into Option<String>) {
    required id: "id",
    required owner: "owner",
    optional name(into String): "the name",
    nullable tag(plain Vec<String>): "tag",
} }

fn round_trip(value: Value) -> (Pet, Value) {
    let pet: Pet = serde_json::from_value(value).unwrap();
    let written = serde_json::to_value(&pet).unwrap();
    (pet, written)
}

#[test]
fn members_come_in_any_order_and_unknown_ones_are_skipped() {
    let text = r#"{"x":{"y":[1]},"tag":["a"],"the name":"Rex","owner":"Eve","id":1,"z":null}"#;
    let pet: Pet = serde_json::from_str(text).unwrap();
    let expected = Pet {
        id: 1,
        owner: Some("Eve".to_owned()),
        name: Some("Rex".to_owned()),
        tag: Nullable::Value(vec!["a".to_owned()]),
    };
    assert_eq!(pet, expected);
    let written = serde_json::to_string(&pet).unwrap();
    assert_eq!(
        written,
        r#"{"id":1,"owner":"Eve","the name":"Rex","tag":["a"]}"#
    );
}

#[test]
fn debug_shows_the_name_and_what_is_there() {
    let pet = Pet::new(1, None).name("Rex");
    let json = r#"{"id":1,"owner":null,"the name":"Rex"}"#;
    assert_eq!(format!("{pet:?}"), format!("Pet {json}"));
    let lines = "Pet {\n  \"id\": 1,\n  \"owner\": null,\n  \"the name\": \"Rex\"\n}";
    assert_eq!(format!("{pet:#?}"), lines);
}

#[test]
fn absent_and_null_are_kept_apart_where_they_differ() {
    let (pet, written) = round_trip(json!({ "id": 1, "owner": null }));
    assert_eq!(
        (pet.owner, pet.name, pet.tag),
        (None, None, Nullable::Absent)
    );
    assert_eq!(written, json!({ "id": 1, "owner": null }));
    let (pet, written) = round_trip(json!({ "id": 1, "owner": null, "tag": null }));
    assert_eq!(pet.tag, Nullable::Null);
    assert_eq!(written, json!({ "id": 1, "owner": null, "tag": null }));
}

#[test]
fn null_for_an_optional_member_is_read_as_absent() {
    let (pet, written) = round_trip(json!({ "id": 1, "owner": "Eve", "the name": null }));
    assert_eq!(pet.name, None);
    assert_eq!(written, json!({ "id": 1, "owner": "Eve" }));
}

#[test]
fn what_is_missing_or_twice_is_named() {
    let wrong = [
        (r#"{"owner":"Eve"}"#, "missing field `id`"),
        (r#"{"id":1,"owner":"Eve","id":2}"#, "duplicate field `id`"),
        (
            r#"{"id":1,"owner":"a","tag":[],"tag":null}"#,
            "duplicate field `tag`",
        ),
        (
            r#"{"id":1,"owner":"a","the name":"a","the name":"b"}"#,
            "duplicate field `the name`",
        ),
        ("[1]", "invalid type: sequence, expected an object"),
    ];
    for (text, expected) in wrong {
        let error = serde_json::from_str::<Pet>(text).unwrap_err();
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}

#[test]
fn a_nullable_value_is_made_of_what_it_holds() {
    assert_eq!(Nullable::from(1).value(), Some(&1));
    assert_eq!(Nullable::from(Some(1)).into_option(), Some(1));
    assert_eq!(Nullable::<i32>::from(None), Nullable::Null);
    assert_eq!(Nullable::<i32>::default().value(), None);
}

#[derive(Clone, PartialEq)]
struct Open {
    known: Option<i64>,
    any: Option<Value>,
    rest: std::collections::BTreeMap<String, i64>,
}

object! { Open() {
    optional known(plain i64): "known",
    anything any(into Value): "any",
    ; rest
} }

#[test]
fn members_with_other_names_are_kept_where_there_is_a_place_for_them() {
    let text = r#"{"known":1,"any":null,"a":2,"b":3}"#;
    let open: Open = serde_json::from_str(text).unwrap();
    assert_eq!(open.any, Some(Value::Null));
    assert_eq!(open.rest["a"], 2);
    assert_eq!(serde_json::to_string(&open).unwrap(), text);
    assert!(serde_json::from_str::<Open>(r#"{"a":"text"}"#).is_err());
}

/// Names of every length that is compared in its own way.
#[derive(Clone, PartialEq, Default)]
struct Lengths {
    three: Option<bool>,
    six: Option<bool>,
    twelve: Option<bool>,
    twenty: Option<bool>,
}

object! { Lengths() {
    optional three: "abc",
    optional six: "abcdef",
    optional twelve: "abcdefghijkl",
    optional twenty: "abcdefghijklmnopqrst",
} }

#[test]
fn a_name_that_differs_in_one_byte_is_another_name() {
    let known = ["abc", "abcdef", "abcdefghijkl", "abcdefghijklmnopqrst"];
    for name in known {
        let read: Lengths = serde_json::from_value(json!({ name: true })).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), json!({ name: true }));
        for place in 0..name.len() {
            let mut other = name.to_owned();
            other.replace_range(place..=place, "-");
            let read: Lengths = serde_json::from_value(json!({ other: true })).unwrap();
            assert_eq!(read, Lengths::default());
        }
    }
}

#[test]
fn values_are_made_of_what_is_required_and_set_the_rest() {
    let pet = Pet::new(1, Some("Eve".to_owned())).name("Rex").tag(None);
    let text = r#"{"id":1,"owner":"Eve","the name":"Rex","tag":null}"#;
    assert_eq!(serde_json::to_string(&pet).unwrap(), text);
    let tag = Nullable::Value(vec!["a".to_owned()]);
    assert_eq!(Pet::new(1, None).tag(tag.clone()).tag, tag);
    let open = Open::new().any(3);
    assert_eq!(serde_json::to_string(&open).unwrap(), r#"{"any":3}"#);
}

#[derive(Clone, PartialEq, Default)]
struct Note {
    title: Nullable<String>,
}

object! { Note() {
    nullable title(into String): "title",
} }

#[test]
fn what_may_be_null_is_set_by_literals_too() {
    let note = Note::new().title("Rex");
    assert_eq!(note.title.as_deref(), Some("Rex"));
}

#[test]
fn a_member_with_three_states_is_used_like_an_option() {
    let name = Nullable::from("Rex");
    assert_eq!(name.as_deref(), Some("Rex"));
    assert_eq!(name.as_ref().into_option(), Some(&"Rex".to_owned()));
    let null: Nullable<i64> = Nullable::from(None);
    assert!(null.is_null() && !null.is_absent());
}
