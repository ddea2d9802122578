//! What can be said about a type that the document does not describe.

use crate::api::{Api, Place, TypeId};
use crate::plan::words::Text;

/// Where it stands.
pub(super) fn described(api: &Api, id: TypeId) -> Text {
    let name = &api.types[id].name;
    if let Some(component) = &name.component {
        return Text::own("The schema ").code_then(component, ".");
    }
    let of = |start: &'static str, operation: usize| {
        let operation = Text::code(&api.operations[operation].id);
        Text::own(start).then(" of ").and(&operation)
    };
    match &name.place {
        None => Text::own("A value."),
        Some(Place::Property(_, name)) => Text::own("The value of ").code_then(name, "."),
        Some(Place::Item(list)) => match &api.types[*list].name.place {
            Some(Place::Property(_, name)) => Text::own("An item of ").code_then(name, "."),
            Some(_) | None => Text::own("An item of a list."),
        },
        Some(Place::Value(_)) => Text::own("A value of a map."),
        Some(Place::Variant(..)) => Text::own("One of several types."),
        Some(Place::Component(section, name)) => match section.as_str() {
            "requestBodies" => Text::own("The body of a request (").code_then(name, ")."),
            "responses" => Text::own("The body of a response (").code_then(name, ")."),
            "headers" => Text::own("The header ").code_then(name, "."),
            _ => Text::own("The parameter ").code_then(name, "."),
        },
        Some(Place::Parameter(_, name) | Place::Path(_, name)) => {
            Text::own("The parameter ").code_then(name, ".")
        }
        Some(Place::Body(operation)) => of("The body of a request", *operation).then("."),
        Some(Place::Response(operation, status)) => of("The body of a response", *operation)
            .then(" (")
            .and(&Text::status(*status))
            .then(")."),
        Some(Place::Webhook(index)) => {
            Text::own("The payload of ").code_then(&api.webhooks[*index].name, ".")
        }
    }
}
