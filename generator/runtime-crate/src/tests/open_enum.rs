//! Enums of strings that keep what they do not know.

use std::collections::HashMap;

use crate::runtime::json::open_enum::open_enum;

#[derive(Clone)]
enum Color {
    Red,
    DarkBlue,
    Other(String),
}

open_enum! { Color {
    Red = "red",
    DarkBlue = "dark-blue",
} else Other }

#[test]
fn known_and_unknown_values_round_trip() {
    let text = r#"["red","dark-blue","Red",""]"#;
    let colors: Vec<Color> = serde_json::from_str(text).unwrap();
    let expected = [
        Color::Red,
        Color::DarkBlue,
        Color::Other("Red".to_owned()),
        Color::Other(String::new()),
    ];
    assert_eq!(colors, expected);
    assert_eq!(serde_json::to_string(&colors).unwrap(), text);
}

#[test]
fn a_value_is_text_in_every_way() {
    assert_eq!(Color::KNOWN, [Color::Red, Color::DarkBlue]);
    let color = Color::from("dark-blue".to_owned());
    assert_eq!(color, "dark-blue".parse().unwrap());
    assert_eq!((color.as_str(), color.as_ref()), ("dark-blue", "dark-blue"));
    assert_eq!(format!("{color:>11}"), "  dark-blue");
    let map: HashMap<Color, i32> = serde_json::from_str(r#"{"red":1,"x":2}"#).unwrap();
    assert_eq!(map[&Color::Red], 1);
    assert_eq!(Color::Other("red".to_owned()), Color::Red);
    assert!(serde_json::from_str::<Color>("1").is_err());
}
