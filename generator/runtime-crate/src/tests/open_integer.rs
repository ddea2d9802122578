//! Enums of integers that keep what they do not know.

use crate::runtime::json::open_integer::open_integer;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Level {
    Low,
    Below,
    Other(i32),
}

open_integer! { Level: i32 {
    Low = 0,
    Below = -1,
} else Other }

#[test]
fn known_and_unknown_numbers_round_trip() {
    let levels: Vec<Level> = serde_json::from_str("[0,-1,7]").unwrap();
    assert_eq!(levels, [Level::Low, Level::Below, Level::Other(7)]);
    assert_eq!(serde_json::to_string(&levels).unwrap(), "[0,-1,7]");
    assert!(serde_json::from_str::<Level>("\"0\"").is_err());
}

#[test]
fn a_value_is_a_number_in_every_way() {
    assert_eq!(Level::KNOWN, [Level::Low, Level::Below]);
    assert_eq!(
        (Level::from(-1), Level::Other(9).value()),
        (Level::Below, 9)
    );
    assert_eq!(format!("{:>3}", Level::Below), " -1");
}
