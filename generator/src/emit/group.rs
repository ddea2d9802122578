//! The module of a tag.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::answer::{reader, sum};
use super::call;
use super::layout::{file, spaced, uses};
use super::tokens::{From, deprecated, docs, inner_docs, mention, rust_type};
use crate::plan::{
    Argument, Cut, Decode, Group, Ident, Location, Operation, Parameter, Passed, Payload, RustType,
    Section, Spelling, Step, Stream, Style,
};

/// The whole module.
pub(super) fn group(group: &Group) -> syn::File {
    let mut items = vec![handle(group), methods(group)];
    for operation in &group.operations {
        items.extend(call::call(operation));
        if !operation.is_further {
            items.extend(operation.answer.sums.iter().flat_map(sum));
            items.push(reader(operation));
        }
    }
    items.insert(0, imports(group, &items));
    file(&inner_docs(&group.docs), items)
}

fn imports(group: &Group, items: &[TokenStream]) -> TokenStream {
    let operations = &group.operations;
    let sums = || {
        operations
            .iter()
            .flat_map(|operation| &operation.answer.sums)
    };
    let errors = || sums().filter(|sum| sum.is_error);
    let bodies = errors().any(|sum| sum.variants.iter().any(|v| v.body.is_some()));
    let setters = operations.iter().any(|operation| operation.call.is_some());
    let pages = operations.iter().any(|operation| operation.pages.is_some());
    let parts = [Passed::Part, Passed::Parts, Passed::AllParts];
    let streams = operations
        .iter()
        .any(|operation| operation.stream.is_some());
    let events = operations.iter().any(|operation| {
        let stream = operation.stream.as_ref();
        stream.is_some_and(|stream| {
            matches!(stream.decode, Decode::Event | Decode::Text | Decode::Word)
        })
    });
    let forms = operations.iter().any(has_styles);
    let parameters: Vec<_> = operations.iter().flat_map(sent_parameters).collect();
    let spelled = |p: &&Parameter| p.spelling != Spelling::Usual;
    let placed = |p: &&Parameter| {
        matches!(p.spelling, Spelling::Styled(..)) && p.location != Location::Query
    };
    let styles = parameters.iter().any(spelled) || forms;
    let locations = parameters.iter().any(placed);
    let schemes: BTreeSet<&Ident> = operations
        .iter()
        .flat_map(|o| &o.security)
        .flatten()
        .collect();
    let mut imports = vec![
        quote!(crate::runtime::Call),
        quote!(crate::runtime::RawResponse),
        quote!(crate::runtime::client::Core),
        quote!(crate::runtime::request::Request),
        quote!(crate::runtime::response::Outcome),
    ];
    imports.extend(schemes.iter().map(|scheme| quote!(crate::client::#scheme)));
    let parameter = match (styles, locations) {
        (true, false) if parameters.is_empty() => quote!(crate::runtime::parameter::Style),
        (false, _) => quote!(crate::runtime::parameter::Parameter),
        (true, false) => quote!(crate::runtime::parameter::{Parameter, Style}),
        (true, true) => quote!(crate::runtime::parameter::{Location, Parameter, Style}),
    };
    let further = [
        (bodies, quote!(crate::runtime::message::describe)),
        (!parameters.is_empty() || forms, parameter),
        (forms, quote!(crate::runtime::form::Encoding)),
        (takes(group, &parts), quote!(crate::runtime::Part)),
        (events, quote!(crate::runtime::Event)),
        (streams, quote!(crate::runtime::StreamCall)),
        (streams, quote!(crate::runtime::events::{self, Format})),
        (setters, quote!(crate::runtime::setters::call)),
        (pages, quote!(crate::runtime::Items)),
        (pages, quote!(crate::runtime::pages::{Next, Paging})),
        (mention(items, "types", ':'), quote!(crate::types)),
        (mention(items, "xml", ':'), quote!(crate::xml)),
    ];
    imports.extend(
        further
            .into_iter()
            .filter(|import| import.0)
            .map(|import| import.1),
    );
    let imports = uses(imports);
    let method = if takes(group, &[Passed::Body]) {
        quote!({Body, Method})
    } else {
        quote!(Method)
    };
    let infallible = |operation: &Operation| operation.answer.error == RustType::Infallible;
    let std = [
        (
            mention(items, "BTreeMap", '<'),
            quote!(std::collections::BTreeMap),
        ),
        (
            operations.iter().any(infallible),
            quote!(std::convert::Infallible),
        ),
        (errors().next().is_some(), quote!(std::fmt)),
    ];
    let std = uses(
        std.into_iter()
            .filter(|import| import.0)
            .map(|import| import.1),
    );
    quote! {
        #std
        #[line = ""]
        use reqwest::#method;
        #[line = ""]
        #imports
    }
}

/// The parameters that an operation's calls send.
fn sent_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    let setters = operation.setters.iter().map(|setter| &setter.step);
    operation
        .steps
        .iter()
        .chain(setters)
        .flat_map(|step| match step {
            Step::Parameter(parameter, _)
            | Step::PartHeader(_, parameter, _)
            | Step::Part(_, Section::Styled(parameter), _) => std::slice::from_ref(parameter),
            Step::Path(_)
            | Step::Query(_)
            | Step::Server(_)
            | Step::Globals(_)
            | Step::Body(..)
            | Step::Part(..)
            | Step::Multipart(_)
            | Step::Flag(_)
            | Step::Accept(_)
            | Step::BaseUrl(_) => &[],
        })
}

/// Whether a step names styles of its own for the properties of a form.
fn has_styles(operation: &Operation) -> bool {
    let setters = operation.setters.iter().map(|setter| &setter.step);
    let mut steps = operation.steps.iter().chain(setters);
    steps.any(|step| matches!(step, Step::Body(Payload::Form(_, styles), _) if !styles.is_empty()))
}

/// Whether a method takes an argument that is passed in one of these ways.
fn takes(group: &Group, ways: &[Passed]) -> bool {
    let mut arguments = group.operations.iter().flat_map(|operation| {
        let setters = operation.setters.iter().map(|setter| &setter.argument);
        operation.arguments.iter().chain(setters)
    });
    arguments.any(|argument| ways.contains(&argument.passed))
}

fn handle(group: &Group) -> TokenStream {
    let Group { handle, .. } = group;
    let docs = docs(&group.docs);
    quote! {
        #docs
        #[derive(Debug, Clone, Copy)]
        pub struct #handle<'a> {
            core: &'a Core,
        }
    }
}

fn methods(group: &Group) -> TokenStream {
    let Group { handle, .. } = group;
    let new = quote! {
        pub(crate) fn new(core: &'a Core) -> Self {
            Self { core }
        }
    };
    let operations = group.operations.iter().map(method);
    let methods = spaced(std::iter::once(new).chain(operations).collect(), false);
    quote! {
        impl<'a> #handle<'a> {
            #methods
        }
    }
}

fn method(operation: &Operation) -> TokenStream {
    let Operation { method, id, .. } = operation;
    let docs = docs(&operation.docs);
    let deprecated = deprecated(operation.deprecated);
    let arguments = operation.arguments.iter().map(argument);
    let http = format_ident!("{}", operation.http);
    let steps = operation.steps.iter().map(|step| {
        let step = self::step(step);
        quote!(request.#step;)
    });
    let mutable = (!operation.steps.is_empty()).then(|| quote!(mut));
    let security = operation
        .security
        .iter()
        .map(|schemes| quote!(&[#(&#schemes),*]));
    let read = &operation.reader;
    let call = quote!(Call::new(self.core, request, &[#(#security),*], #read));
    let call = match &operation.stream {
        Some(stream) => opened(stream, &call),
        None => call,
    };
    let (returned, call) = match &operation.call {
        Some(ident) => (quote!(#ident<'a>), quote!(let call = #call; #ident(call))),
        None => (call_type(operation), call),
    };
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #method(&self, #(#arguments),*) -> #returned {
            let #mutable request = Request::new(#id, Method::#http);
            #(#steps)*
            #call
        }
    }
}

/// A call whose answer is read piece by piece.
fn opened(stream: &Stream, call: &TokenStream) -> TokenStream {
    let content_type = &stream.content_type;
    let cut = match stream.cut {
        Cut::Events => quote!(Events),
        Cut::Lines => quote!(Lines),
        Cut::Bytes => quote!(Bytes),
    };
    let decode = match stream.decode {
        Decode::Event => quote!(event),
        Decode::Text => quote!(text),
        Decode::Word => quote!(word),
        Decode::Whole => quote!(whole),
        Decode::WholeText => quote!(whole_text),
        Decode::Line => quote!(line),
        Decode::Bytes => quote!(bytes),
    };
    quote!(StreamCall::new(#call, Format::#cut(#content_type), events::#decode))
}

pub(super) fn call_type(operation: &Operation) -> TokenStream {
    let success = rust_type(&operation.answer.success, From::Elsewhere);
    let error = rust_type(&operation.answer.error, From::Elsewhere);
    let Some(stream) = &operation.stream else {
        return quote!(Call<'a, #success, #error>);
    };
    let piece = rust_type(&stream.piece, From::Elsewhere);
    let piece = match stream.decode {
        Decode::Event | Decode::Text | Decode::Word => quote!(Event<#piece>),
        Decode::Whole | Decode::WholeText | Decode::Line | Decode::Bytes => piece,
    };
    quote!(StreamCall<'a, #piece, #success, #error>)
}

pub(super) fn argument(argument: &Argument) -> TokenStream {
    let Argument { ident, passed } = argument;
    let ty = match passed {
        Passed::Value(ty) => rust_type(ty, From::Elsewhere),
        Passed::Reference(ty) => {
            let ty = rust_type(ty, From::Elsewhere);
            quote!(&#ty)
        }
        Passed::Str => quote!(&str),
        Passed::Body => quote!(impl Into<Body>),
        Passed::Url => quote!(impl Into<String>),
        Passed::Part => quote!(Part),
        Passed::Parts => quote!(Vec<Part>),
        Passed::AllParts => quote!(Vec<(&'static str, Part)>),
        Passed::Slice(ty) => {
            let ty = rust_type(ty, From::Elsewhere);
            quote!(&[#ty])
        }
    };
    quote!(#ident: #ty)
}

/// A call of a method of the request.
pub(super) fn step(step: &Step) -> TokenStream {
    match step {
        Step::Path(text) => quote!(path(#text)),
        Step::Query(text) => quote!(query(#text)),
        Step::Server(url) => quote!(server(#url)),
        Step::BaseUrl(value) => quote!(base_url(#value)),
        Step::Globals(needed) => quote!(globals(&[#(#needed),*])),
        Step::Parameter(parameter, value) => {
            let parameter = self::parameter(parameter);
            quote!(parameter(#parameter, #value))
        }
        Step::Body(Payload::Json(content_type), value) => quote!(json(#content_type, &#value)),
        Step::Body(Payload::Xml(content_type, element), value) => {
            quote!(xml(#content_type, &xml::#element, &#value))
        }
        Step::Body(Payload::Lines(content_type), value) => quote!(lines(#content_type, #value)),
        Step::Body(Payload::Text(content_type), value) => {
            quote!(body(#content_type, #value.to_owned()))
        }
        Step::Body(Payload::Bytes(content_type), value) => quote!(body(#content_type, #value)),
        Step::Body(Payload::Form(content_type, styles), value) => {
            let styles = styles.iter().map(encoding);
            quote!(form(#content_type, &[#(#styles),*], &#value))
        }
        Step::Part((place, name), section, value) => {
            let place = Literal::usize_unsuffixed(*place);
            match section {
                Section::Parts(content_type) => {
                    quote!(parts(#place, #name, #content_type, #value))
                }
                Section::Part(content_type) => {
                    quote!(parts(#place, #name, #content_type, vec![#value]))
                }
                Section::Field(None) => quote!(field(#place, #name, None, #value)),
                Section::Field(Some(content_type)) => {
                    quote!(field(#place, #name, Some(#content_type), #value))
                }
                Section::Styled(parameter) => {
                    let parameter = self::parameter(parameter);
                    quote!(styled(#place, #parameter, #value))
                }
                Section::All => quote!(all_parts(#value)),
            }
        }
        Step::PartHeader(part, header, value) => {
            let header = self::parameter(header);
            quote!(part_header(#part, #header, #value))
        }
        Step::Multipart(content_type) => quote!(multipart(#content_type)),
        Step::Flag(name) => quote!(flag(#name)),
        Step::Accept(content_types) => quote!(header("accept", #content_types)),
    }
}

/// How a property of a form is spelled: a constant, unlike a parameter, which is made by a call.
fn encoding(property: &Parameter) -> TokenStream {
    let name = &property.name;
    match property.spelling {
        Spelling::Usual => quote!(Encoding::Styled(#name, Style::Form, true)),
        Spelling::Styled(style, explode) => {
            let style = self::style(style);
            quote!(Encoding::Styled(#name, Style::#style, #explode))
        }
        Spelling::Reserved(style, explode) => {
            let style = self::style(style);
            quote!(Encoding::Reserved(#name, Style::#style, #explode))
        }
    }
}

pub(super) fn parameter(parameter: &Parameter) -> TokenStream {
    let Parameter { name, .. } = parameter;
    let (place, location) = match parameter.location {
        Location::Path => (quote!(path), quote!(Path)),
        Location::Query => (quote!(query), quote!(Query)),
        Location::Header => (quote!(header), quote!(Header)),
        Location::Cookie => (quote!(cookie), quote!(Cookie)),
    };
    match parameter.spelling {
        Spelling::Usual => quote!(Parameter::#place(#name)),
        Spelling::Styled(style, explode) if parameter.location == Location::Query => {
            let style = self::style(style);
            quote!(Parameter::styled(#name, Style::#style, #explode))
        }
        Spelling::Styled(style, explode) => {
            let style = self::style(style);
            quote!(Parameter::new(#name, Location::#location, Style::#style, #explode))
        }
        Spelling::Reserved(style, explode) => {
            let style = self::style(style);
            quote!(Parameter::reserved(#name, Style::#style, #explode))
        }
    }
}

fn style(style: Style) -> TokenStream {
    match style {
        Style::Matrix => quote!(Matrix),
        Style::Label => quote!(Label),
        Style::Simple => quote!(Simple),
        Style::Form => quote!(Form),
        Style::SpaceDelimited => quote!(SpaceDelimited),
        Style::PipeDelimited => quote!(PipeDelimited),
        Style::DeepObject => quote!(DeepObject),
        Style::Json => quote!(Json),
    }
}
