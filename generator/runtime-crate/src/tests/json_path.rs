//! Where decoding stopped.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::runtime::json::object::object;
use crate::runtime::json::path;

struct Outer {
    list: Vec<Inner>,
    inner: Option<Inner>,
}

struct Inner {
    number: i32,
    text: Option<String>,
}

object! { Outer(list: into Vec<Inner>) {
    required list: "list",
    optional inner: "in \"ner",
} }

object! { Inner(number: plain i32) {
    required number: "number",
    optional text: "text",
} }

fn path<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
    let error = serde_json::from_str::<T>(text).unwrap_err();
    path::at(text.as_bytes(), error.line(), error.column())
}

#[test]
fn the_path_of_what_does_not_fit() {
    let cases = [
        (
            r#"{"list": [{"number": 1}, {"number": "x"}]}"#,
            "list[1].number",
        ),
        (
            "{\n  \"list\": [\n    {\"number\": 1},\n    {\"number\": true}]}",
            "list[1].number",
        ),
        (
            r#"{"list": [{"number": 1, "text": {"a": [1]}}]}"#,
            "list[0].text",
        ),
        (r#"{"list": [{"number": 1, "text": [1]}]}"#, "list[0].text"),
        (r#"{"list": [{"number": 4294967296}]}"#, "list[0].number"),
        (r#"{"list": [{"number": null}]}"#, "list[0].number"),
        (r#"{"list": [{"text": "a"}]}"#, "list[0]"),
        (r#"{"list": {}}"#, "list"),
        (
            r#"{"list": [], "in \"ner": {"number": 1.5}}"#,
            r#"in \"ner.number"#,
        ),
        (r#"{"list": [], "x": {"y": [1, 2}}"#, "x.y"),
        (r#"{"in \"ner": {"number": 1}}"#, "."),
        ("[]", "."),
        ("", "."),
    ];
    for (text, expected) in cases {
        assert_eq!(path::<Outer>(text), expected, "{text}");
    }
}

#[test]
fn a_text_that_breaks_off_ends_where_it_was() {
    assert_eq!(path::<Value>(r#"{"a": [1, {"b": "c"#), "a[1].b");
}
