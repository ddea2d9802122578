//! The module `types`.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, docs};
use super::layout::{imported_as, macro_call, module_declaration, sorted_as, spaced};
use super::tokens::{deprecated, literal, rust_type, written};
use super::uses::{Module, Uses};
use crate::plan::{
    Alias, Choice, Docs, Enum, EnumVariant, Field, Ident, Kind, Model, RustType, Set, Struct, Text,
    TypesModule, Union,
};
use crate::runtime::{BTREE_MAP, OBJECT, OPEN_ENUM, OPEN_INTEGER, UNION};

/// The modules of the types: all in one, or those that stand alone before modules with the others.
pub(super) fn models(models: &[Model], modules: &[TypesModule]) -> Vec<Module> {
    let within = modules.iter().flat_map(|module| {
        let types = module.types.iter();
        types.map(move |ident| (ident, module.ident.as_str()))
    });
    let within: HashMap<&Ident, &str> = within.collect();
    let mut by_module: HashMap<&str, Vec<&Model>> = HashMap::new();
    for model in models {
        let module = within.get(model.ident()).copied().unwrap_or_default();
        by_module.entry(module).or_default().push(model);
    }
    let mut of = |module| by_module.remove(module).unwrap_or_default();
    let mut written = vec![root(&of(""), modules)];
    written.extend(modules.iter().map(|module| {
        let models = of(module.ident.as_str());
        let uses = Uses::types(models.iter().map(|model| model.ident()));
        let name = format!("types/{}", module.ident.as_str().trim_start_matches("r#"));
        let items = models.iter().flat_map(|of| model(of, &uses));
        uses.module(&name, &module.docs, items)
    }));
    written
}

/// The module itself, with what its modules have.
fn root(models: &[&Model], modules: &[TypesModule]) -> Module {
    let uses = Uses::all_types();
    let mut about = Docs::of(Text::own("The types of requests and responses."));
    let mut items: Vec<TokenStream> = Vec::new();
    let mut name = "types";
    if !modules.is_empty() {
        name = "types/mod";
        about = about.paragraph(Text::own(
            "Each is named from here, whichever module it stands in: a type moves to another module when\n\
             the document uses it elsewhere.",
        ));
        let mut sorted: Vec<&Ident> = modules.iter().map(|module| &module.ident).collect();
        sorted.sort_by_key(|ident| sorted_as(ident.as_str()));
        let declared = sorted.iter().map(|ident| module_declaration(ident));
        items.push(declared.collect());
        sorted.sort_by_key(|ident| imported_as(ident.as_str()));
        items.push(
            sorted
                .iter()
                .map(|ident| quote!(pub use self::#ident::*;))
                .collect(),
        );
    }
    items.extend(models.iter().flat_map(|of| model(of, &uses)));
    uses.module(name, &about, items)
}

fn model(model: &Model, uses: &Uses) -> Vec<TokenStream> {
    match model {
        Model::Struct(model) => structure(model, uses),
        Model::Enum(model) => enumeration(model, uses),
        Model::Union(model) => union(model, uses),
        Model::Alias(model) => vec![alias(model, uses)],
    }
}

fn structure(model: &Struct, uses: &Uses) -> Vec<TokenStream> {
    let Struct { ident, .. } = model;
    let docs = docs(&model.docs);
    let deprecated = deprecated(model.deprecated);
    let default = model.has_default.then(|| quote!(, Default));
    let fields = model.fields.iter().map(|of| field(of, uses));
    let rest = model.rest.as_ref().map(|(ident, ty)| {
        let (map, ty) = (uses.of(BTREE_MAP), rust_type(ty, uses));
        quote! {
            /// Additional properties.
            pub #ident: #map<String, #ty>,
        }
    });
    let declaration = quote! {
        #docs
        #deprecated
        #[derive(Clone, PartialEq #default)]
        #[non_exhaustive]
        pub struct #ident {
            #(#fields,)*
            #rest
        }
    };
    let properties = model.fields.iter().map(|field| property(field, uses));
    let rest = model.rest.iter();
    let rest = rest.map(|(ident, _)| format!("; {}", ident.as_str()));
    let arguments = arguments(model, uses);
    let head = format!("{}! {{ {}(", uses.of(OBJECT), ident.as_str());
    let properties: Vec<String> = properties.chain(rest).collect();
    let head = lines_of_call(head, &arguments);
    let mut items = vec![declaration, macro_call(&head, &properties, "} }")];
    if arguments.is_empty() && !model.has_default {
        items.push(quote! {
            impl std::default::Default for #ident {
                fn default() -> Self {
                    Self::new()
                }
            }
        });
    }
    items
}

/// The start of the call with its arguments: on one line, or on a line each where that is too long.
fn lines_of_call(start: String, arguments: &[String]) -> Vec<String> {
    const WIDEST: usize = 100;
    let line = format!("{start}{}) {{", arguments.join(", "));
    if line.len() <= WIDEST || arguments.is_empty() {
        return vec![line];
    }
    let arguments = arguments.join(",\n    ");
    let arguments = format!("    {arguments}\n) {{");
    let lines = arguments.lines().map(str::to_owned);
    std::iter::once(start).chain(lines).collect()
}

/// What has to be given to make a value.
fn arguments(model: &Struct, uses: &Uses) -> Vec<String> {
    let required = model.fields.iter().filter(|f| f.kind == Kind::Required);
    let arguments = required.filter_map(|field| {
        let how = how(&field.set, uses)?;
        Some(format!("{}: {how}", field.ident.as_str()))
    });
    arguments.collect()
}

/// How a value is given; `None` where it is not.
fn how(set: &Set, uses: &Uses) -> Option<String> {
    let of = |word: &str, ty: &RustType| format!("{word} {}", written(&rust_type(ty, uses)));
    match set {
        Set::Plain(ty) => Some(of("plain", ty)),
        Set::Into(ty) => Some(of("into", ty)),
        Set::Boxed(ty) => Some(of("boxed", ty)),
        Set::Texts => Some("texts".to_owned()),
        Set::Constant(..) | Set::ByHand => None,
    }
}

fn field(field: &Field, uses: &Uses) -> TokenStream {
    let Field { ident, .. } = field;
    let docs = docs(&field.docs);
    let deprecated = deprecated(field.deprecated);
    let ty = rust_type(&field.ty, uses);
    quote!(#docs #deprecated pub #ident: #ty)
}

fn property(field: &Field, uses: &Uses) -> String {
    let kind = match (field.kind, &field.set) {
        (Kind::Required, Set::Constant(..)) => "constant",
        (Kind::Required, _) => "required",
        (Kind::Optional, _) => "optional",
        (Kind::Nullable, _) => "nullable",
        (Kind::Anything, _) => "anything",
    };
    let set = match (field.kind, &field.set) {
        (_, Set::Constant(of, variant)) => {
            let of = written(&rust_type(&RustType::Model(of.clone()), uses));
            format!("({of}::{})", variant.as_str())
        }
        (Kind::Required, _) => String::new(),
        (_, set) => how(set, uses).map_or_else(String::new, |how| format!("({how})")),
    };
    let wire = literal(&field.wire);
    format!("{kind} {}{set}: {wire},", field.ident.as_str())
}

/// An enum of strings or integers and the values of its variants.
pub(super) fn enumeration(model: &Enum, uses: &Uses) -> Vec<TokenStream> {
    let Enum { ident, other, .. } = model;
    let docs = docs(&model.docs);
    let deprecated = deprecated(model.deprecated);
    let is_text = model.ty == RustType::String;
    let variants = model
        .variants
        .iter()
        .map(|EnumVariant { ident, docs, .. }| {
            let about = docs::text(docs.clone());
            quote!(#about #ident)
        });
    let ty = rust_type(&model.ty, uses);
    let derives = if is_text {
        quote!(Clone)
    } else {
        quote!(Debug, Clone, Copy, PartialEq, Eq, Hash)
    };
    let declaration = quote! {
        #docs
        #deprecated
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants,)*
            /// A value that the document does not list.
            #other(#ty),
        }
    };
    let values = model.variants.iter().map(|variant| {
        let value = if is_text {
            literal(&variant.value)
        } else {
            grouped(&variant.value)
        };
        format!("{} = {value},", variant.ident.as_str())
    });
    let values: Vec<String> = values.collect();
    let head = if is_text {
        format!("{}! {{ {} {{", uses.of(OPEN_ENUM), ident.as_str())
    } else {
        let (open, ty) = (uses.of(OPEN_INTEGER), written(&ty));
        format!("{open}! {{ {}: {ty} {{", ident.as_str())
    };
    let tail = format!("}} else {} }}", other.as_str());
    vec![declaration, macro_call(&[head], &values, &tail)]
}

/// The digits of an integer, in groups of three where there are many.
fn grouped(integer: &str) -> String {
    const FEW: usize = 5;
    let digits = integer.trim_start_matches('-');
    if digits.len() <= FEW {
        return integer.to_owned();
    }
    let mut written = integer[..integer.len() - digits.len()].to_owned();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            written.push('_');
        }
        written.push(digit);
    }
    written
}

/// An enum of types and how its variants are told apart.
fn union(model: &Union, uses: &Uses) -> Vec<TokenStream> {
    let Union { ident, other, .. } = model;
    let docs = docs(&model.docs);
    let deprecated = deprecated(model.deprecated);
    let variants = model.variants.iter().map(|variant| {
        let Choice { ident, .. } = variant;
        let docs = self::docs(&variant.docs);
        let ty = rust_type(&variant.ty, uses);
        quote!(#docs #ident(#ty))
    });
    let declaration = quote! {
        #docs
        #deprecated
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #ident {
            #(#variants,)*
            /// A value of none of these types.
            #other(serde_json::Value),
        }
    };
    let variants: Vec<String> = model.variants.iter().map(|of| choice(of, uses)).collect();
    let tag = literal(model.tag.as_deref().unwrap_or_default());
    let head = format!("{}! {{ {} by {tag} {{", uses.of(UNION), ident.as_str());
    let tail = format!("}} else {} }}", other.as_str());
    let mut items = vec![declaration, macro_call(&[head], &variants, &tail)];
    items.extend(model.variants.iter().filter_map(|of| from_text(ident, of)));
    items.extend(accessors(model, uses));
    items
}

/// Makes the variant of literals: of a text, or of several.
fn from_text(union: &Ident, variant: &Choice) -> Option<TokenStream> {
    let ident = &variant.ident;
    if variant.ty == RustType::String {
        return Some(quote! {
            impl std::convert::From<&str> for #union {
                fn from(text: &str) -> Self {
                    Self::#ident(text.to_owned())
                }
            }
        });
    }
    variant.ty.is_texts().then(|| {
        quote! {
            impl<const N: usize> std::convert::From<[&str; N]> for #union {
                fn from(texts: [&str; N]) -> Self {
                    Self::#ident(texts.map(str::to_owned).into())
                }
            }
        }
    })
}

/// Methods for the fields that all variants have.
fn accessors(model: &Union, uses: &Uses) -> Option<TokenStream> {
    if model.shared.is_empty() {
        return None;
    }
    let Union { ident, other, .. } = model;
    let methods = model.shared.iter().map(|shared| {
        let field = &shared.ident;
        let about = Text::code(&shared.wire).then(", which all variants have but [`Self::");
        let about = docs::text(about.and(&Text::name(other)).then("`]."));
        let is_text = shared.ty == RustType::String;
        let ty = rust_type(&shared.ty, uses);
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
            #about
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

fn choice(variant: &Choice, uses: &Uses) -> String {
    let kind = if variant.holds_tag { "holds" } else { "lacks" };
    let ident = variant.ident.as_str();
    let ty = written(&rust_type(&variant.ty, uses));
    let tags: Vec<String> = variant.tags.iter().map(|tag| literal(tag)).collect();
    format!("{kind} {ident}({ty}) = [{}],", tags.join(", "))
}

fn alias(model: &Alias, uses: &Uses) -> TokenStream {
    let Alias { ident, .. } = model;
    let docs = docs(&model.docs);
    let ty: &RustType = &model.ty;
    let ty = rust_type(ty, uses);
    quote! {
        #docs
        pub type #ident = #ty;
    }
}
