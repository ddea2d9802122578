//! Headers of answers: a function for each that the document declares, whatever the operation.

use super::docs;
use super::ident::{Ident, Scope};
use super::names::Names;
use super::types::{RustType, behind, rust_type};
use crate::api::Api;

/// A function that reads a header.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its name.
    pub ident: Ident,
    /// The header's name, in lower case.
    pub name: String,
    /// Its documentation.
    pub docs: Vec<String>,
    /// The type of the value.
    pub ty: RustType,
}

/// Decides them; headers of one name and one type are the same.
pub(super) fn headers(api: &Api, names: &Names) -> Vec<Header> {
    let mut scope = Scope::default();
    let mut headers: Vec<Header> = Vec::new();
    let responses = api.operations.iter().flat_map(|operation| {
        let responses = operation.responses.iter();
        responses.map(move |response| (operation, response))
    });
    for (operation, response) in responses {
        for header in &response.headers {
            let (id, _) = behind(api, header.ty);
            let ty = rust_type(api, names, id);
            let name = header.name.to_ascii_lowercase();
            if headers
                .iter()
                .any(|known| known.name == name && known.ty == ty)
            {
                continue;
            }
            let ident = Ident::value_name(&header.name);
            let qualified = Ident::value_name(&format!("{} {}", operation.id, header.name));
            headers.push(Header {
                ident: scope.take(&[ident, qualified]),
                docs: docs::lines(&header.docs, &format!("The header `{}`.", header.name)),
                name,
                ty,
            });
        }
    }
    headers.sort_by(|a, b| a.ident.as_str().cmp(b.ident.as_str()));
    headers
}
