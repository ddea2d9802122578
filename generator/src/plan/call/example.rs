//! Examples: how an operation is called, with values that a person would find plausible.

use serde_json::Value;

use super::argument::{Argument, Passed};
use super::step::Setter;

use crate::api::{self, Api, Docs, Media, TypeId};
use crate::plan::example::{Expression, Expressions, texts, value};
use crate::plan::names::Ident;
use crate::plan::types::Model;

/// How an operation is called.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What its function takes, with the names of the arguments.
    pub arguments: Vec<(Ident, Expression)>,
    /// What is set besides.
    pub setters: Vec<(Ident, Expression)>,
}

/// How many setters an example shows at most.
const MOST_SETTERS: usize = 3;

/// Decides how a function is called; `None` where there is no way that a reader would want to see.
pub(super) fn example<'a>(
    (api, models): (&Api, &[Model]),
    (operation, media): (&api::Operation, Option<&Media>),
    arguments: impl Iterator<Item = &'a Argument>,
    setters: &[Setter],
) -> Option<Example> {
    let examples = Examples {
        api,
        operation,
        media,
        expressions: Expressions::new(models),
    };
    let arguments = arguments.map(|argument| {
        let value = examples.argument(argument, true)?;
        Some((argument.ident.clone(), value))
    });
    let arguments = arguments.collect::<Option<Vec<_>>>()?;
    let shown = setters.iter().filter(|setter| !setter.deprecated);
    let shown = shown.filter_map(|setter| {
        let value = examples.argument(&setter.argument, false)?;
        Some((setter.argument.ident.clone(), value))
    });
    Some(Example {
        arguments,
        setters: shown.take(MOST_SETTERS).collect(),
    })
}

/// What the values of an operation's examples come from.
struct Examples<'a> {
    api: &'a Api,
    operation: &'a api::Operation,
    /// The content of the body.
    media: Option<&'a Media>,
    expressions: Expressions<'a>,
}

/// What the document says about the value of an argument.
struct Described<'a> {
    name: &'a str,
    ty: Option<TypeId>,
    /// The examples that it gives.
    examples: Vec<&'a Value>,
    /// The value that is taken where none is given.
    default: Option<&'a Value>,
}

impl<'a> Examples<'a> {
    /// An expression for an argument. What may be left out is shown where the document has an example.
    fn argument(&self, argument: &Argument, is_required: bool) -> Option<Expression> {
        match &argument.passed {
            Passed::Body => return is_required.then(|| Expression::Text("…".to_owned())),
            Passed::Part => return is_required.then_some(Expression::Part("…", "file.txt")),
            Passed::Parts => {
                let part = Expression::Part("…", "file.txt");
                return is_required.then(|| Expression::Vec(vec![part]));
            }
            Passed::AllParts | Passed::Url => return None,
            Passed::Value(_)
            | Passed::Reference(_)
            | Passed::Str
            | Passed::Slice(_)
            | Passed::Texts
            | Passed::Field(..) => {}
        }
        let described = self.described(argument)?;
        let passed = |value: &&Value| self.passed(&argument.passed, value);
        let example = described.examples.iter().find_map(passed);
        if !is_required {
            return example;
        }
        let given = example.or_else(|| described.default.as_ref().and_then(passed));
        given.or_else(|| {
            let made = match described.ty {
                Some(ty) => value(self.api, ty, described.name)?,
                None => serde_json::json!({}),
            };
            self.passed(&argument.passed, &made)
        })
    }

    /// A value as it is passed.
    fn passed(&self, passed: &Passed, value: &Value) -> Option<Expression> {
        let made = self.expressions;
        match passed {
            Passed::Str => Some(Expression::Text(match value.as_str() {
                Some(text) => text.to_owned(),
                None => value.to_string(),
            })),
            Passed::Value(ty) => made.of(ty, value),
            Passed::Reference(ty) => {
                let value = made.of(ty, value)?;
                Some(Expression::Reference(Box::new(value)))
            }
            Passed::Slice(ty) => {
                let items = if value.is_array() {
                    made.all(ty, value)?
                } else {
                    vec![made.of(ty, value)?]
                };
                Some(Expression::Reference(Box::new(Expression::Array(items))))
            }
            Passed::Texts => texts(value),
            Passed::Field(kind, set) => made.set(*kind, set, value),
            Passed::Body | Passed::Url | Passed::Part | Passed::Parts | Passed::AllParts => None,
        }
    }

    /// What the document says about the value of an argument, found by its place.
    fn described(&self, argument: &Argument) -> Option<Described<'a>> {
        let described = |name: &'a str, ty: Option<TypeId>, docs: &'a Docs| Described {
            name,
            ty,
            examples: docs.example.iter().collect(),
            default: docs.default.as_ref(),
        };
        let mut parameters = self.operation.parameters.iter();
        if let Some(parameter) = parameters.find(|p| p.origin == argument.origin) {
            let ty = Some(parameter.ty);
            return Some(described(&parameter.name, ty, &parameter.docs));
        }
        let media = self.media?;
        if media.origin == argument.origin {
            return Some(Described {
                name: "body",
                ty: media.ty,
                examples: media.example.iter().collect(),
                default: None,
            });
        }
        let object = media.ty.map(|id| self.api.types.resolved_shape(id));
        let object = object.and_then(api::Shape::as_object);
        let properties = object.into_iter().flat_map(|object| &object.properties);
        let mut properties = properties.chain(&media.parts);
        let property = properties.find(|property| property.origin == argument.origin)?;
        let mut found = described(&property.name, Some(property.ty), &property.docs);
        let example = media.example.as_ref();
        let within = example.and_then(|example| example.get(&property.name));
        found.examples.extend(within);
        Some(found)
    }
}
