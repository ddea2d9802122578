//! The module `mock`: what a test double answers, by operation.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::call;
use super::docs;
use super::layout::{module_declaration, spaced, verbatim};
use super::tokens::rust_type;
use super::uses::{Module, Uses};
use crate::plan::{
    Call, Docs, Ident, Operation, Pattern, Plan, ResponseEnum, RustType, Tag, Text, Variant,
};
use crate::runtime::{CLIENT, HAS_STATUS, MOCK, MOCK_CALL, MOCK_PAGES};

/// The module itself: the test double, and the functions that lead to those of tags.
pub(super) fn mock(plan: &Plan) -> Option<Module> {
    let client = plan.client.as_ref()?;
    let uses = Uses::new();
    let mut modules: Vec<&Ident> = client.tags.iter().map(|tag| &tag.module).collect();
    modules.sort_by_key(|module| super::layout::sorted_as(module.as_str()));
    let modules = modules.into_iter().map(module_declaration).collect();
    let mut calls = plan.tags.iter().flat_map(|tag| &tag.operations);
    let has_pages = calls.any(|of| of.calls.iter().any(|call| call.pages.is_some()));
    let pages = has_pages.then_some("pub use crate::runtime::read::mock_pages::MockPages;");
    let exports = [
        Some("pub use crate::runtime::exchange::mock::{Answer, Mock, MockCall};"),
        pages,
        Some("pub use crate::runtime::send::recorded::RecordedCall;"),
    ];
    let exports: Vec<String> = exports.into_iter().flatten().map(str::to_owned).collect();
    let exports = verbatim(&exports);
    let functions = client.tags.iter().map(|tag| {
        let (module, ty) = (&tag.module, &tag.mock);
        let about = Text::own("The operations of ")
            .and(&Text::item_link(module, &[&tag.ident]))
            .then(".");
        let about = docs::text(about);
        quote! {
            #about
            pub fn #module(&self) -> #module::#ty<'_> {
                #module::#ty(self)
            }
        }
    });
    let functions = spaced(functions.collect(), false);
    let client_type = uses.of(CLIENT);
    let items = [
        modules,
        exports,
        quote! {
            impl Mock {
                #functions
            }
        },
        quote! {
            impl From<&Mock> for #client_type {
                /// Creates a client that answers from memory.
                fn from(mock: &Mock) -> Self {
                    let built = Self::builder().mock(mock).build();
                    built.expect("a test double has a valid base URL")
                }
            }
        },
    ];
    Some(uses.module("mock/mod", &about(), items))
}

fn about() -> Docs {
    Docs::of(Text::own(
        "A test double of the API, with the cargo feature `mock`.",
    ))
    .paragraph(Text::own(
        "`Client::from(&mock)` is a client that answers from memory: what [`Mock`] is told to, by operation.\n\
         `returns` answers with a success, `fails` with an error of the document, `times` says how often,\n\
         and `calls` returns what was asked. `with` takes a call of the client, for answers that depend on its\n\
         arguments.",
    ))
}

/// The module of a tag.
pub(super) fn tag(tag: &Tag) -> Module {
    let uses = Uses::new();
    let (mock, ty) = (uses.of(MOCK), &tag.mock);
    let client = Text::item_link(&tag.module, &[&tag.client]);
    let about = Text::own("What the operations of ")
        .and(&client)
        .then(" answer.");
    let about_type = docs::text(about.clone());
    let declaration = quote! {
        #about_type
        #[derive(Debug, Clone, Copy)]
        pub struct #ty<'a>(pub(super) &'a #mock);
    };
    let functions = tag.operations.iter().flat_map(|operation| {
        let calls = operation.calls.iter();
        calls.map(|call| function(tag, operation, call, &uses))
    });
    let functions = spaced(functions.collect(), false);
    let functions = (!tag.operations.is_empty()).then(|| {
        quote! {
            impl #ty<'_> {
                #functions
            }
        }
    });
    let statuses = tag.operations.iter().flat_map(|operation| {
        let enums = operation.outcome.enums.iter();
        enums.map(|of| statuses(tag, operation, of, &uses))
    });
    let items = [declaration].into_iter().chain(functions).chain(statuses);
    let name = tag.module.as_str().trim_start_matches("r#");
    uses.module(
        &format!("mock/{name}"),
        &Docs::of(about),
        items.collect::<Vec<_>>(),
    )
}

fn function(tag: &Tag, operation: &Operation, call: &Call, uses: &Uses) -> TokenStream {
    let (ident, _) = call.usual();
    let id = &operation.id;
    let about = Text::own("What ")
        .and(&Text::item_link(&tag.module, &[&tag.client, ident]))
        .then(" answers.");
    let about = docs::text(about);
    let outcome = &operation.outcome;
    let ty = |of: &RustType| {
        if let RustType::Local(ident) = of {
            uses.tag(&tag.module, ident);
        }
        rust_type(of, uses)
    };
    let error = ty(&outcome.error);
    let (of_call, status_of_error) = (uses.of(MOCK_CALL), status(operation, true, uses));
    let made = |status: TokenStream| quote!(#of_call::new(self.0, #id, #status, #status_of_error));
    let (returned, made) = if let Some(stream) = &call.stream {
        let item = call::item(stream, uses);
        let made = quote!(#of_call::by_item(self.0, #id, #status_of_error));
        (quote!(#of_call<Vec<#item>, #error>), made)
    } else {
        let success = ty(&outcome.success);
        let made = made(status(operation, false, uses));
        match &call.pages {
            Some(pages) => {
                let (of_pages, item) = (uses.of(MOCK_PAGES), rust_type(&pages.item, uses));
                (
                    quote!(#of_pages<#item, #success, #error>),
                    quote!(let page = #made; #of_pages::new(page)),
                )
            }
            None => (quote!(#of_call<#success, #error>), made),
        }
    };
    quote! {
        #about
        pub fn #ident(&self) -> #returned {
            #made
        }
    }
}

/// What returns the status of a success, or of an error.
fn status(operation: &Operation, is_error: bool, uses: &Uses) -> TokenStream {
    let outcome = &operation.outcome;
    let ty = if is_error {
        &outcome.error
    } else {
        &outcome.success
    };
    let mut arms = outcome.arms.iter().filter(|arm| arm.is_error == is_error);
    let returns = |pattern: Pattern| {
        let code = Literal::u16_unsuffixed(pattern.usual());
        let value = if *ty == RustType::Unit {
            quote!(())
        } else {
            quote!(_)
        };
        quote!(|#value| #code)
    };
    match arms.next() {
        Some(arm) if arm.variant.is_none() => returns(arm.pattern),
        None if *ty != RustType::Infallible => returns(Pattern::OtherSuccess),
        Some(_) | None => {
            let has_status = uses.of(HAS_STATUS);
            quote!(#has_status::status)
        }
    }
}

/// The statuses of an enum of successes or errors.
fn statuses(tag: &Tag, operation: &Operation, of: &ResponseEnum, uses: &Uses) -> TokenStream {
    let (has_status, ident) = (uses.of(HAS_STATUS), &of.ident);
    uses.tag(&tag.module, ident);
    let mut by_code: BTreeMap<u16, Vec<TokenStream>> = BTreeMap::new();
    for Variant {
        ident: name, body, ..
    } in &of.variants
    {
        let is_it = |known: &(Ident, Ident)| known.0 == *ident && known.1 == *name;
        let mut arms = operation.outcome.arms.iter();
        let arm = arms.find(|arm| arm.variant.as_ref().is_some_and(is_it));
        let pattern = arm.map_or(Pattern::OtherError, |arm| arm.pattern);
        let body = body.as_ref().map(|_| quote!((_)));
        by_code
            .entry(pattern.usual())
            .or_default()
            .push(quote!(Self::#name #body));
    }
    let arms = by_code.into_iter().map(|(code, variants)| {
        let code = Literal::u16_unsuffixed(code);
        quote!(#(#variants)|* => #code,)
    });
    quote! {
        impl #has_status for #ident {
            fn status(&self) -> u16 {
                match self { #(#arms)* }
            }
        }
    }
}
