//! The operations: a module for each tag, a method for each operation.

use super::answer::{self, Answer, is_json, label, preferred};
use super::docs;
use super::ident::{Ident, Scope};
use super::names::Names;
use super::parameter::{Argument, Parameter, Passed, argument, passed, sent};
use super::types::RustType;
use crate::api::{self, Api, Location, Segment};

/// The operations of a tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The module, and the client's method that leads to it.
    pub module: Ident,
    /// The type whose methods are the operations.
    pub handle: Ident,
    /// The documentation of both.
    pub docs: Vec<String>,
    /// The operations.
    pub operations: Vec<Operation>,
}

/// An operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The name of the method.
    pub method: Ident,
    /// The name of the function that says what an answer means.
    pub reader: Ident,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// The `operationId`.
    pub id: String,
    /// The HTTP method.
    pub http: &'static str,
    /// The type of the call, where it has setters.
    pub call: Option<Ident>,
    /// What the method takes.
    pub arguments: Vec<Argument>,
    /// How the request is put together.
    pub steps: Vec<Step>,
    /// What the call takes besides.
    pub setters: Vec<Setter>,
    /// Alternatives of credentials, by the name of the static that describes them.
    pub security: Vec<Vec<Ident>>,
    /// What comes back.
    pub answer: Answer,
}

/// A step of putting a request together.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Text of the path.
    Path(String),
    /// A parameter, with the value of this argument.
    Parameter(Parameter, Ident),
    /// The body, with the value of this argument.
    Body(Payload, Ident),
}

/// How a body is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Payload {
    /// As JSON, with this content type.
    Json(String),
    /// As text, with this content type.
    Text(String),
    /// As it is, with this content type.
    Bytes(String),
}

/// A setter of a call.
#[derive(Debug, Clone, PartialEq)]
pub struct Setter {
    /// Its name and what it takes.
    pub argument: Argument,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// What it does to the request.
    pub step: Step,
}

/// Modules that every crate may have.
const MODULES: [&str; 8] = [
    "build", "client", "lib", "main", "mod", "runtime", "server", "types",
];

/// Types that the modules of tags and the client's module use.
const TYPES: [&str; 24] = [
    "BuildError",
    "Call",
    "Carrier",
    "Client",
    "ClientBuilder",
    "Core",
    "CoreBuilder",
    "Duration",
    "Infallible",
    "Into",
    "Location",
    "Method",
    "Option",
    "Outcome",
    "Parameter",
    "RawResponse",
    "Request",
    "Result",
    "Scheme",
    "Server",
    "String",
    "Style",
    "Vec",
    "Self",
];

/// The group of operations without a tag.
const UNTAGGED: &str = "operations";

/// Decides all operations.
pub(super) fn groups(api: &Api, names: &Names) -> Vec<Group> {
    let mut modules = Scope::with(&MODULES);
    let mut handles = Scope::with(&TYPES);
    let untagged = api
        .operations
        .iter()
        .any(|operation| operation.tag.is_none());
    let tagged = api
        .tags
        .iter()
        .map(|tag| (Some(&*tag.name), &*tag.description));
    tagged
        .chain(untagged.then_some((None, "The operations without a tag.")))
        .map(|(tag, description)| {
            let name = tag.unwrap_or(UNTAGGED);
            let module = Ident::value_name(name);
            let module = modules.take(&[module.clone(), module.with("_api")]);
            let handle = Ident::type_name(name);
            let handle = handles.take(&[handle.clone(), handle.with("Api")]);
            Group {
                module,
                docs: docs::text(description, &format!("The operations tagged `{name}`.")),
                operations: operations(api, names, tag, &handle),
                handle,
            }
        })
        .collect()
}

fn operations(api: &Api, names: &Names, tag: Option<&str>, handle: &Ident) -> Vec<Operation> {
    api.operations
        .iter()
        .enumerate()
        .filter(|(_, operation)| operation.tag.as_deref() == tag)
        .map(|(index, _)| operation(api, names, index, handle))
        .collect()
}

fn operation(api: &Api, names: &Names, index: usize, handle: &Ident) -> Operation {
    let operation = &api.operations[index];
    let method = names.method(index).clone();
    let link = format!("{}::{}", handle.as_str(), method.as_str());
    let answer = answer::answer(api, names, index, &link);
    let mut scope = Scope::with(&["self", "request"]);
    let mut arguments = Vec::new();
    let mut steps = path_steps(api, names, operation, &mut scope, &mut arguments);
    let mut setters = Vec::new();
    let mut setter_scope = Scope::with(&["timeout", "header"]);
    for parameter in &operation.parameters {
        if parameter.location == Location::Path {
            continue;
        }
        let scope = if parameter.required {
            &mut scope
        } else {
            &mut setter_scope
        };
        let argument = argument(api, names, &parameter.name, parameter.ty, scope);
        let step = Step::Parameter(sent(parameter), argument.ident.clone());
        if parameter.required {
            steps.push(step);
            arguments.push(argument);
        } else {
            let fallback = format!("Sets `{}`.", parameter.name);
            setters.push(Setter {
                argument,
                docs: docs::lines(&parameter.docs, &fallback),
                deprecated: parameter.docs.deprecated,
                step,
            });
        }
    }
    if let Some(body) = &operation.body
        && let Some(media) = preferred(&body.content)
    {
        let scope = if body.required {
            &mut scope
        } else {
            &mut setter_scope
        };
        let (argument, step) = payload(api, names, media, scope);
        if body.required {
            steps.push(step);
            arguments.push(argument);
        } else {
            setters.push(Setter {
                argument,
                docs: docs::lines(&body.docs, "Sets the body."),
                deprecated: false,
                step,
            });
        }
    }
    let call = (!setters.is_empty()).then(|| names.operation(index).with("Call"));
    Operation {
        reader: method.after("read_"),
        method,
        docs: operation_docs(operation),
        deprecated: operation.docs.deprecated,
        id: operation.id.clone(),
        http: operation.method.as_str(),
        call,
        arguments,
        steps,
        setters,
        security: operation
            .security
            .iter()
            .map(|schemes| {
                let constant = |scheme: &usize| Ident::constant(&api.schemes[*scheme].name);
                schemes.iter().map(constant).collect()
            })
            .collect(),
        answer,
    }
}

/// The path, and the arguments it needs, in its order.
fn path_steps(
    api: &Api,
    names: &Names,
    operation: &api::Operation,
    scope: &mut Scope,
    arguments: &mut Vec<Argument>,
) -> Vec<Step> {
    let mut steps = Vec::new();
    for segment in &operation.path {
        match segment {
            Segment::Literal(text) => steps.push(Step::Path(escaped(text))),
            Segment::Parameter(name) => {
                let parameter = operation
                    .parameters
                    .iter()
                    .find(|p| p.location == Location::Path && p.name == *name);
                // One that nothing declares has been reported as an error.
                if let Some(parameter) = parameter {
                    let argument = argument(api, names, name, parameter.ty, scope);
                    steps.push(Step::Parameter(sent(parameter), argument.ident.clone()));
                    arguments.push(argument);
                }
            }
        }
    }
    steps
}

/// A path's text as it stands in a URL (RFC 3986, section 3.3).
fn escaped(text: &str) -> String {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    let mut escaped = String::new();
    for byte in text.bytes() {
        let stays = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/%".contains(&byte);
        if stays {
            escaped.push(char::from(byte));
        } else {
            escaped.push('%');
            escaped.extend([byte >> 4, byte & 15].map(|digit| HEX[usize::from(digit)]));
        }
    }
    escaped
}

fn payload(api: &Api, names: &Names, media: &api::Media, scope: &mut Scope) -> (Argument, Step) {
    let content_type = media.content_type.clone();
    let (passed, payload) = match media.ty {
        Some(id) if is_json(&content_type) => {
            let content_type = match content_type.as_str() {
                "*/*" => "application/json".to_owned(),
                _ => content_type,
            };
            (passed(api, names, id), Payload::Json(content_type))
        }
        None if is_json(&content_type) => (
            Passed::Reference(RustType::Json),
            Payload::Json(content_type),
        ),
        Some(_) | None if content_type.starts_with("text/") => {
            (Passed::Str, Payload::Text(content_type))
        }
        Some(_) | None => (Passed::Value(RustType::Bytes), Payload::Bytes(content_type)),
    };
    let ident = Ident::value_name("body");
    let ident = scope.take(&[ident.clone(), ident.with("_content")]);
    let argument = Argument {
        ident: ident.clone(),
        passed,
    };
    (argument, Step::Body(payload, ident))
}

fn operation_docs(operation: &api::Operation) -> Vec<String> {
    let path: String = operation
        .path
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => text.clone(),
            Segment::Parameter(name) => format!("{{{name}}}"),
        })
        .collect();
    let mut docs = operation.docs.clone();
    docs.notes
        .push(format!("`{} {path}`", operation.method.as_str()));
    let responses: Vec<String> = operation
        .responses
        .iter()
        .map(|response| {
            let about = response
                .description
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            if about.is_empty() {
                format!("- {}", label(response.status))
            } else {
                format!("- {}: {about}", label(response.status))
            }
        })
        .collect();
    docs.notes
        .push(format!("# Responses\n\n{}", responses.join("\n")));
    docs::lines(&docs, &format!("Calls `{}`.", operation.id))
}
