//! The types of calls with setters, or with more than one page.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::group::{argument, call_type, step};
use super::layout::{spaced, verbatim};
use super::tokens::{From, deprecated, docs, rust_type, spelled};
use crate::plan::{Argument, Ident, Next, Operation, Pages, Setter};

/// The type of a call with setters.
pub(super) fn call(operation: &Operation) -> Vec<TokenStream> {
    let Some(ident) = &operation.call else {
        return Vec::new();
    };
    let inner = call_type(operation);
    let about = format!(" A call of `{}`; awaiting it sends it.", operation.id);
    let declaration = quote! {
        #[doc = #about]
        #[derive(Debug)]
        #[must_use = "a call is sent when it is awaited"]
        pub struct #ident<'a>(#inner);
    };
    let setters = spaced(operation.setters.iter().map(setter).collect(), false);
    let setters = quote! {
        impl #ident<'_> {
            #setters
        }
    };
    let inner = spelled(&inner).replace("<'a, ", "<");
    let head = format!("call! {{ {} -> {inner} }}", ident.as_str());
    let mut items = vec![declaration];
    items.extend((!operation.setters.is_empty()).then_some(setters));
    items.extend(
        operation
            .pages
            .as_ref()
            .map(|pages| self::pages(operation, ident, pages)),
    );
    items.push(verbatim(&[head]));
    items
}

fn setter(setter: &Setter) -> TokenStream {
    let Argument { ident, .. } = &setter.argument;
    let docs = docs(&setter.docs);
    let deprecated = deprecated(setter.deprecated);
    let argument = argument(&setter.argument);
    let step = step(&setter.step);
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #ident(mut self, #argument) -> Self {
            let request = self.0.request();
            request.#step;
            self
        }
    }
}

/// The method that reads the items of all pages.
fn pages(operation: &Operation, call: &Ident, pages: &Pages) -> TokenStream {
    let item = rust_type(&pages.item, From::Elsewhere);
    let success = rust_type(&operation.answer.success, From::Elsewhere);
    let error = rust_type(&operation.answer.error, From::Elsewhere);
    let paging = &pages.pagination;
    let items = &paging.items;
    let more = paging.more.iter().flatten();
    let next = match &paging.next {
        Next::Link => quote!(Link),
        Next::Url(from) => quote!(Url(&[#(#from),*])),
        Next::Cursor { parameter, from } => quote!(Cursor(#parameter, &[#(#from),*])),
        Next::Last { parameter, member } => quote!(Last(#parameter, #member)),
        Next::Offset { parameter } => quote!(Offset(#parameter)),
        Next::Page { parameter, first } => {
            let first = Literal::u64_unsuffixed(*first);
            quote!(Page(#parameter, #first))
        }
    };
    quote! {
        impl<'a> #call<'a> {
            /// The items of this page and of those after it, which are asked for as they are needed.
            #[inline]
            pub fn items(self) -> Items<'a, #item, #success, #error> {
                let paging = Paging {
                    items: &[#(#items),*],
                    next: Next::#next,
                    more: &[#(#more),*],
                };
                Items::new(self.0, paging)
            }
        }
    }
}
