//! Whole numbers, however they are written.

use serde_json::{Value, json};

use crate::runtime::json::number::from_slice;

#[test]
fn a_whole_number_is_an_integer() {
    let read = |text: &str| from_slice::<Vec<i64>>(text.as_bytes());
    assert_eq!(
        read("[1, 2.0, -3.00, 1e3, -0.0]").unwrap(),
        [1, 2, -3, 1000, 0]
    );
    let error = read("[1.5]").unwrap_err();
    assert_eq!((error.line(), error.column()), (1, 4));
    assert!(read("[1e30]").is_err());
}

#[test]
fn texts_and_other_numbers_stay() {
    let text = br#"["1.0 \\\" 2.0", 2.5, 1.0]"#;
    let value: (String, f64, i64) = from_slice(text).unwrap();
    assert_eq!(value, (r#"1.0 \" 2.0"#.to_owned(), 2.5, 1));
    let any: Value = from_slice(b"[1.0]").unwrap();
    assert_eq!(any, json!([1.0]));
}
