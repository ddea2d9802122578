//! The types of calls with setters, or with more than one page.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{self, docs};
use super::layout::{spaced, verbatim};
use super::request::{argument, step, taken};
use super::tokens::{deprecated, rust_type, written};
use super::uses::Uses;
use crate::plan::{
    Argument, Call, Decode, Framing, Ident, Next, Operation, Pages, RustType, Setter, Step, Stream,
    Text,
};
use crate::runtime::{
    CALL, CALL_MACRO, EVENT, EVENTS, FORMAT, ITEMS_OF_PAGES, NEXT, PAGING, STREAM_CALL,
};

/// The type of a call with setters.
pub(super) fn call(operation: &Operation, call: &Call, uses: &Uses) -> Vec<TokenStream> {
    let Some(ident) = &call.ty else {
        return Vec::new();
    };
    let inner = call_type(operation, call, uses);
    let about = Text::own("A call of ").code_then(&operation.id, "; awaiting it sends it.");
    let about = docs::text(about);
    let declaration = quote! {
        #about
        #[must_use = "a call is sent when it is awaited"]
        pub struct #ident(#inner);
    };
    let setters = call.setters.iter().map(|value| setter(value, uses));
    let body = body_mut(call, uses).into_iter();
    let setters = spaced(body.chain(setters).collect(), false);
    let setters = quote! {
        impl #ident {
            #setters
        }
    };
    let inner = written(&inner);
    let name = uses.of(CALL_MACRO);
    let head = format!("{name}! {{ {} -> {inner} }}", ident.as_str());
    let mut items = vec![declaration];
    items.extend((!call.setters.is_empty()).then_some(setters));
    let pages = call.pages.as_ref();
    items.extend(pages.map(|pages| self::pages(operation, ident, pages, uses)));
    items.push(verbatim(&[head]));
    items
}

/// The type of what is awaited.
pub(super) fn call_type(operation: &Operation, call: &Call, uses: &Uses) -> TokenStream {
    let success = rust_type(&operation.outcome.success, uses);
    let error = rust_type(&operation.outcome.error, uses);
    let Some(stream) = &call.stream else {
        let ty = uses.of(CALL);
        return quote!(#ty<#success, #error>);
    };
    let (ty, item) = (uses.of(STREAM_CALL), item(stream, uses));
    quote!(#ty<#item, #success, #error>)
}

/// The type of an item of a stream.
pub(super) fn item(stream: &Stream, uses: &Uses) -> TokenStream {
    let item = rust_type(&stream.item, uses);
    match &stream.decode {
        Decode::Event | Decode::Text | Decode::Word => {
            let event = uses.of(EVENT);
            quote!(#event<#item>)
        }
        Decode::Whole
        | Decode::WholeText
        | Decode::WholeTextOf(_)
        | Decode::Line
        | Decode::Bytes => item,
    }
}

/// A call whose response is read item by item.
pub(super) fn streamed(stream: &Stream, call: &TokenStream, uses: &Uses) -> TokenStream {
    let media_type = &stream.media_type;
    let (ty, format, events) = (uses.of(STREAM_CALL), uses.of(FORMAT), uses.of(EVENTS));
    let framing = match stream.framing {
        Framing::Events => quote!(Events),
        Framing::Lines => quote!(Lines),
        Framing::Bytes => quote!(Bytes),
    };
    let decode = match &stream.decode {
        Decode::Event => quote!(event),
        Decode::Text => quote!(text),
        Decode::Word => quote!(word),
        Decode::Whole => quote!(whole),
        Decode::WholeText => quote!(whole_text),
        Decode::WholeTextOf(names) => {
            let decode = quote!(|item| #events::whole_text_of(item, &[#(#names),*]));
            return quote!(#ty::new(#call, #format::#framing(#media_type), #decode));
        }
        Decode::Line => quote!(line),
        Decode::Bytes => quote!(bytes),
    };
    quote!(#ty::new(#call, #format::#framing(#media_type), #events::#decode))
}

/// The function that leads to the body, where setters set fields of it.
fn body_mut(call: &Call, uses: &Uses) -> Option<TokenStream> {
    let mut steps = call.setters.iter().map(|setter| &setter.step);
    let body = steps.find_map(|step| {
        let Step::Field(set, _) = step else {
            return None;
        };
        Some(&set.body)
    })?;
    let body = rust_type(&RustType::Model(body.clone()), uses);
    Some(quote! {
        fn body_mut(&mut self) -> &mut #body {
            self.0.request().draft_mut()
        }
    })
}

fn setter(setter: &Setter, uses: &Uses) -> TokenStream {
    let Argument { ident, .. } = &setter.argument;
    let docs = docs(&setter.argument.docs);
    let deprecated = deprecated(setter.deprecated);
    let argument = argument(&setter.argument, uses);
    let taken = taken(&setter.argument, uses);
    let is_field = matches!(setter.step, Step::Field(..));
    let step = self::step(&setter.step, uses);
    let step = if is_field {
        quote!(self.#step;)
    } else {
        quote!(let request = self.0.request(); request.#step;)
    };
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #ident(mut self, #argument) -> Self {
            #taken
            #step
            self
        }
    }
}

/// The method that reads the items of all pages.
fn pages(operation: &Operation, call: &Ident, pages: &Pages, uses: &Uses) -> TokenStream {
    let item = rust_type(&pages.item, uses);
    let success = rust_type(&operation.outcome.success, uses);
    let error = rust_type(&operation.outcome.error, uses);
    let (all, paging_type, next_type) = (uses.of(ITEMS_OF_PAGES), uses.of(PAGING), uses.of(NEXT));
    let paging = &pages.pagination;
    let items = &paging.items;
    let more = paging.more.iter().flatten();
    let next = match &paging.next {
        Next::Link => quote!(Link),
        Next::Url(from) => quote!(Url(&[#(#from),*])),
        Next::Cursor { parameter, from } => quote!(Cursor(#parameter, &[#(#from),*])),
        Next::Last {
            parameter,
            property,
        } => quote!(Last(#parameter, #property)),
        Next::Offset { parameter } => quote!(Offset(#parameter)),
        Next::Page { parameter, first } => {
            let first = Literal::u64_unsuffixed(*first);
            quote!(Page(#parameter, #first))
        }
    };
    quote! {
        impl #call {
            /// Returns the items of this page and of the following ones, which are requested when they are
            /// needed.
            #[inline]
            pub fn items(self) -> #all<#item, #success, #error> {
                let paging = #paging_type {
                    items: &[#(#items),*],
                    next: #next_type::#next,
                    more: &[#(#more),*],
                };
                #all::new(self.0, paging)
            }
        }
    }
}
