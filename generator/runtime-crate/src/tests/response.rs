//! What a response is, by its headers.

use reqwest::StatusCode;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue};

use crate::runtime::RawResponse;

#[test]
fn content_types_are_compared_without_case_and_by_their_ranges() {
    let cells = [
        ("application/json", "application/json", true),
        ("Application/JSON; charset=utf-8", "application/json", true),
        ("application/scim+json", "application/json", false),
        ("application/jsonl", "application/json", false),
        ("image/png", "image/*", true),
        ("text/png", "image/*", false),
        ("text/html", "*/*", true),
        ("", "*/*", true),
        ("", "text/html", false),
        ("text/plain; v=1", "text/plain; v=1", true),
        ("text/plain; v=2", "text/plain; v=1", false),
        ("text/plain", "text/plain; v=1", false),
        ("text/plain; v=\"1\"", "text/plain; v=1", true),
        ("application/json", "application/json; charset=utf-8", true),
    ];
    for (found, wanted, expected) in cells {
        let value = HeaderValue::from_static(found);
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, value)]);
        let response = RawResponse::new(StatusCode::OK, headers, "");
        assert_eq!(response.is(wanted), expected, "{found:?} is {wanted:?}");
    }
}

#[test]
fn a_text_can_be_a_number_or_a_word() {
    let of = |text: &str| RawResponse::new(StatusCode::OK, HeaderMap::new(), text);
    assert_eq!(of("12\n").word::<i64>().unwrap(), 12);
    assert!(of("true").word::<bool>().unwrap());
    assert_eq!(of("12").word::<String>().unwrap(), "12");
    assert!(of("twelve").word::<i64>().is_err());
}
