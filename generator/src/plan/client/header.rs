//! Headers of responses: a function for each that the document declares, whatever the operation.

use std::collections::HashMap;

use crate::api::{Api, Origin};
use crate::plan::names::{Ident, Names, Scope, reserved};
use crate::plan::types::{RustType, rust_type};
use crate::plan::words::{self, Docs, Text};

/// A function that reads a header.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Where the document describes it.
    pub origin: Origin,
    /// Its name.
    pub ident: Ident,
    /// The header's name, in lower case.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// The type of the value.
    pub ty: RustType,
}

/// Decides them; headers of one name and one type are the same.
pub(in crate::plan) fn headers(api: &Api, names: &Names) -> Vec<Header> {
    let mut scope = Scope::excluding(reserved::is_reserved);
    let mut headers: Vec<Header> = Vec::new();
    let mut known: HashMap<String, Vec<RustType>> = HashMap::new();
    let responses = api.operations.iter().flat_map(|operation| {
        let responses = operation.responses.iter();
        responses.map(move |response| (operation, response))
    });
    for (operation, response) in responses {
        for header in &response.headers {
            let (id, _) = api.types.resolve(header.ty);
            let ty = rust_type(api, names, id);
            let name = header.name.to_ascii_lowercase();
            let of_name = known.entry(name.clone()).or_default();
            if of_name.contains(&ty) {
                continue;
            }
            of_name.push(ty.clone());
            let ident = Ident::value_name(&header.name);
            let qualified = Ident::value_name(&format!("{} {}", operation.id, header.name));
            headers.push(Header {
                ident: scope.take(&[ident, qualified]),
                docs: words::docs(
                    &header.docs,
                    Text::own("The header ").code_then(&header.name, "."),
                ),
                origin: header.origin.clone(),
                name,
                ty,
            });
        }
    }
    headers.sort_by(|a, b| a.ident.as_str().cmp(b.ident.as_str()));
    headers
}
