//! The operations: a module for each tag, a method for each operation.

use super::answer::{self, Answer};
use super::content::readings;
use super::docs;
use super::ident::{Ident, Scope};
use super::names::Names;
use super::operation_docs::{operation_docs, way_note};
use super::pages::{Pages, pages};
use super::parameter::{Argument, sent};
use super::payload::{self, Way};
use super::request::{Built, Setter, Step};
use super::stream::{Stream, has_other_success, stream};
use crate::api::{self, Api, Carrier, Location};

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
    /// How that is read piece by piece, where it is.
    pub stream: Option<Stream>,
    /// How its items are read page by page, where they are.
    pub pages: Option<Pages>,
    /// Whether it is another way to call an operation that has been described already.
    pub is_further: bool,
}

/// Modules that every crate may have.
const MODULES: [&str; 12] = [
    "build", "builder", "client", "headers", "lib", "main", "mod", "runtime", "server", "types",
    "webhooks", "xml",
];

/// Types that the modules of tags and the client's module use.
const TYPES: [&str; 33] = [
    "Body",
    "BuildError",
    "Call",
    "Carrier",
    "Client",
    "ClientBuilder",
    "Core",
    "CoreBuilder",
    "Duration",
    "Event",
    "Format",
    "Infallible",
    "Into",
    "Items",
    "Location",
    "Method",
    "Next",
    "Option",
    "Outcome",
    "Paging",
    "Parameter",
    "Part",
    "RawResponse",
    "Request",
    "Result",
    "Scheme",
    "Server",
    "StreamCall",
    "String",
    "Style",
    "Token",
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
            let qualified = handle.with("Api");
            let handle = if is_taken(api, names, &handle) {
                handles.take(&[qualified])
            } else {
                handles.take(&[handle, qualified])
            };
            Group {
                module,
                docs: docs::text(description, &format!("The operations tagged `{name}`.")),
                operations: operations(api, names, tag, &handle),
                handle,
            }
        })
        .collect()
}

/// Whether a type that belongs to an operation has the name.
fn is_taken(api: &Api, names: &Names, handle: &Ident) -> bool {
    let mut operations = 0..api.operations.len();
    operations.any(|index| {
        let mut ways = names.ways(index).iter();
        ways.any(|(_, name)| {
            ["Call", "Success", "Error"]
                .iter()
                .any(|end| name.with(end) == *handle)
        })
    })
}

fn operations(api: &Api, names: &Names, tag: Option<&str>, handle: &Ident) -> Vec<Operation> {
    let own = api.operations.iter().enumerate();
    let own = own.filter(|(_, operation)| operation.tag.as_deref() == tag);
    own.flat_map(|(index, described)| {
        let ways = payload::ways(api, described).into_iter().enumerate();
        ways.map(move |(way, chosen)| operation(api, names, (index, way), &chosen, handle))
    })
    .collect()
}

fn operation(
    api: &Api,
    names: &Names,
    (index, way): (usize, usize),
    chosen: &Way<'_>,
    handle: &Ident,
) -> Operation {
    let operation = &api.operations[index];
    let (usual, _) = &names.ways(index)[0];
    let (method, name) = &names.ways(index)[way];
    let link = format!("{}::{}", handle.as_str(), usual.as_str());
    let answer = answer::answer(api, names, index, &link);
    let mut built = Built::new(api, names, operation);
    built.server(operation);
    built.path(operation);
    for parameter in &operation.parameters {
        if parameter.location != Location::Path {
            built.parameter(parameter);
        }
    }
    built.steps.extend(globals(api, operation));
    if let (Some(body), Some(media)) = (&operation.body, chosen.body) {
        built.body(body, media);
    }
    let stream = chosen.stream.and_then(|media| stream(api, names, media));
    if chosen.stream.is_some() && has_other_success(operation) {
        built.flag(operation, chosen.body);
    }
    if stream.is_none() {
        built
            .steps
            .extend(accepted(api, names, operation).map(Step::Accept));
    }
    let pages = pages(api, names, operation).filter(|_| way == 0 && stream.is_none());
    let mut docs = operation.docs.clone();
    docs.notes.extend(way_note(chosen, way));
    Operation {
        reader: usual.after("read_"),
        method: method.clone(),
        docs: operation_docs(operation, docs),
        deprecated: operation.docs.deprecated,
        id: operation.id.clone(),
        http: operation.method.as_str(),
        call: (!built.setters.is_empty() || pages.is_some()).then(|| call_name(name)),
        arguments: built.arguments,
        steps: built.steps,
        setters: built.setters,
        security: operation
            .security
            .iter()
            .map(|schemes| {
                let is_sent =
                    |scheme: &&usize| api.schemes[**scheme].carrier != Carrier::Connection;
                let schemes = schemes.iter().filter(is_sent);
                schemes.map(|s| names.schemes()[*s].clone()).collect()
            })
            .collect(),
        answer,
        stream,
        pages,
        is_further: way > 0,
    }
}

/// The name of a call's type; `StreamCall` is that of the runtime.
fn call_name(operation: &Ident) -> Ident {
    let name = operation.with("Call");
    if TYPES.contains(&name.as_str()) {
        operation.with("OperationCall")
    } else {
        name
    }
}

/// The parameters that are set once for all calls, where the operation has any.
fn globals(api: &Api, operation: &api::Operation) -> Option<Step> {
    let globals = operation.parameters.iter().filter(|p| api.is_global(p));
    let globals: Vec<&api::Parameter> = globals.collect();
    let needed = globals.iter().filter(|parameter| parameter.required);
    let needed = needed.map(|parameter| sent(parameter).name).collect();
    (!globals.is_empty()).then_some(Step::Globals(needed))
}

/// What is asked for, where that is not JSON alone, which is asked for anyhow.
fn accepted(api: &Api, names: &Names, operation: &api::Operation) -> Option<String> {
    let contents = operation.responses.iter().map(|response| &response.content);
    let mut read: Vec<&str> = Vec::new();
    for reading in contents.flat_map(|content| readings(api, names, content)) {
        if !read.contains(&reading.content_type) {
            read.push(reading.content_type);
        }
    }
    let is_usual = read.is_empty() || read == ["application/json"];
    (!is_usual).then(|| read.join(", "))
}
