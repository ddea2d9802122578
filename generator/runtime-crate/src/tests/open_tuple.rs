//! Arrays whose first items have types of their own.

use serde_json::{from_str, to_string};

use crate::runtime::OpenTuple;

type Measure = OpenTuple<(f64, Option<String>), bool, 1>;

#[test]
fn items_after_the_first_ones_are_kept() {
    let text = r#"[1.5,"m",true,false]"#;
    let measure: Measure = from_str(text).unwrap();
    assert_eq!(measure.prefix, (1.5, Some("m".to_owned())));
    assert_eq!(measure.rest, [true, false]);
    assert_eq!(to_string(&measure).unwrap(), text);
}

#[test]
fn items_that_may_be_absent_are_neither_read_nor_written_as_null() {
    let measure: Measure = from_str("[1.5]").unwrap();
    assert_eq!(measure.prefix, (1.5, None));
    assert_eq!(to_string(&measure).unwrap(), "[1.5]");
}

#[test]
fn an_absent_item_before_others_is_null() {
    let measure: Measure = OpenTuple {
        prefix: (1.5, None),
        rest: vec![true],
    };
    assert_eq!(to_string(&measure).unwrap(), "[1.5,null,true]");
}

#[test]
fn null_is_kept_where_an_item_is_required() {
    let pair: OpenTuple<(i64, Option<i64>), bool, 2> = from_str("[1,null]").unwrap();
    assert_eq!(to_string(&pair).unwrap(), "[1,null]");
}

#[test]
fn an_array_that_is_too_short_is_an_error() {
    let error = from_str::<Measure>("[]").unwrap_err().to_string();
    assert!(error.contains("length 1 or more"), "{error}");
}
