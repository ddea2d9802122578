//! How a request is put together, and what a function takes for it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Context;
use super::argument::{
    Argument, Parameter, ParameterEncoding, Passed, argument_name, passed, sent,
};
use super::codec;
use super::part::{self, Section};
use super::step::{Draft, Setter, Step};
use crate::api::{self, Api, Codec, Docs, Location, Origin, Segment};
use crate::plan::names::{Ident, Scope, reserved};
use crate::plan::types::{RustType, rust_type};
use crate::plan::words::{self, Text};

/// A function that is being put together.
pub(super) struct Built<'a> {
    pub context: Context<'a>,
    scope: Scope,
    setter_scope: Scope,
    pub arguments: Vec<Argument>,
    pub steps: Vec<Step>,
    pub setters: Vec<Setter>,
}

/// What the document says about a value that is passed.
pub(super) struct Described<'a> {
    pub origin: &'a Origin,
    pub docs: &'a Docs,
    pub required: bool,
    /// What a setter is said to do, where the document says nothing.
    pub fallback: Text,
}

impl<'a> Built<'a> {
    pub(super) fn new(context: Context<'a>, operation: &api::Operation) -> Self {
        let mut taken = reserved::CALL.clone();
        taken.extend(operation.pagination.is_some().then_some(reserved::ITEMS));
        taken.extend((!operation.servers.is_empty()).then_some(reserved::BASE_URL));
        Self {
            context,
            scope: Scope::with(&reserved::VARIABLES),
            setter_scope: Scope::with(&taken),
            arguments: Vec::new(),
            steps: Vec::new(),
            setters: Vec::new(),
        }
    }

    pub(super) fn scope(&mut self, required: bool) -> &mut Scope {
        if required {
            &mut self.scope
        } else {
            &mut self.setter_scope
        }
    }

    /// Adds an argument, or a setter for what may be left out.
    pub(super) fn add(&mut self, of: &Described<'_>, ident: Ident, passed: Passed, step: Step) {
        let argument = |fallback: Text| Argument {
            origin: of.origin.clone(),
            ident,
            passed,
            docs: words::docs(of.docs, fallback),
        };
        if of.required {
            let mut argument = argument(Text::default());
            if of.docs.deprecated {
                argument.docs.text.push(Text::own("Deprecated."));
            }
            self.arguments.push(argument);
            self.steps.push(step);
        } else {
            self.setters.push(Setter {
                argument: argument(of.fallback.clone()),
                deprecated: of.docs.deprecated,
                step,
            });
        }
    }

    /// The operation's own address, which can be another one for a call.
    pub(super) fn server(&mut self, operation: &api::Operation) {
        let Some(first) = operation.servers.first() else {
            return;
        };
        let usual = first.default_url();
        let ident = Ident::value_name(reserved::BASE_URL);
        let about = "Sets the base URL of this operation, which its path is appended to.";
        let default = Text::own("Default: ").and(&Text::code(&usual));
        let mut docs = words::Docs::of(Text::own(about)).paragraph(default);
        let others = operation.servers.iter().skip(1);
        let others: Vec<Text> = others.map(|s| Text::code(&s.default_url())).collect();
        if !others.is_empty() {
            docs = docs.paragraph(Text::own("Others: ").and(&Text::join(others, ", ")));
        }
        let is_own = |server: &api::Server| {
            let mut own = operation.servers.iter();
            own.any(|own| own.is_same(server))
        };
        let types = self.context.names.servers().iter();
        let types = types.filter(|name| is_own(&name.server));
        let links: Vec<Text> = types.map(|name| Text::root_link(&name.ident)).collect();
        if !links.is_empty() {
            let links = Text::join(links, ", ");
            docs = docs.paragraph(Text::own("By the variables of its URL: ").and(&links));
        }
        self.steps.push(Step::Server(usual));
        self.setters.push(Setter {
            argument: Argument {
                origin: first.origin.clone(),
                ident: ident.clone(),
                passed: Passed::Url,
                docs,
            },
            deprecated: false,
            step: Step::BaseUrl(ident),
        });
    }

    /// The path, and the arguments it needs, in its order.
    pub(super) fn path(&mut self, operation: &api::Operation) {
        for segment in &operation.path {
            match segment {
                Segment::Literal(text) => self.steps.push(Step::Path(in_path(text))),
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
        // A header that is set once for all calls can be set as any other header of a call.
        if self.context.api.is_global(parameter) && parameter.location == Location::Header {
            return;
        }
        let required = parameter.required && !self.context.api.is_global(parameter);
        let ident = argument_name(parameter.called(), self.scope(required));
        let of = Described {
            origin: &parameter.origin,
            docs: &parameter.docs,
            required,
            fallback: Text::own("Sets ").code_then(&parameter.name, "."),
        };
        let passed = passed(self.context.api, self.context.names, parameter.ty);
        let step = Step::Parameter(sent(parameter), ident.clone());
        self.add(&of, ident, passed, step);
        if !required && parameter.is_idempotency_key() {
            self.steps
                .push(Step::IdempotencyKey(parameter.name.clone()));
        }
    }

    pub(super) fn body(&mut self, body: &api::Body, media: &api::Media) {
        let docs = Docs {
            example: media.example.clone(),
            ..body.docs.clone()
        };
        let of = |fallback: &'static str| Described {
            origin: &media.origin,
            docs: &docs,
            required: body.required,
            fallback: Text::own(fallback),
        };
        let codec = media.codec();
        if !codec.is_multipart() {
            let ident = self.content_name("body", body.required);
            let (passed, payload) = codec::payload(self.context.api, self.context.names, media);
            let step = Step::Body(payload, ident.clone());
            return self.add(&of("Sets the body."), ident, passed, step);
        }
        if codec == Codec::Multipart {
            let media_type = media.media_type.sent_as().to_owned();
            self.steps.push(Step::Multipart(media_type));
        }
        if media.parts.is_empty() {
            let ident = self.content_name("parts", body.required);
            let step = Step::Part((0, String::new()), Section::All, ident.clone());
            return self.add(&of("Sets the parts."), ident, Passed::AllParts, step);
        }
        for (place, property) in media.parts.iter().enumerate() {
            self.part(body, media, (place, property));
        }
    }

    /// An argument for a whole body.
    fn content_name(&mut self, name: &str, required: bool) -> Ident {
        let ident = Ident::value_name(name);
        let qualified = ident.with("_content");
        self.scope(required).take(&[ident, qualified])
    }

    /// An argument for a part, and those for its headers.
    fn part(
        &mut self,
        body: &api::Body,
        media: &api::Media,
        (place, property): (usize, &api::Property),
    ) {
        let required = body.required && part::is_required(property);
        let ident = argument_name(property.called(), self.scope(required));
        let (passed, section) = part::part(self.context.api, self.context.names, media, property);
        let step = Step::Part((place, property.name.clone()), section, ident.clone());
        let of = Described {
            origin: &property.origin,
            docs: &property.docs,
            required,
            fallback: Text::own("Sets the part ").code_then(&property.name, "."),
        };
        self.add(&of, ident, passed, step);
        let encoding = part::encoding(media, &property.name);
        for header in encoding.iter().flat_map(|encoding| &encoding.headers) {
            self.part_header(&property.name, required && header.required, header);
        }
    }

    fn part_header(&mut self, part: &str, required: bool, header: &api::Header) {
        let name = format!("{part} {}", header.name);
        let ident = argument_name(&name, self.scope(required));
        let sent = Parameter {
            name: header.name.clone(),
            location: Location::Header,
            encoding: ParameterEncoding::Usual,
        };
        let step = Step::PartHeader(part.to_owned(), sent, ident.clone());
        let fallback = Text::own("Sets the header ").code_then(&header.name, " of the part ");
        let of = Described {
            origin: &header.origin,
            docs: &header.docs,
            required,
            fallback: fallback.code_then(part, "."),
        };
        let passed = passed(self.context.api, self.context.names, header.ty);
        self.add(&of, ident, passed, step);
    }

    /// The body whose fields setters can still change, and a property of it that is set.
    pub(super) fn draft(
        &mut self,
        (body, media): (&api::Body, &api::Media),
        flag: Option<&'static str>,
        writer: Ident,
    ) {
        let ident = self.content_name("body", true);
        let (_, payload) = codec::payload(self.context.api, self.context.names, media);
        let ty = media.ty.map_or(RustType::Json, |id| {
            rust_type(self.context.api, self.context.names, id)
        });
        let of = Described {
            origin: &media.origin,
            docs: &body.docs,
            required: true,
            fallback: Text::default(),
        };
        let draft = Draft {
            ty: ty.clone(),
            payload,
            flag,
            writer,
        };
        let step = Step::Draft(draft, ident.clone());
        self.add(&of, ident, Passed::Value(ty), step);
    }
}

/// The property of a body that asks for a stream.
const FLAG: &str = "stream";

/// The property of a body that asks for a stream, where the response is one by choice.
pub(super) fn flag(
    api: &Api,
    operation: &api::Operation,
    media: &api::Media,
) -> Option<&'static str> {
    let is_required = operation.body.as_ref().is_some_and(|body| body.required);
    let ty = media
        .ty
        .filter(|_| is_required && media.codec() == Codec::Json);
    let object = api.types.resolved_shape(ty?).as_object()?;
    let is_flag = |property: &api::Property| {
        property.name == FLAG && api.types.resolved_shape(property.ty).is_boolean()
    };
    object.properties.iter().any(is_flag).then_some(FLAG)
}

/// What stands in a path as it is (RFC 3986, section 3.3); what is encoded already stays so.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/')
    .remove(b'%');

/// A path's text as it stands in a URL.
fn in_path(text: &str) -> String {
    utf8_percent_encode(text, IN_PATH).to_string()
}
