//! Values of examples as tokens.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::plan::{Expression, Ident};

/// How many characters of an argument are long: a variable is made of it. Where setters follow, fewer
/// are.
const LONG: usize = 60;

/// The variables that an example makes.
pub(super) struct Variables {
    names: Vec<String>,
    statements: Vec<TokenStream>,
}

impl Variables {
    pub(super) fn new() -> Self {
        Self {
            names: ["client", "response", "items"].map(str::to_owned).into(),
            statements: Vec::new(),
        }
    }

    /// Makes a variable of this name, or of one with a number where that is taken.
    pub(super) fn add(&mut self, name: &Ident, value: &TokenStream) -> TokenStream {
        let plain = name.as_str().trim_start_matches("r#");
        let mut numbered = (2..).map(|number| format!("{plain}{number}"));
        let mut chosen = name.as_str().to_owned();
        while self.names.contains(&chosen) {
            chosen = numbered.next().unwrap_or_default();
        }
        let variable: TokenStream = chosen.parse().unwrap_or_default();
        self.statements.push(quote!(let #variable = #value;));
        self.names.push(chosen);
        variable
    }

    /// The statements that make them.
    pub(super) fn statements(self) -> Vec<TokenStream> {
        self.statements
    }
}

/// Whether an argument is made before the call: it is a value of several parts.
pub(super) fn is_made_before(value: &Expression) -> bool {
    matches!(
        value,
        Expression::New(..) | Expression::Variant(_, _, Some(_))
    )
}

/// A value whose longer parts are variables that are made before it.
pub(super) fn expression(value: &Expression, before: &mut Variables) -> TokenStream {
    match value {
        Expression::Text(text) => quote!(#text),
        Expression::String(text) => quote!(#text.to_owned()),
        Expression::Literal(text) => text.parse().unwrap_or_default(),
        Expression::Json(value) => {
            let value = json(value);
            quote!(serde_json::json!(#value))
        }
        Expression::Parsed(text) => quote!(#text.parse()?),
        Expression::Secret(text) => quote!(#text.into()),
        Expression::Reference(value) => {
            let value = expression(value, before);
            quote!(&#value)
        }
        Expression::Boxed(value) => {
            let value = expression(value, before);
            quote!(Box::new(#value))
        }
        Expression::Some(value) => {
            let value = expression(value, before);
            quote!(Some(#value))
        }
        Expression::None => quote!(None),
        Expression::Array(values) => {
            let values = values.iter().map(|value| expression(value, before));
            quote!([#(#values),*])
        }
        Expression::Vec(values) => {
            let values = values.iter().map(|value| expression(value, before));
            quote!(vec![#(#values),*])
        }
        Expression::Map(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = expression(value, before);
                quote!((#name.to_owned(), #value))
            });
            if members.len() == 0 {
                quote!(BTreeMap::new())
            } else {
                quote!(BTreeMap::from([#(#members),*]))
            }
        }
        Expression::New(ident, arguments, setters) => new(ident, arguments, setters, before),
        Expression::Variant(ident, variant, None) => quote!(types::#ident::#variant),
        Expression::Variant(ident, variant, Some(value)) => {
            let value = expression(value, before);
            quote!(types::#ident::#variant(#value))
        }
        Expression::Part(text, file) => quote!(Part::new(#text).file_name(#file)),
    }
}

/// A value that is made of what has to be there, and the rest set.
fn new(
    ident: &Ident,
    arguments: &[(Ident, Expression)],
    setters: &[(Ident, Expression)],
    before: &mut Variables,
) -> TokenStream {
    let long = if setters.is_empty() { LONG } else { LONG / 3 };
    let mut taken = Vec::new();
    for (name, value) in arguments {
        let made = expression(value, before);
        taken.push(if made.to_string().len() > long {
            before.add(name, &made)
        } else {
            made
        });
    }
    let setters = self::setters(setters, before);
    quote!(types::#ident::new(#(#taken),*) #setters)
}

/// Calls of setters.
pub(super) fn setters(setters: &[(Ident, Expression)], before: &mut Variables) -> TokenStream {
    let setters = setters.iter().map(|(setter, value)| {
        let value = expression(value, before);
        quote!(.#setter(#value))
    });
    setters.collect()
}

/// A value as `json!` takes it.
fn json(value: &serde_json::Value) -> TokenStream {
    match value {
        serde_json::Value::Null => quote!(null),
        serde_json::Value::Bool(value) => quote!(#value),
        serde_json::Value::Number(value) => value.to_string().parse().unwrap_or_default(),
        serde_json::Value::String(text) => {
            let text = Literal::string(text);
            quote!(#text)
        }
        serde_json::Value::Array(values) => {
            let values = values.iter().map(json);
            quote!([#(#values),*])
        }
        serde_json::Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = json(value);
                quote!(#name: #value)
            });
            quote!({ #(#members),* })
        }
    }
}
