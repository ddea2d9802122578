//! Bodies of forms (`application/x-www-form-urlencoded`).

use serde::Serialize;

use super::parameter::Parameter;
use super::request::Request;
use super::tree::Tree;

impl Request {
    /// Sends `value` as a form. A property that `encodings` does not name is spelled by its value:
    /// a scalar as it is, an array of scalars once for each, all else as JSON ("Encoding Object",
    /// `contentType`).
    pub(crate) fn form<T: Serialize + ?Sized>(
        &mut self,
        content_type: &'static str,
        encodings: &[Parameter<'static>],
        value: &T,
    ) {
        match Tree::of(value) {
            Ok(value) => self.body(content_type, encoded(&value, encodings)),
            Err(reason) => self.refuse("body", &reason.to_string()),
        }
    }
}

fn encoded(value: &Tree, encodings: &[Parameter<'static>]) -> String {
    let Tree::Members(members) = value else {
        return value.text();
    };
    let pairs = members.iter().map(|(name, value)| {
        match encodings.iter().find(|property| property.name() == name) {
            Some(property) => property.spell(value),
            None => Parameter::query(name).member(name, value),
        }
    });
    let pairs: Vec<String> = pairs.filter(|pair| !pair.is_empty()).collect();
    pairs.join("&")
}
