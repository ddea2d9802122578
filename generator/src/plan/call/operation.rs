//! Operations, and the ways to call each.

use indexmap::IndexMap;

use super::argument::{Argument, sent};
use super::documented::Content;
use super::example::{Example, example};
use super::fields::Short;
use super::outcome::{self, Outcome};
use super::pages::{self, Pages};
use super::reader::{Reader, Readers};
use super::request::Built;
use super::step::{Setter, Step};
use super::stream::{self, Stream};
use super::{Context, docs, fields, reading, request};

use crate::api::{self, Api, CredentialLocation, Grouped, JSON, Location, Origin};
use crate::plan::failures::Failure;
use crate::plan::names::{CallNames, Ident, Names};
use crate::plan::ways::{self, Given, Way};
use crate::plan::words::{self, Docs, Text};

/// The operations of a tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// Where the document declares it.
    pub origin: Origin,
    /// The module, and the client's function that leads to it.
    pub module: Ident,
    /// The type whose functions are the operations.
    pub client: Ident,
    /// The type whose functions are what a test double answers to them.
    pub mock: Ident,
    /// The documentation of both.
    pub docs: Docs,
    /// The operations.
    pub operations: Vec<Operation>,
    /// The functions that say what their responses mean.
    pub readers: Vec<Reader>,
}

impl Tag {
    /// Whether a function of it calls another one that should no longer be used.
    pub(in crate::plan) fn uses_deprecated(&self) -> bool {
        let mut deprecated = self.operations.iter().filter(|of| of.deprecated);
        deprecated.any(|of| of.calls.iter().any(|call| call.short.is_some()))
    }
}

/// An operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Where the document describes it.
    pub origin: Origin,
    /// The `operationId`.
    pub id: String,
    /// The HTTP method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// Whether it should no longer be used.
    pub deprecated: bool,
    /// Alternatives of credentials, by the name of the constant that describes them.
    pub security: Vec<Vec<Ident>>,
    /// What comes back.
    pub outcome: Outcome,
    /// The function that says what a response means.
    pub reader: Ident,
    /// The ways to call it, the usual one first.
    pub calls: Vec<Call>,
}

/// A way to call an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The name of the function.
    pub ident: Ident,
    /// The function that takes what the body requires in place of the body.
    pub short: Option<Short>,
    /// The type of the call, where it has setters.
    pub ty: Option<Ident>,
    /// Its documentation.
    pub docs: Docs,
    /// What the function takes.
    pub arguments: Vec<Argument>,
    /// How the request is put together.
    pub steps: Vec<Step>,
    /// What the call takes besides.
    pub setters: Vec<Setter>,
    /// What is sent as the body.
    pub content: Option<Content>,
    /// How the response is read item by item, where it is.
    pub stream: Option<Stream>,
    /// How its items are read page by page, where they are.
    pub pages: Option<Pages>,
    /// How it is called, or the function that takes fields in place of the body.
    pub example: Option<Example>,
}

impl Call {
    /// The function that is called as a rule: the one that takes fields, where there is one.
    pub fn usual(&self) -> (&Ident, &Docs) {
        match &self.short {
            Some(short) => (&short.ident, &short.docs),
            None => (&self.ident, &self.docs),
        }
    }

    /// What that function takes.
    pub fn taken(&self) -> impl Iterator<Item = &Argument> {
        let of_short = self
            .short
            .iter()
            .flat_map(|short| short.shared.iter().chain(&short.fields));
        let own = self.arguments.iter().filter(|_| self.short.is_none());
        of_short.chain(own)
    }

    /// The steps of putting the request together, those of setters among them.
    pub fn all_steps(&self) -> impl Iterator<Item = &Step> {
        let setters = self.setters.iter().map(|setter| &setter.step);
        self.steps.iter().chain(setters)
    }
}

/// Decides all operations.
pub(in crate::plan) fn tags(
    context: Context<'_>,
    ways: &[Vec<Way<'_>>],
    failures: &[Failure],
) -> Vec<Tag> {
    let Context { api, names, .. } = context;
    let mut by_tag: IndexMap<Option<&str>, Vec<usize>> = IndexMap::new();
    let declared = api.tags.iter().map(|tag| (Some(&*tag.name), Vec::new()));
    by_tag.extend(declared);
    for (index, operation) in api.operations.iter().enumerate() {
        by_tag
            .entry(operation.tag.as_deref())
            .or_default()
            .push(index);
    }
    let declared = api.tags.iter().map(Some).chain([None]);
    let tags = by_tag.into_iter().zip(names.tags());
    tags.zip(declared)
        .map(|(((tag, indices), names_of_tag), declared)| {
            let is_tagged = |index: &usize| api.operations[*index].grouped == Grouped::ByTag;
            let fallback = match tag {
                Some(tag) if indices.iter().all(is_tagged) => {
                    Text::own("The operations tagged ").code_then(tag, ".")
                }
                Some(name) => Text::own("The operations on ").code_then(name, "."),
                None => Text::own("The operations without a tag."),
            };
            let mut readers = Readers::default();
            let operations = indices.into_iter();
            let operations = operations.map(|index| {
                let behind = (&*ways[index], &failures[index]);
                operation(context, index, behind, &names_of_tag.client, &mut readers)
            });
            let operations = operations.collect();
            let description = declared.map(|tag| &*tag.description);
            Tag {
                origin: declared.map_or_else(Origin::several, |tag| tag.origin.clone()),
                module: names_of_tag.module.clone(),
                client: names_of_tag.client.clone(),
                mock: names_of_tag.client.with("Mock"),
                docs: words::described(description.unwrap_or_default(), fallback),
                operations,
                readers: readers.list,
            }
        })
        .collect()
}

fn operation(
    context: Context<'_>,
    index: usize,
    (ways, failure): (&[Way<'_>], &Failure),
    client: &Ident,
    readers: &mut Readers,
) -> Operation {
    let Context { api, names, .. } = context;
    let described = &api.operations[index];
    let idents = names.calls(index);
    let link = Text::link(&[client, function(&idents[0], &ways[0])]);
    let calls = ways.iter().zip(idents).enumerate();
    let outcome = outcome::outcome(context, (index, failure), &link);
    Operation {
        origin: described.origin.clone(),
        id: described.id.clone(),
        method: described.method.as_str().to_owned(),
        path: described.path_template(),
        deprecated: described.docs.deprecated,
        security: security(api, names, described),
        reader: readers.of(&idents[0].ident, &outcome),
        outcome,
        calls: calls
            .map(|(way, (chosen, idents))| {
                call(context, described, (chosen, way), (client, idents))
            })
            .collect(),
    }
}

/// The function that is called as a rule: the one that takes fields, where there is one.
fn function<'a>(idents: &'a CallNames, way: &Way<'_>) -> &'a Ident {
    let whole = idents.whole.as_ref();
    let is_alone = way.given == Given::Fields { are_few: false };
    whole.filter(|_| is_alone).unwrap_or(&idents.ident)
}

fn call(
    context: Context<'_>,
    operation: &api::Operation,
    (way, index): (&Way<'_>, usize),
    (client, idents): (&Ident, &CallNames),
) -> Call {
    let Context { api, names, .. } = context;
    let mut built = Built::new(context, operation);
    built.server(operation);
    built.path(operation);
    for parameter in &operation.parameters {
        if parameter.location != Location::Path {
            built.parameter(parameter);
        }
    }
    built.steps.extend(globals(api, operation));
    built
        .steps
        .extend(operation.retries.clone().map(Step::Retries));
    let shared = built.arguments.clone();
    let fields = body(&mut built, operation, way, &idents.ident);
    let stream = way.stream.map(|media| stream::stream(api, names, media));
    if stream.is_none() {
        built
            .steps
            .extend(accepted(api, names, operation).map(Step::Accept));
    }
    let pages = pages::pages(api, names, operation).filter(|_| index == 0 && stream.is_none());
    let docs = |arguments: &[Argument]| docs::call_docs(operation, (way, index), arguments);
    let usual = function(idents, way);
    let short = fields.filter(|_| *usual == idents.ident);
    let short = short.map(|(body, fields)| Short {
        ident: idents.ident.clone(),
        docs: docs(&[&shared[..], &fields].concat()),
        shared,
        fields,
        body,
        is_optional: operation.body.as_ref().is_some_and(|body| !body.required),
    });
    Call {
        example: shown(context, (operation, way), &built, short.as_ref()),
        ident: idents.whole.as_ref().unwrap_or(usual).clone(),
        ty: (!built.setters.is_empty() || pages.is_some()).then(|| idents.call()),
        docs: match &short {
            Some(short) => fields::whole_docs(client, &short.ident),
            None => docs(&built.arguments),
        },
        short,
        arguments: built.arguments,
        steps: built.steps,
        setters: built.setters,
        content: way.body.map(|media| Content::of(media, context)),
        stream,
        pages,
    }
}

/// How the function is called that is called as a rule.
fn shown(
    context: Context<'_>,
    (operation, way): (&api::Operation, &Way<'_>),
    built: &Built<'_>,
    short: Option<&Short>,
) -> Option<Example> {
    if !context.shows_examples {
        return None;
    }
    let taken: Vec<&Argument> = match short {
        Some(short) => short.shared.iter().chain(&short.fields).collect(),
        None => built.arguments.iter().collect(),
    };
    let (models, described) = ((context.api, context.models), (operation, way.body));
    example(models, described, taken.into_iter(), &built.setters)
}

/// Adds the body; returns its type and its fields that a function takes in its place.
fn body(
    built: &mut Built<'_>,
    operation: &api::Operation,
    way: &Way<'_>,
    function: &Ident,
) -> Option<(Ident, Vec<Argument>)> {
    let (body, media) = (operation.body.as_ref()?, way.body?);
    let flag = ways::has_choice(operation);
    let flag = flag.then(|| request::flag(built.context.api, operation, media));
    let flag = flag.flatten();
    let set = flag.filter(|_| way.stream.is_some());
    if way.given == Given::Whole {
        built.body(body, media);
        built.steps.extend(set.map(Step::Flag));
        return None;
    }
    built.draft((body, media), set, function.after("write_"));
    built.fields(media, flag)
}

/// The alternatives of schemes whose credentials are sent with the request.
fn security(api: &Api, names: &Names, operation: &api::Operation) -> Vec<Vec<Ident>> {
    let is_sent =
        |scheme: &&usize| api.schemes[**scheme].location != CredentialLocation::Connection;
    let alternatives = operation.security.iter().map(|schemes| {
        let schemes = schemes.iter().filter(is_sent);
        schemes
            .map(|scheme| names.schemes()[*scheme].clone())
            .collect()
    });
    alternatives.collect()
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
    for reading in contents.flat_map(|content| reading::readings(api, names, content)) {
        let text = reading.media.media_type.text.as_str();
        if !read.contains(&text) {
            read.push(text);
        }
    }
    let is_usual = read.is_empty() || read == [JSON];
    (!is_usual).then(|| read.join(", "))
}
