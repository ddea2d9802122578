//! Bodies that are given by their fields.

use super::argument::{Argument, Passed, argument_name};
use super::request::{Built, Described};
use super::step::{SetField, Step};
use crate::api::{self, Media};
use crate::plan::names::{Ident, Scope, reserved};
use crate::plan::types::{Kind, Model, Set, Struct};
use crate::plan::words::{self, Docs, Text};

/// The function that takes what a body requires in place of the body.
#[derive(Debug, Clone, PartialEq)]
pub struct Short {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// The arguments that both functions take: all but the body.
    pub shared: Vec<Argument>,
    /// The fields that it takes.
    pub fields: Vec<Argument>,
    /// The type of the body.
    pub body: Ident,
    /// Whether no body is sent until a field is set.
    pub is_optional: bool,
}

/// The struct that a body of this content is, with the properties of its fields.
fn body_of<'a>(built: &Built<'a>, media: &Media) -> Option<(&'a api::Object, &'a Struct)> {
    let (id, _) = built.context.api.types.resolve(media.ty?);
    let object = built.context.api.types[id].shape.as_object()?;
    let ident = built.context.names.of(id)?;
    let models = built.context.models;
    let at = models.binary_search_by_key(&ident, Model::ident).ok()?;
    match &models[at] {
        Model::Struct(body) => Some((object, body)),
        Model::Enum(_) | Model::Union(_) | Model::Alias(_) => None,
    }
}

impl Built<'_> {
    /// Adds a setter for each field of the body that may be left out, and returns what the function
    /// takes that takes the others. The property `left_out` is set by the function itself.
    pub(super) fn fields(
        &mut self,
        media: &Media,
        left_out: Option<&str>,
    ) -> Option<(Ident, Vec<Argument>)> {
        let (object, body) = body_of(self, media)?;
        let shared: Vec<&str> = self.arguments.iter().map(|a| a.ident.as_str()).collect();
        let taken: Vec<&str> = reserved::VARIABLES.into_iter().chain(shared).collect();
        let mut scope = Scope::with(&taken);
        let mut arguments = Vec::new();
        for (property, field) in object.properties.iter().zip(&body.fields) {
            if matches!(field.set, Set::Constant(..) | Set::ByHand) {
                continue;
            }
            if field.kind == Kind::Required {
                arguments.push(Argument {
                    origin: field.origin.clone(),
                    ident: argument_name(property.called(), &mut scope),
                    passed: Passed::Field(field.kind, field.set.clone()),
                    docs: words::docs(&property.docs, Text::default()),
                });
            } else if left_out.is_none_or(|name| property.name != name) {
                let ident = argument_name(property.called(), self.scope(false));
                let set = SetField {
                    body: body.ident.clone(),
                    field: field.ident.clone(),
                    kind: field.kind,
                    set: field.set.clone(),
                };
                let of = Described {
                    origin: &property.origin,
                    docs: &property.docs,
                    required: false,
                    fallback: Text::own("Sets ").code_then(&property.name, "."),
                };
                let passed = Passed::Field(field.kind, field.set.clone());
                self.add(&of, ident.clone(), passed, Step::Field(set, ident));
            }
        }
        Some((body.ident.clone(), arguments))
    }
}

/// What is said about the function that takes the whole body.
pub(super) fn whole_docs(client: &Ident, short: &Ident) -> Docs {
    let link = Text::link(&[client, short]);
    Docs::of(Text::own("Calls ").and(&link).then(" with a whole body."))
}
