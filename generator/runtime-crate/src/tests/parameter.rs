//! The specification's table of styles ("Style Examples", 3.0.4 and 3.1.1), cell by cell.

use serde::Serialize;
use serde_json::json;

use crate::runtime::encode::parameter::Location::{Cookie, Header, Path, Query};
use crate::runtime::encode::parameter::Style::{
    DeepObject, Form, Label, Matrix, PipeDelimited, Simple, SpaceDelimited,
};
use crate::runtime::encode::parameter::{Location, Parameter, Style};
use crate::runtime::json::object::object;

/// The object of the specification's examples.
struct Rgb {
    red: i32,
    green: i32,
    blue: i32,
}

object! { Rgb(red: plain i32, green: plain i32, blue: plain i32) {
    required red: "R",
    required green: "G",
    required blue: "B",
} }

impl Default for Rgb {
    fn default() -> Self {
        Self {
            red: 100,
            green: 200,
            blue: 150,
        }
    }
}

fn encoded(location: Location, style: Style, explode: bool, value: &impl Serialize) -> String {
    Parameter::new("color", location, style, explode)
        .encode(value)
        .unwrap()
}

#[allow(clippy::too_many_lines, reason = "it is the specification's table")]
#[test]
fn every_cell_of_the_style_table() {
    let string = json!("blue");
    let array = json!(["blue", "black", "brown"]);
    let object = Rgb::default();
    let cells = [
        (
            Path,
            Matrix,
            false,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ],
        ),
        (
            Path,
            Matrix,
            true,
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ],
        ),
        (
            Path,
            Label,
            false,
            [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
        ),
        (
            Path,
            Label,
            true,
            [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
        ),
        (
            Path,
            Simple,
            false,
            ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            Path,
            Simple,
            true,
            ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
        (
            Query,
            Form,
            false,
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            Query,
            Form,
            true,
            [
                "color=",
                "color=blue",
                "color=blue&color=black&color=brown",
                "R=100&G=200&B=150",
            ],
        ),
        (
            Header,
            Simple,
            false,
            ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            Cookie,
            Form,
            false,
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
    ];
    for (location, style, explode, expected) in cells {
        let found = [
            encoded(location, style, explode, &json!("")),
            encoded(location, style, explode, &string),
            encoded(location, style, explode, &array),
            encoded(location, style, explode, &object),
        ];
        assert_eq!(found, expected, "{location:?} {style:?} {explode}");
    }
    let delimited = [
        (
            SpaceDelimited,
            "color=blue%20black%20brown",
            "color=R%20100%20G%20200%20B%20150",
        ),
        (
            PipeDelimited,
            "color=blue%7Cblack%7Cbrown",
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ),
    ];
    for (style, of_array, of_object) in delimited {
        assert_eq!(encoded(Query, style, false, &array), of_array);
        assert_eq!(encoded(Query, style, false, &object), of_object);
    }
    assert_eq!(
        encoded(Query, DeepObject, true, &object),
        "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"
    );
}

#[test]
fn objects_within_objects_are_deep() {
    let value = json!({ "a": { "b": [1, 2] }, "c": null });
    assert_eq!(
        encoded(Query, DeepObject, true, &value),
        "color%5Ba%5D%5Bb%5D%5B0%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D=2&color%5Bc%5D="
    );
}

/// What the specification's table leaves open: members of an exploded object that are no scalars.
#[test]
fn members_of_a_query_are_parameters_of_their_own() {
    let value = json!({ "a": 1, "b": ["x", "y&"], "c": { "d": null }, "e": [] });
    assert_eq!(
        Parameter::query("p").encode(&value).unwrap(),
        "a=1&b=x&b=y%26&c=%7B%22d%22%3Anull%7D"
    );
}

#[test]
fn everything_but_unreserved_characters_is_escaped() {
    let value = json!("a-b._~/?#[]@!$&'()*+,;= é%2e");
    assert_eq!(
        Parameter::path("x").encode(&value).unwrap(),
        "a-b._~%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%20%C3%A9%252e"
    );
    assert_eq!(
        Parameter::reserved("x", Form, true).encode(&value).unwrap(),
        "x=a-b._~/?%23%5B%5D@!$%26'()*%2B,;=%20%C3%A9%2e"
    );
    assert_eq!(
        Parameter::header("x").encode(&json!("a, b")).unwrap(),
        "a, b"
    );
    assert_eq!(
        Parameter::query("x").encode(&json!([true, 1.5])).unwrap(),
        "x=true&x=1.5"
    );
    assert_eq!(Parameter::query("x").encode(&json!([])).unwrap(), "");
}
