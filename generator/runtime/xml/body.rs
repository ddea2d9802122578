//! Bodies in XML.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::runtime::receive::raw::{RawResponse, Undecodable};
use crate::runtime::send::request::Request;
use crate::runtime::xml::element::Element;
use crate::runtime::xml::reader::read;
use crate::runtime::xml::writer::write;

impl Request {
    /// Sends `value` as XML.
    pub(crate) fn xml<T: Serialize + ?Sized>(
        &mut self,
        content_type: &'static str,
        element: &Element,
        value: &T,
    ) {
        let written = serde_json::to_value(value).map_err(|error| error.to_string());
        match written.and_then(|value| write(element, &value)) {
            Ok(body) => self.body(content_type, body),
            Err(reason) => self.refuse("body", &reason),
        }
    }
}

impl RawResponse {
    /// The body as XML.
    pub(crate) fn xml<T: DeserializeOwned>(&self, element: &Element) -> Result<T, Undecodable> {
        let value = read(self.readable()?, element).map_err(Undecodable::custom)?;
        serde_json::from_value(value).map_err(Undecodable::custom)
    }
}
