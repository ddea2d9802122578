//! Examples: the lines that call an operation, and whole programs.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::expression::{Variables, expression, is_made_before, setters};
use super::layout::{file, items};
use crate::plan::{
    Call, Client, Credential, CredentialLocation, Example, Expression, Ident, Operation, Plan,
    ResponseEnum, RustType, Tag, Variant,
};

/// What the function around an example returns.
const RESULT: &str = "Result<(), Box<dyn std::error::Error>>";

/// The longest text of a response that an example prints.
const LONGEST: usize = 60;

/// The lines that call an operation, for a block of code in rustdoc: what is needed around them is
/// hidden.
pub(super) fn block(plan: &Plan, tag: &Tag, operation: &Operation) -> Option<Vec<String>> {
    let name = crate_name(plan);
    let statements = statements(tag, operation)?;
    let function = quote! {
        async fn example() {
            #statements
        }
    };
    let text = file(&TokenStream::new(), &[items([function])]);
    let lines: Vec<&str> = text.trim().lines().collect();
    let body = lines.get(1..lines.len() - 1)?;
    let uses = uses(&text, tag).into_iter();
    let uses = uses.map(|module| format!("use {name}::{module};"));
    let map = has_map(&text).then(|| "use std::collections::BTreeMap;".to_owned());
    let mut block = vec![
        "```no_run".to_owned(),
        format!("# async fn example(client: {name}::Client) -> {RESULT} ") + "{",
    ];
    block.extend(map.into_iter().chain(uses));
    block.extend(
        body.iter()
            .map(|line| line.get(4..).unwrap_or_default().to_owned()),
    );
    block.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    Some(block)
}

/// A program that sets a client up, calls an operation and shows what comes back.
pub(in crate::emit) fn program(plan: &Plan, tag: &Tag, operation: &Operation) -> Option<String> {
    let name = format_ident!("{}", crate_name(plan));
    let client = plan.client.as_ref()?;
    let built = builder(client, operation);
    let statements = statements(tag, operation)?;
    let main = quote! {
        #[tokio::main]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let client = #built;
            #statements
            Ok(())
        }
    };
    let text = main.to_string();
    let uses = uses(&text, tag)
        .into_iter()
        .map(|module| format_ident!("{module}"));
    let map = has_map(&text).then(|| {
        quote!(
            use std::collections::BTreeMap;
        )
    });
    let uses = quote!(#map use #name::Client; #(use #name::#uses;)*);
    Some(file(&uses, &[items([main])]))
}

/// The name of the crate in code.
fn crate_name(plan: &Plan) -> String {
    plan.krate.name.replace('-', "_")
}

fn has_map(code: &str) -> bool {
    code.contains("BTreeMap")
}

/// The modules of the crate that the code names.
fn uses(code: &str, tag: &Tag) -> Vec<String> {
    let module = tag.module.as_str();
    let mut modules = vec!["Part", module, "types"];
    modules.retain(|module| {
        let spaced = format!("{module} ::");
        let close = format!("{module}::");
        let mut found = [spaced, close].into_iter().flat_map(|path| {
            let at = code
                .match_indices(&path)
                .map(|(at, _)| at)
                .collect::<Vec<_>>();
            at.into_iter()
        });
        found.any(|at| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    });
    modules.dedup();
    modules.into_iter().map(str::to_owned).collect()
}

/// The client, with what the operation's security asks for.
fn builder(client: &Client, operation: &Operation) -> TokenStream {
    let base_url =
        (!client.default_url.contains("://")).then(|| quote!(.base_url("https://api.example.com")));
    let needed = operation.security.first().into_iter();
    let credentials = needed.flat_map(|needed| client.credentials_of(needed));
    let credentials = credentials.map(credential);
    quote!(Client::builder() #base_url #(#credentials)* .build()?)
}

fn credential(credential: &Credential) -> TokenStream {
    let setter = &credential.setter;
    if credential.location == CredentialLocation::Basic {
        return quote!(.#setter("user", "password"));
    }
    let placeholder = format!("YOUR_{}", setter.as_str().to_uppercase());
    quote!(.#setter(#placeholder))
}

/// The call, and what is done with what comes back.
fn statements(tag: &Tag, operation: &Operation) -> Option<TokenStream> {
    let call = operation.calls.first()?;
    let Sent { before, sent } = sent(tag, call)?;
    let shown = shown(tag, operation, call, &sent)?;
    let statements = before.statements();
    Some(quote!(#(#statements)* #shown))
}

/// The call, and what is shown of what comes back.
fn shown(tag: &Tag, operation: &Operation, call: &Call, sent: &TokenStream) -> Option<TokenStream> {
    if call.stream.is_some() {
        return Some(quote! {
            let mut items = #sent.await?.into_inner();
            while let Some(item) = items.next().await {
                let item = item?;
                println!("{item:?}");
            }
        });
    }
    Some(match &operation.outcome.success {
        RustType::Unit => quote!(#sent.await?;),
        RustType::Bytes => quote! {
            let body = #sent.await?.into_inner();
            println!("{} bytes", body.len());
        },
        RustType::Local(ident) => {
            let mut enums = operation.outcome.enums.iter();
            let success = enums.find(|of| of.ident == *ident)?;
            matched(&tag.module, success, sent)
        }
        RustType::Json
        | RustType::Bool
        | RustType::I32
        | RustType::I64
        | RustType::U32
        | RustType::U64
        | RustType::F64
        | RustType::String
        | RustType::Secret
        | RustType::Foreign(_)
        | RustType::Infallible
        | RustType::Tuple(_)
        | RustType::OpenTuple { .. }
        | RustType::Vec(_)
        | RustType::Map(_)
        | RustType::Option(_)
        | RustType::Nullable(_)
        | RustType::Boxed(_)
        | RustType::Model(_) => quote! {
            let response = #sent.await?;
            println!("{:?}", response.into_inner());
        },
    })
}

/// The call, and what is shown of each of its successes.
fn matched(module: &Ident, success: &ResponseEnum, sent: &TokenStream) -> TokenStream {
    let ident = &success.ident;
    let arms = success.variants.iter().map(|variant| {
        let name = &variant.ident;
        if variant.body.is_some() {
            quote!(#module::#ident::#name(body) => println!("{body:?}"),)
        } else {
            let text = said(variant);
            quote!(#module::#ident::#name => println!(#text),)
        }
    });
    quote! {
        let response = #sent.await?;
        match response.into_inner() {
            #(#arms)*
            _ => {}
        }
    }
}

/// What an example prints for a response without a body.
fn said(variant: &Variant) -> String {
    let text = variant.docs.summary().to_string();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " .,:;'-()".contains(c);
    if !text.is_empty() && text.len() <= LONGEST && text.chars().all(is_plain) {
        text
    } else {
        variant.ident.as_str().to_owned()
    }
}

/// A call, and what is made before it.
struct Sent {
    before: Variables,
    sent: TokenStream,
}

/// The call of the function, and of the setters that are shown. Values of several parts are made before.
fn sent(tag: &Tag, call: &Call) -> Option<Sent> {
    let Example { arguments, setters } = call.example.as_ref()?;
    let module = &tag.module;
    let (function, _) = call.usual();
    let mut before = Variables::new();
    let mut taken = Vec::new();
    for (name, value) in arguments {
        let (reference, value) = if let Expression::Reference(value) = value {
            (quote!(&), &**value)
        } else {
            (TokenStream::new(), value)
        };
        let made = expression(value, &mut before);
        if is_made_before(value) {
            let name = before.add(name, &made);
            taken.push(quote!(#reference #name));
        } else {
            taken.push(quote!(#reference #made));
        }
    }
    let setters = self::setters(setters, &mut before);
    let sent = quote!(client.#module().#function(#(#taken),*) #setters);
    Some(Sent { before, sent })
}
