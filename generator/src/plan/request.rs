//! How a request is put together, and what a method takes for it.

use super::content::is_json;
use super::docs;
use super::ident::{Ident, Scope};
use super::names::Names;
use super::parameter::{Argument, Parameter, Passed, Spelling, argument, sent};
use super::payload::{self, Payload, Section};
use super::types::behind;
use crate::api::{self, Api, Docs, Location, Segment, Shape};

/// The setter of an operation's address.
const BASE_URL: &str = "base_url";

/// A step of putting a request together.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Text of the path.
    Path(String),
    /// Text of the query.
    Query(String),
    /// A parameter, with the value of this argument.
    Parameter(Parameter, Ident),
    /// The body, with the value of this argument.
    Body(Payload, Ident),
    /// The part at this place and of this name, with the value of this argument.
    Part((usize, String), Section, Ident),
    /// A header of the parts of this name, with the value of this argument.
    PartHeader(String, Parameter, Ident),
    /// The content type of a body in parts, where it is not `multipart/form-data`.
    Multipart(String),
    /// A member of the JSON body that is set.
    Flag(String),
    /// The content types that the client understands.
    Accept(String),
    /// The address, where it is the operation's own.
    Server(String),
    /// The address, with the value of this argument.
    BaseUrl(Ident),
    /// What is set once for all calls; these have to be set, there or for the call.
    Globals(Vec<String>),
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

/// A method that is being put together.
pub(super) struct Built<'a> {
    api: &'a Api,
    names: &'a Names,
    scope: Scope,
    setter_scope: Scope,
    pub arguments: Vec<Argument>,
    pub steps: Vec<Step>,
    pub setters: Vec<Setter>,
}

impl<'a> Built<'a> {
    pub(super) fn new(api: &'a Api, names: &'a Names, operation: &api::Operation) -> Self {
        let mut taken = vec!["timeout", "header", "request", "reconnect", "last_event_id"];
        taken.extend(operation.pagination.is_some().then_some("items"));
        taken.extend((!operation.servers.is_empty()).then_some(BASE_URL));
        Self {
            api,
            names,
            scope: Scope::with(&["self", "request", "call"]),
            setter_scope: Scope::with(&taken),
            arguments: Vec::new(),
            steps: Vec::new(),
            setters: Vec::new(),
        }
    }

    fn scope(&mut self, required: bool) -> &mut Scope {
        if required {
            &mut self.scope
        } else {
            &mut self.setter_scope
        }
    }

    /// Adds an argument, or a setter for what may be left out.
    fn add(&mut self, required: bool, argument: Argument, step: Step, docs: &Docs, fallback: &str) {
        if required {
            self.arguments.push(argument);
            self.steps.push(step);
        } else {
            self.setters.push(Setter {
                argument,
                docs: docs::lines(docs, fallback),
                deprecated: docs.deprecated,
                step,
            });
        }
    }

    /// The operation's own address, which can be another one for a call.
    pub(super) fn server(&mut self, operation: &api::Operation) {
        let mut servers = operation.servers.iter();
        let Some(usual) = servers.next().map(api::Server::default_url) else {
            return;
        };
        let ident = Ident::value_name(BASE_URL);
        let mut docs = vec![
            "Where this operation is, as a URL that its path is appended to.".to_owned(),
            String::new(),
            format!("Default: `{usual}`"),
        ];
        let others: Vec<String> = servers.map(|s| format!("`{}`", s.default_url())).collect();
        if !others.is_empty() {
            docs.extend([String::new(), format!("Others: {}", others.join(", "))]);
        }
        let types = self.names.servers().iter();
        let types = types.filter(|(server, _)| operation.servers.contains(server));
        let types: Vec<&str> = types.map(|(_, ty)| ty.ident.as_str()).collect();
        if !types.is_empty() {
            let links = types
                .iter()
                .map(|name| format!("[`{name}`](crate::{name})"));
            let links = links.collect::<Vec<_>>().join(", ");
            docs.extend([
                String::new(),
                format!("By the parts of the address: {links}"),
            ]);
        }
        self.steps.push(Step::Server(usual));
        self.setters.push(Setter {
            argument: Argument {
                ident: ident.clone(),
                passed: Passed::Url,
            },
            docs,
            deprecated: false,
            step: Step::BaseUrl(ident),
        });
    }

    /// The path, and the arguments it needs, in its order.
    pub(super) fn path(&mut self, operation: &api::Operation) {
        for segment in &operation.path {
            match segment {
                Segment::Literal(text) => self.steps.push(Step::Path(escaped(text))),
                Segment::Parameter(name) => {
                    let mut parameters = operation.parameters.iter();
                    let parameter =
                        parameters.find(|p| p.location == Location::Path && p.name == *name);
                    if let Some(parameter) = parameter {
                        self.parameter(parameter);
                    }
                }
            }
        }
        self.steps.extend(operation.query.clone().map(Step::Query));
    }

    pub(super) fn parameter(&mut self, parameter: &api::Parameter) {
        let (api, names) = (self.api, self.names);
        // A header that is set once for all calls can be set as any other header of a call.
        if api.is_global(parameter) && parameter.location == Location::Header {
            return;
        }
        let required = parameter.required && !api.is_global(parameter);
        let scope = self.scope(required);
        let argument = argument(api, names, &parameter.name, parameter.ty, scope);
        let step = Step::Parameter(sent(parameter), argument.ident.clone());
        let fallback = format!("Sets `{}`.", parameter.name);
        self.add(required, argument, step, &parameter.docs, &fallback);
    }

    pub(super) fn body(&mut self, body: &api::Body, media: &api::Media) {
        let (api, names) = (self.api, self.names);
        if !payload::is_in_parts(api, media) {
            let (argument, payload) = payload::body(api, names, media, self.scope(body.required));
            let step = Step::Body(payload, argument.ident.clone());
            return self.add(body.required, argument, step, &body.docs, "Sets the body.");
        }
        if !media.content_type.starts_with(payload::FORM_DATA) {
            let content_type = payload::sent_as(api, media);
            self.steps.push(Step::Multipart(content_type));
        }
        if media.parts.is_empty() {
            let argument = payload::all_parts(self.scope(body.required));
            let step = Step::Part((0, String::new()), Section::All, argument.ident.clone());
            return self.add(body.required, argument, step, &body.docs, "Sets the parts.");
        }
        for (place, member) in media.parts.iter().enumerate() {
            let required = body.required && payload::is_required(member);
            let scope = self.scope(required);
            let (argument, section) = payload::part(api, names, media, member, scope);
            let step = Step::Part(
                (place, member.name.clone()),
                section,
                argument.ident.clone(),
            );
            let fallback = format!("Sets the part `{}`.", member.name);
            self.add(required, argument, step, &member.docs, &fallback);
            let encoding = payload::encoding(media, &member.name);
            for header in encoding.iter().flat_map(|encoding| &encoding.headers) {
                self.part_header(&member.name, required && header.required, header);
            }
        }
    }

    /// Asks for a stream, where the answer is one by choice: a flag of the body says so.
    pub(super) fn flag(&mut self, operation: &api::Operation, media: Option<&api::Media>) {
        const FLAG: &str = "stream";
        let types = &self.api.types;
        let is_required = operation.body.as_ref().is_some_and(|body| body.required);
        let media = media.filter(|media| is_required && is_json(self.api, media));
        let Some(id) = media.and_then(|media| media.ty) else {
            return;
        };
        let object = types[behind(self.api, id).0].shape.as_object();
        let members = object.into_iter().flat_map(|object| &object.members);
        let is_flag = |id| matches!(types[behind(self.api, id).0].shape, Shape::Boolean);
        if members
            .into_iter()
            .any(|member| member.name == FLAG && is_flag(member.ty))
        {
            self.steps.push(Step::Flag(FLAG.to_owned()));
        }
    }

    fn part_header(&mut self, part: &str, required: bool, header: &api::Header) {
        let (api, names) = (self.api, self.names);
        let name = format!("{part} {}", header.name);
        let argument = argument(api, names, &name, header.ty, self.scope(required));
        let sent = Parameter {
            name: header.name.clone(),
            location: Location::Header,
            spelling: Spelling::Usual,
        };
        let step = Step::PartHeader(part.to_owned(), sent, argument.ident.clone());
        let fallback = format!("Sets the header `{}` of the part `{part}`.", header.name);
        self.add(required, argument, step, &header.docs, &fallback);
    }
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
