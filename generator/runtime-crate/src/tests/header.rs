//! Headers of responses, by the types that documents give them.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::json::object::object;
use crate::runtime::receive::header::read;

#[test]
fn a_header_is_read_as_its_type() {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("text", "12"),
        ("number", "-1.5"),
        ("flag", "true"),
        ("list", "a, b"),
        ("numbers", "1,2"),
        ("one", "7"),
    ] {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    assert_eq!(read::<String>(&headers, "text").as_deref(), Some("12"));
    assert_eq!(read::<i64>(&headers, "text"), Some(12));
    assert_eq!(read::<f64>(&headers, "number"), Some(-1.5));
    assert_eq!(read::<bool>(&headers, "flag"), Some(true));
    let list = ["a", "b"].map(str::to_owned).to_vec();
    assert_eq!(read::<Vec<String>>(&headers, "list"), Some(list));
    assert_eq!(read::<Vec<u32>>(&headers, "numbers"), Some(vec![1, 2]));
    assert_eq!(read::<Vec<u32>>(&headers, "one"), Some(vec![7]));
    assert_eq!(read::<i64>(&headers, "flag"), None);
    assert_eq!(read::<i64>(&headers, "missing"), None);
}

#[derive(PartialEq)]
struct Pair {
    a: i64,
    b: String,
}

object! { Pair(a: plain i64, b: into String) {
    required a: "a",
    required b: "b",
} }

#[test]
fn objects_lists_and_json_are_read_by_their_type() {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        ("pairs", "a,1,b,x"),
        ("exploded", "a=1,b=x"),
        ("json", r#"{"a": 1, "b": "x"}"#),
        ("many", "a, b"),
        ("many", "c"),
        ("set-cookie", "id=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT"),
        ("set-cookie", "theme=dark"),
    ] {
        headers.append(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    for name in ["pairs", "exploded", "json"] {
        let b = "x".to_owned();
        assert_eq!(read(&headers, name), Some(Pair { a: 1, b }), "{name}");
    }
    let many = ["a", "b", "c"].map(str::to_owned).to_vec();
    assert_eq!(read(&headers, "many"), Some(many));
    let cookies: Vec<String> = read(&headers, "set-cookie").unwrap();
    assert_eq!(cookies.len(), 2);
    assert!(cookies[0].ends_with("GMT"));
}
