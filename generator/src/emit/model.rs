//! The module `types`.

use quote::quote;

use super::layout::{file, macro_call, spaced, uses};
use super::tokens::{From, deprecated, docs, inner_docs, literal, mention, rust_type, spelled};
use crate::plan::{Alias, Choice, Derives, Enum, Field, Kind, Model, RustType, Struct, Union};
use proc_macro2::TokenStream;

/// The whole module.
pub(super) fn models(models: &[Model]) -> syn::File {
    let about = inner_docs(&["The types of requests and answers.".to_owned()]);
    let mut items: Vec<TokenStream> = models.iter().flat_map(model).collect();
    if let Some(imports) = imports(models) {
        items.insert(0, imports);
    }
    if mention(&items, "BTreeMap", '<') {
        items.insert(
            0,
            quote!(
                use std::collections::BTreeMap;
            ),
        );
    }
    file(&about, items)
}

fn imports(models: &[Model]) -> Option<TokenStream> {
    let structs = models.iter().any(|model| matches!(model, Model::Struct(_)));
    let enums = models.iter().any(|model| matches!(model, Model::Enum(_)));
    let unions = models.iter().any(|model| matches!(model, Model::Union(_)));
    let nullable = models.iter().any(|model| match model {
        Model::Struct(model) => model.fields.iter().any(|f| f.kind == Kind::Nullable),
        Model::Enum(_) | Model::Union(_) | Model::Alias(_) => false,
    });
    let imports = [
        (nullable, quote!(crate::runtime::Nullable)),
        (structs, quote!(crate::runtime::object::object)),
        (enums, quote!(crate::runtime::open_enum::open_enum)),
        (unions, quote!(crate::runtime::union::union)),
    ];
    let imports = imports.into_iter().filter(|import| import.0);
    let imports = uses(imports.map(|import| import.1));
    (!imports.is_empty()).then_some(imports)
}

fn model(model: &Model) -> Vec<TokenStream> {
    match model {
        Model::Struct(model) => structure(model),
        Model::Enum(model) => enumeration(model),
        Model::Union(model) => union(model),
        Model::Alias(model) => vec![alias(model)],
    }
}

fn structure(model: &Struct) -> Vec<TokenStream> {
    let Struct { ident, .. } = model;
    let docs = docs(&model.docs);
    let deprecated = deprecated(model.deprecated);
    let derives = derives(model.derives);
    let fields = model.fields.iter().map(field);
    let rest = model.rest.as_ref().map(|(ident, ty)| {
        let ty = rust_type(ty, From::Types);
        quote! {
            /// Members with other names.
            pub #ident: BTreeMap<String, #ty>,
        }
    });
    let declaration = quote! {
        #docs
        #deprecated
        #[derive(#derives)]
        pub struct #ident {
            #(#fields,)*
            #rest
        }
    };
    let mut members: Vec<String> = model.fields.iter().map(member).collect();
    members.extend(
        model
            .rest
            .iter()
            .map(|(ident, _)| format!("; {}", ident.as_str())),
    );
    let head = format!("object! {{ {} {{", ident.as_str());
    vec![declaration, macro_call(&head, &members, "} }")]
}

fn derives(derives: Derives) -> TokenStream {
    let copy = derives.copy.then(|| quote!(, Copy));
    let eq = derives.eq.then(|| quote!(, Eq, Hash));
    let ord = derives.ord.then(|| quote!(, PartialOrd, Ord));
    let default = derives.default.then(|| quote!(, Default));
    quote!(Debug, Clone #copy, PartialEq #eq #ord #default)
}

fn field(field: &Field) -> TokenStream {
    let Field { ident, .. } = field;
    let docs = docs(&field.docs);
    let deprecated = deprecated(field.deprecated);
    let ty = rust_type(&field.ty, From::Types);
    quote!(#docs #deprecated pub #ident: #ty)
}

fn member(field: &Field) -> String {
    let kind = match field.kind {
        Kind::Required => "required",
        Kind::Optional => "optional",
        Kind::Nullable => "nullable",
        Kind::Anything => "anything",
    };
    format!("{kind} {}: {},", field.ident.as_str(), literal(&field.wire))
}

/// An enum of strings and the text of its variants.
pub(super) fn enumeration(model: &Enum) -> Vec<TokenStream> {
    let Enum { ident, other, .. } = model;
    let docs = docs(&model.docs);
    let deprecated = deprecated(model.deprecated);
    let variants = model.variants.iter().map(|(variant, text)| {
        let about = format!(" `{text}`");
        quote!(#[doc = #about] #variant)
    });
    let about = " A value that the document does not list.";
    let declaration = quote! {
        #docs
        #deprecated
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants,)*
            #[doc = #about]
            #other(String),
        }
    };
    let values: Vec<String> = model
        .variants
        .iter()
        .map(|(variant, text)| format!("{} = {},", variant.as_str(), literal(text)))
        .collect();
    let head = format!("open_enum! {{ {} {{", ident.as_str());
    let tail = format!("}} else {} }}", other.as_str());
    vec![declaration, macro_call(&head, &values, &tail)]
}

/// An enum of types and how its variants are told apart.
fn union(model: &Union) -> Vec<TokenStream> {
    let Union { ident, other, .. } = model;
    let docs = docs(&model.docs);
    let derives = derives(model.derives);
    let deprecated = deprecated(model.deprecated);
    let variants = model.variants.iter().map(|variant| {
        let Choice { ident, .. } = variant;
        let docs = self::docs(&variant.docs);
        let ty = rust_type(&variant.ty, From::Types);
        quote!(#docs #ident(#ty))
    });
    let declaration = quote! {
        #docs
        #deprecated
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants,)*
            /// A value of none of these types.
            #other(serde_json::Value),
        }
    };
    let variants: Vec<String> = model.variants.iter().map(choice).collect();
    let tag = literal(model.tag.as_deref().unwrap_or_default());
    let head = format!("union! {{ {} by {tag} {{", ident.as_str());
    let tail = format!("}} else {} }}", other.as_str());
    let mut items = vec![declaration, macro_call(&head, &variants, &tail)];
    items.extend(accessors(model));
    items
}

/// Methods for the fields that all variants have.
fn accessors(model: &Union) -> Option<TokenStream> {
    if model.shared.is_empty() {
        return None;
    }
    let Union { ident, other, .. } = model;
    let methods = model.shared.iter().map(|shared| {
        let field = &shared.ident;
        let about = format!(
            " `{}`, which all variants have but [`Self::{}`].",
            shared.wire,
            other.as_str()
        );
        let is_text = shared.ty == RustType::String;
        let ty = rust_type(&shared.ty, From::Types);
        let ty = if is_text { quote!(str) } else { ty };
        let value = match (shared.is_optional, is_text) {
            (false, _) => quote!(Some(&value.#field)),
            (true, false) => quote!(value.#field.as_ref()),
            (true, true) => quote!(value.#field.as_deref()),
        };
        let arms = model.variants.iter().map(|variant| {
            let variant = &variant.ident;
            quote!(Self::#variant(value) => #value,)
        });
        quote! {
            #[doc = #about]
            pub fn #field(&self) -> Option<&#ty> {
                match self {
                    #(#arms)*
                    Self::#other(_) => None,
                }
            }
        }
    });
    let methods = spaced(methods.collect(), false);
    Some(quote! {
        impl #ident {
            #methods
        }
    })
}

fn choice(variant: &Choice) -> String {
    let kind = if variant.holds_tag { "holds" } else { "lacks" };
    let ident = variant.ident.as_str();
    let ty = spelled(&rust_type(&variant.ty, From::Types));
    let tags: Vec<String> = variant.tags.iter().map(|tag| literal(tag)).collect();
    format!("{kind} {ident}({ty}) = [{}],", tags.join(", "))
}

fn alias(model: &Alias) -> TokenStream {
    let Alias { ident, .. } = model;
    let docs = docs(&model.docs);
    let ty: &RustType = &model.ty;
    let ty = rust_type(ty, From::Types);
    quote! {
        #docs
        pub type #ident = #ty;
    }
}
