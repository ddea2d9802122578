//! Operations.

use std::collections::HashSet;

use openapiv3::{Operation as Written, PathItem};

use super::security::servers;
use super::{Lowering, given, template};
use crate::api::{
    Codec, Docs, Grouped, Location, Media, Method, Operation, Origin, Parameter, Place,
    SecurityScheme, Segment, Shape, Style, Webhook,
};
use crate::diagnostic::Code;
use crate::document::extension::{INCOMING, INCOMING_PATH, METHOD, METHOD_PATH};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// All operations.
    pub(super) fn operations(&mut self, schemes: &[SecurityScheme]) -> Vec<Operation> {
        let mut operations = Vec::new();
        let mut ids = HashSet::new();
        for (path, item) in &self.document.paths.paths {
            let Some(item) = item.as_item() else { continue };
            if path.starts_with(INCOMING_PATH) {
                continue;
            }
            let at = Pointer::root().child("paths").child(path);
            for (method, field, written) in methods(item) {
                let index = operations.len();
                let at_operation = at.child(field);
                let mut operation = self.operation(
                    index,
                    (as_sent(path), item, &at),
                    (&method, written, &at_operation),
                    schemes,
                );
                if !ids.insert(operation.id.clone()) {
                    let derived = derived_id(&method, &operation.path);
                    let at = at_operation.child("operationId");
                    let message = format!("the operationId `{}` is taken", operation.id);
                    let help = format!("rename it; until then it is called `{derived}`");
                    self.diagnostics
                        .violation(Code::DuplicateOperationId, &at, message, help);
                    ids.insert(derived.clone());
                    operation.id = derived;
                }
                operations.push(operation);
            }
        }
        operations
    }

    /// What the API sends by itself; operations say so with an extension of ours.
    pub(super) fn webhooks(&mut self) -> Vec<Webhook> {
        let mut webhooks = Vec::new();
        for (path, item) in &self.document.paths.paths {
            let Some(item) = item.as_item().filter(|_| path.starts_with(INCOMING_PATH)) else {
                continue;
            };
            let at = Pointer::root().child("paths").child(path);
            for (_, field, written) in methods(item) {
                let Some(mark) = written.extensions.get(INCOMING) else {
                    continue;
                };
                let at = at.child(field);
                let place = Place::Webhook(webhooks.len());
                let body = written.request_body.as_ref();
                let body = body.and_then(|body| self.body(body, &at.child("requestBody"), &place));
                let content = body.map(|body| body.content).unwrap_or_default();
                let is_read = |media: &Media| media.codec() == Codec::Json;
                if !content.is_empty() && !content.iter().any(is_read) {
                    let message = "a payload that is not JSON has no function that reads it";
                    let help = "read it by its content type";
                    self.diagnostics.warning(Code::Unused, &at, message, help);
                }
                let words = [&written.summary, &written.description];
                let words = words.map(|text| text.clone().unwrap_or_default());
                let [title, description] = words;
                webhooks.push(Webhook {
                    origin: Origin::at(&at),
                    name: mark["name"].as_str().unwrap_or_default().to_owned(),
                    docs: Docs {
                        title,
                        description,
                        deprecated: written.deprecated,
                        notes: mark["about"]
                            .as_str()
                            .map(str::to_owned)
                            .into_iter()
                            .collect(),
                        ..Docs::default()
                    },
                    content,
                });
            }
        }
        webhooks
    }

    fn operation(
        &mut self,
        index: usize,
        (path, item, at_item): (&str, &'a PathItem, &Pointer),
        (method, written, at): (&Method, &'a Written, &Pointer),
        schemes: &[SecurityScheme],
    ) -> Operation {
        let path = self.without_fragment(path, at_item);
        let (path, query) = self.without_query(path, at_item);
        let path = template::segments(path);
        let mut parameters = self.parameters(
            (&written.parameters, at),
            (&item.parameters, at_item),
            index,
        );
        let query = self.written_query(query, &path, &mut parameters, at_item);
        self.check_path(&path, &mut parameters, at_item);
        let body = written.request_body.as_ref();
        let body =
            body.and_then(|body| self.body(body, &at.child("requestBody"), &Place::Body(index)));
        let responses = self.responses(&written.responses, &at.child("responses"), (index, method));
        if responses.is_empty() {
            let help = "declare at least the response of a successful call";
            let message = "the operation declares no responses; any status of success is one";
            self.diagnostics
                .violation(Code::MissingResponses, at, message, help);
        }
        let security = self.required_security(written, schemes, at);
        let (written_servers, at_servers) = match &written.servers[..] {
            [] => (&item.servers[..], at_item.child("servers")),
            own => (own, at.child("servers")),
        };
        let (grouped, tag) = group(written);
        let mut operation = Operation {
            origin: Origin::at(at),
            id: id(written, method, &path),
            method: method.clone(),
            path,
            query,
            grouped,
            tag,
            given: given::operation(&written.extensions),
            docs: Docs {
                title: written.summary.clone().unwrap_or_default(),
                description: written.description.clone().unwrap_or_default(),
                deprecated: written.deprecated,
                ..Docs::default()
            },
            parameters,
            body,
            responses,
            security,
            servers: servers(written_servers, &at_servers),
            pagination: None,
            retries: self.retries(written, at),
        };
        operation.pagination = self.pagination(written, &operation, at);
        operation
    }

    /// A path, and the query that the document has written into it.
    fn without_query<'p>(&mut self, path: &'p str, at: &Pointer) -> (&'p str, &'p str) {
        let Some((path, query)) = path.split_once('?') else {
            return (path, "");
        };
        let message = "a path has no query; it is sent as one";
        let help = "describe it by parameters";
        self.diagnostics
            .violation(Code::InvalidValue, at, message, help);
        (path, query)
    }

    /// The security of an operation: its own, or that of all operations.
    fn required_security(
        &mut self,
        written: &Written,
        schemes: &[SecurityScheme],
        at: &Pointer,
    ) -> Vec<Vec<usize>> {
        match (&written.security, &self.document.security) {
            (Some(own), _) => self.security(own, schemes, &at.child("security")),
            (None, Some(all)) => self.security(all, schemes, &Pointer::root().child("security")),
            (None, None) => Vec::new(),
        }
    }

    /// A parameter that only the path names.
    fn undeclared(&mut self, name: &str, at: &Pointer) -> Parameter {
        let message = format!("nothing declares the path parameter `{name}`; it is a string");
        let help = format!("add a parameter with `name: {name}` and `in: path`");
        self.diagnostics
            .violation(Code::PathParameter, at, message, help);
        Parameter {
            origin: Origin::at(at),
            name: name.to_owned(),
            given: None,
            location: Location::Path,
            style: Style::Simple,
            explode: false,
            allow_reserved: false,
            required: true,
            ty: self.add(Shape::string(), Docs::default()),
            default: None,
            minimum: None,
            docs: Docs::default(),
        }
    }

    /// A query that stands in a path: what it holds. A pair of a name and a template is a
    /// parameter of the query, which may be declared as one of the path.
    fn written_query(
        &mut self,
        query: &str,
        path: &[Segment],
        parameters: &mut Vec<Parameter>,
        at: &Pointer,
    ) -> Option<String> {
        let mut literal = Vec::new();
        let mut moved = Vec::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let template = value
                .strip_prefix('{')
                .and_then(|text| text.strip_suffix('}'));
            let Some(name) = template else {
                literal.push(pair);
                continue;
            };
            let is_in = |p: &&Parameter, place, name| p.location == place && p.name == name;
            // One that is declared as such is sent by itself.
            if parameters.iter().any(|p| is_in(&p, Location::Query, key)) {
                continue;
            }
            let declared = parameters
                .iter()
                .find(|p| is_in(p, Location::Path, name))
                .cloned();
            let mut parameter = match declared {
                Some(declared) => declared,
                None => self.undeclared(name, at),
            };
            parameter.location = Location::Query;
            key.clone_into(&mut parameter.name);
            parameter.style = Style::Form;
            parameter.explode = true;
            parameters.push(parameter);
            moved.push(name);
        }
        parameters.retain(|p| {
            let stays = path.contains(&Segment::Parameter(p.name.clone()));
            p.location != Location::Path || stays || !moved.contains(&p.name.as_str())
        });
        (!literal.is_empty()).then(|| literal.join("&"))
    }

    /// A fragment is never sent (RFC 9110, section 7.1); it tells operations of one path apart.
    fn without_fragment<'p>(&mut self, path: &'p str, at: &Pointer) -> &'p str {
        let Some((path, _)) = path.split_once('#') else {
            return path;
        };
        let message = "a path has no fragment; it is not sent";
        let help = "leave it out";
        self.diagnostics
            .violation(Code::InvalidValue, at, message, help);
        path
    }

    /// "Each template expression in the path MUST correspond to a path parameter" ("Paths
    /// Object"), and the other way round. One that nothing declares is taken for a string.
    fn check_path(&mut self, path: &[Segment], parameters: &mut Vec<Parameter>, at: &Pointer) {
        for segment in path {
            let Segment::Parameter(name) = segment else {
                continue;
            };
            let declares = |p: &Parameter| p.location == Location::Path && p.name == *name;
            if !parameters.iter().any(declares) {
                parameters.push(self.undeclared(name, at));
            }
        }
        for Parameter { name, location, .. } in parameters {
            let uses = |segment: &Segment| *segment == Segment::Parameter(name.clone());
            if *location == Location::Path && !path.iter().any(uses) {
                let message = format!("the path has no `{{{name}}}`");
                let help = "the parameter is left out; add it to the path or remove it";
                self.diagnostics
                    .violation(Code::PathParameter, at, message, help);
            }
        }
    }
}

fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &'static str, &Written)> {
    [
        (Method::Get, "get", &item.get),
        (Method::Put, "put", &item.put),
        (Method::Post, "post", &item.post),
        (Method::Delete, "delete", &item.delete),
        (Method::Options, "options", &item.options),
        (Method::Head, "head", &item.head),
        (Method::Patch, "patch", &item.patch),
        (Method::Trace, "trace", &item.trace),
    ]
    .into_iter()
    .filter_map(|(method, field, operation)| {
        let operation = operation.as_ref()?;
        let other = operation
            .extensions
            .get(METHOD)
            .and_then(|name| name.as_str());
        let other = other.map(|name| Method::Other(name.to_owned()));
        Some((other.unwrap_or(method), field, operation))
    })
}

/// A path as it is sent: those of methods that 3.0 does not have begin with a mark of ours.
fn as_sent(path: &str) -> &str {
    let marked = path.strip_prefix(METHOD_PATH);
    let sent = marked.and_then(|marked| Some(&marked[marked.find('/')?..]));
    sent.unwrap_or(path)
}

/// The `operationId`, or a name where there is none.
fn id(written: &Written, method: &Method, path: &[Segment]) -> String {
    let id = written.operation_id.clone().filter(|id| !id.is_empty());
    id.unwrap_or_else(|| derived_id(method, path))
}

/// The group of an operation, and what makes it one.
fn group(written: &Written) -> (Grouped, Option<String>) {
    match given::group(&written.extensions) {
        Some(group) => (Grouped::ByAuthor, Some(group)),
        None => (Grouped::ByTag, written.tags.first().cloned()),
    }
}

/// A name for an operation that has none: `get /pets/{id}` is `get pets by id`.
fn derived_id(method: &Method, path: &[Segment]) -> String {
    let mut words = vec![method.as_str().to_ascii_lowercase()];
    words.extend(path.iter().map(|segment| match segment {
        Segment::Literal(text) => text.replace('/', " ").trim().to_owned(),
        Segment::Parameter(name) => format!("by {name}"),
    }));
    words.retain(|word| !word.is_empty());
    words.join(" ")
}
