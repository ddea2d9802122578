//! Bodies of forms (`application/x-www-form-urlencoded`).

use serde::Serialize;

use crate::runtime::encode::parameter::{Parameter, Style};
use crate::runtime::encode::tree::Tree;
use crate::runtime::send::request::Request;

/// How a property of a form is encoded: its name, its style, and whether an array or an object is
/// exploded.
pub(crate) enum Encoding {
    /// As a query parameter of this style.
    Styled(&'static str, Style, bool),
    /// The same, reserved characters staying as they are.
    Reserved(&'static str, Style, bool),
}

impl Encoding {
    fn parameter(&self) -> Parameter<'static> {
        match *self {
            Self::Styled(name, style, explode) => Parameter::styled(name, style, explode),
            Self::Reserved(name, style, explode) => Parameter::reserved(name, style, explode),
        }
    }
}

impl Request {
    /// Sends `value` as a form. A property that `encodings` does not name is encoded by its value:
    /// a scalar as it is, an array of scalars once for each, all else as JSON ("Encoding Object",
    /// `contentType`).
    pub(crate) fn form<T: Serialize + ?Sized>(
        &mut self,
        content_type: &'static str,
        encodings: &[Encoding],
        value: &T,
    ) {
        match Tree::of(value) {
            Ok(value) => self.body(content_type, encoded(&value, encodings)),
            Err(reason) => self.refuse("body", &reason.to_string()),
        }
    }
}

fn encoded(value: &Tree, encodings: &[Encoding]) -> String {
    let Tree::Members(members) = value else {
        return value.text();
    };
    let pairs = members.iter().map(|(name, value)| {
        let mut encodings = encodings.iter().map(Encoding::parameter);
        match encodings.find(|property| property.name() == name) {
            Some(property) => property.styled_text(value),
            None => Parameter::query(name).member(name, value),
        }
    });
    let pairs: Vec<String> = pairs.filter(|pair| !pair.is_empty()).collect();
    pairs.join("&")
}
