//! Members whose types are of libraries.

use serde_json::json;

use crate::runtime::Nullable;
use crate::runtime::json::base64::Base64;
use crate::runtime::json::date_time::DateTime;
use crate::runtime::json::object::object;

#[derive(Clone, PartialEq)]
struct Record {
    at: chrono::DateTime<chrono::FixedOffset>,
    day: Option<chrono::NaiveDate>,
    others: Option<Vec<chrono::DateTime<chrono::FixedOffset>>>,
    ended: Nullable<jiff::Timestamp>,
    days: Option<Vec<jiff::civil::Date>>,
    begun: Nullable<DateTime>,
    born: Option<Vec<time::Date>>,
    key: Option<uuid::Uuid>,
    home: Option<url::Url>,
    price: Option<rust_decimal::Decimal>,
    data: Option<Base64>,
}

object! { Record(at: plain chrono::DateTime<chrono::FixedOffset>) {
    required at: "at",
    optional day(plain chrono::NaiveDate): "day",
    optional others(plain Vec<chrono::DateTime<chrono::FixedOffset>>): "others",
    nullable ended(plain jiff::Timestamp): "ended",
    optional days(plain Vec<jiff::civil::Date>): "days",
    nullable begun(plain DateTime): "begun",
    optional born(plain Vec<time::Date>): "born",
    optional key(plain uuid::Uuid): "key",
    optional home(plain url::Url): "home",
    optional price(plain rust_decimal::Decimal): "price",
    optional data(plain Base64): "data",
} }

#[test]
fn members_of_libraries_are_read_and_written() {
    let whole = json!({
        "at": "2024-02-29T12:30:00+02:00",
        "day": "2024-02-29",
        "others": ["2024-02-29T12:30:00.250Z"],
        "ended": "2024-02-29T12:30:00Z",
        "days": ["2024-02-29"],
        "begun": "2024-02-29T12:30:00.25-03:30",
        "born": ["2024-02-29"],
        "key": "67e55044-10b1-426f-9247-bb680e5fe0c8",
        "home": "https://example.com/a",
        "price": "2.50",
        "data": "AAEC/w==",
    });
    let record: Record = serde_json::from_value(whole.clone()).unwrap();
    assert_eq!(record.at.timestamp(), 1_709_202_600);
    assert_eq!(record.data.as_deref(), Some(&[0, 1, 2, 255][..]));
    assert_eq!(serde_json::to_value(&record).unwrap(), whole);
    let least = json!({ "at": "2024-02-29T12:30:00Z", "ended": null });
    let record: Record = serde_json::from_value(least.clone()).unwrap();
    assert_eq!(record.ended, Nullable::Null);
    assert_eq!(serde_json::to_value(&record).unwrap(), least);
}

#[test]
fn a_date_with_a_time_is_shown_and_parsed_as_it_is_sent() {
    let text = "2024-02-29T12:30:00.25-03:30";
    let at: DateTime = text.parse().unwrap();
    assert_eq!(at.to_string(), text);
    assert_eq!(DateTime::from(at.into_inner()), at);
    assert_eq!(at.unix_timestamp(), 1_709_222_400);
    assert!("2024-02-29".parse::<DateTime>().is_err());
}

#[test]
fn what_is_no_date_is_an_error_that_says_where() {
    let error = serde_json::from_str::<Record>(r#"{"at":"yesterday"}"#).unwrap_err();
    assert!(error.to_string().contains("column"), "{error}");
}

#[test]
fn bytes_need_no_padding_and_are_not_printed() {
    let bytes: Base64 = serde_json::from_str(r#""AAEC/w""#).unwrap();
    assert_eq!(format!("{bytes:?}"), "[4 bytes]");
    assert_eq!(bytes.clone().into_inner(), [0, 1, 2, 255]);
    assert_eq!(serde_json::to_string(&bytes).unwrap(), r#""AAEC/w==""#);
    assert!(serde_json::from_str::<Base64>(r#""%""#).is_err());
}
