//! What a call returns: its success and its errors, by status.

use super::Context;
use super::codec::Decoder;
use super::documented::{self, Content, Documented};
use super::pattern::Pattern;
use super::reading::{Reading, readings};
use crate::api::{Api, Media, Operation, Origin, Response, Status};
use crate::plan::failures::Failure;
use crate::plan::names::{Ident, Names, Scope};
use crate::plan::types::RustType;
use crate::plan::words::{self, Docs, Text};

/// What an operation responds with.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The type of a success.
    pub success: RustType,
    /// The type of a documented error.
    pub error: RustType,
    /// The enums that these are, where they are enums that stand with the operation.
    pub enums: Vec<ResponseEnum>,
    /// Another name for the errors of an earlier operation, where they are the same.
    pub alias: Option<ErrorAlias>,
    /// What is read for which status.
    pub arms: Vec<MatchArm>,
    /// What the document says about the responses.
    pub documented: Vec<Documented>,
}

/// An enum with a variant for each status.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseEnum {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// Its variants.
    pub variants: Vec<Variant>,
}

/// Another name for an enum of errors.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorAlias {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// The enum.
    pub of: Ident,
}

/// A variant for one status.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Where the document describes it.
    pub origin: Origin,
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Docs,
    /// What it carries.
    pub body: Option<RustType>,
}

/// What is read for a status.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchArm {
    /// Which status.
    pub pattern: Pattern,
    /// The media type it is for, where other responses of this status have another.
    pub media_type: Option<String>,
    /// Whether it is an error.
    pub is_error: bool,
    /// The variant it becomes, where it becomes one.
    pub variant: Option<(Ident, Ident)>,
    /// How the body is read.
    pub decoder: Decoder,
}

impl MatchArm {
    /// Whether the body is read.
    pub fn reads(&self) -> bool {
        self.decoder != Decoder::Nothing
    }
}

/// A response that has been sorted.
struct Sorted<'a> {
    response: &'a Response,
    pattern: Pattern,
    is_error: bool,
    /// The content, where it is one of several.
    media: Option<&'a Media>,
    /// The content, where there is any.
    content: Option<&'a Media>,
    /// Whether it is the usual one of several.
    is_usual: bool,
    rank: u8,
    body: Option<RustType>,
    decoder: Decoder,
}

/// Decides what an operation responds with; `link` leads to its function.
pub(super) fn outcome(
    context: Context<'_>,
    (index, failure): (usize, &Failure),
    link: &Text,
) -> Outcome {
    let Context { api, names, .. } = context;
    let operation = &api.operations[index];
    let call = &names.calls(index)[0];
    if operation.responses.is_empty() {
        return any_success();
    }
    let (successes, errors): (Vec<_>, Vec<_>) = sorted(api, names, operation)
        .into_iter()
        .partition(|sorted| !sorted.is_error);
    let success_enum = (successes.len() > 1).then(|| {
        let about = Text::own("How ").and(link).then(" succeeds.");
        response_enum(call.success(), about, &successes, &|response| {
            &response.description
        })
    });
    let error_enum = error_enum(api, names, (index, failure), &errors, link);
    let documented = documented(context, &successes, success_enum.as_ref());
    let documented = documented.chain(self::documented(context, &errors, error_enum.as_ref()));
    let documented = documented.collect();
    let arms = ordered(
        arms(&successes, success_enum.as_ref())
            .into_iter()
            .chain(self::arms(&errors, error_enum.as_ref()))
            .collect(),
    );
    let local = |found: &ResponseEnum| RustType::Local(found.ident.clone());
    let body = |first: Option<&Sorted<'_>>| first.and_then(|first| first.body.clone());
    let alias = match (failure, &error_enum) {
        (Failure::Own(Some(earlier)), Some(own)) => names.error(*earlier).map(|of| ErrorAlias {
            ident: own.ident.clone(),
            docs: own.docs.clone(),
            of: of.clone(),
        }),
        (_, _) => None,
    };
    let success = match &success_enum {
        Some(found) => local(found),
        None => body(successes.first()).unwrap_or(RustType::Unit),
    };
    let error = match (failure, &error_enum) {
        (Failure::Nothing, _) => RustType::Infallible,
        (_, Some(found)) => local(found),
        (_, None) => body(errors.first()).unwrap_or(RustType::Infallible),
    };
    let error_enum = error_enum.filter(|_| failure.is_first(index));
    Outcome {
        success,
        error,
        enums: success_enum.into_iter().chain(error_enum).collect(),
        alias,
        arms,
        documented,
    }
}

/// The enum of an operation's errors, where they are one.
fn error_enum(
    api: &Api,
    names: &Names,
    (index, failure): (usize, &Failure),
    errors: &[Sorted<'_>],
    link: &Text,
) -> Option<ResponseEnum> {
    let about = match failure {
        Failure::Shared { .. } => Text::own("The documented errors of several operations."),
        Failure::Nothing | Failure::Body | Failure::Own(_) => {
            Text::own("The documented errors of ").and(link).then(".")
        }
    };
    let said = |response| said_by_all(api, failure, response);
    let ident = names.error(index)?.clone();
    Some(response_enum(ident, about, errors, &said))
}

/// The arms in the order in which they match; the last one of a status needs no media type.
fn ordered(mut arms: Vec<(u8, MatchArm)>) -> Vec<MatchArm> {
    arms.sort_by_key(|(rank, arm)| (order(arm.pattern), *rank));
    let mut arms: Vec<MatchArm> = arms.into_iter().map(|(_, arm)| arm).collect();
    let patterns: Vec<Pattern> = arms.iter().map(|arm| arm.pattern).collect();
    for (index, arm) in arms.iter_mut().enumerate() {
        if patterns.get(index + 1) != Some(&arm.pattern) {
            arm.media_type = None;
        }
    }
    arms
}

/// Where no responses are declared, every status of success is one.
fn any_success() -> Outcome {
    Outcome {
        success: RustType::Unit,
        error: RustType::Infallible,
        enums: Vec::new(),
        alias: None,
        arms: vec![MatchArm {
            pattern: Pattern::Hundred(200),
            media_type: None,
            is_error: false,
            variant: None,
            decoder: Decoder::Nothing,
        }],
        documented: Vec::new(),
    }
}

/// The responses by their statuses, with each of their contents.
fn sorted<'a>(api: &'a Api, names: &Names, operation: &'a Operation) -> Vec<Sorted<'a>> {
    let is_success = |response: &Response| {
        let mut successes = operation.successes();
        successes.any(|success| success.status == response.status)
    };
    let mut list = Vec::new();
    for response in &operation.responses {
        let is_error = !is_success(response);
        let patterns = match response.status {
            Status::Code(code) => vec![(Pattern::Code(code), is_error)],
            Status::Range(digit) => vec![(Pattern::Hundred(digit * 100), is_error)],
            Status::Default if is_error => vec![(Pattern::OtherError, true)],
            Status::Default => vec![(Pattern::OtherSuccess, false), (Pattern::OtherError, true)],
        };
        let readings = readings(api, names, &response.content);
        for pattern in patterns {
            list.extend(of_pattern(&readings, response, pattern));
        }
    }
    list
}

/// A response with each of its contents.
fn of_pattern<'a>(
    readings: &[Reading<'a>],
    response: &'a Response,
    (pattern, is_error): (Pattern, bool),
) -> Vec<Sorted<'a>> {
    let nothing = Sorted {
        response,
        pattern,
        is_error,
        media: None,
        content: None,
        is_usual: true,
        rank: 0,
        body: None,
        decoder: Decoder::Nothing,
    };
    if readings.is_empty() {
        return vec![nothing];
    }
    let is_one_of_several = readings.len() > 1;
    let readings = readings.iter().enumerate();
    readings
        .map(|(index, reading)| Sorted {
            media: is_one_of_several.then_some(reading.media),
            content: Some(reading.media),
            is_usual: index == 0,
            rank: reading.rank,
            body: Some(reading.body.clone()),
            decoder: reading.decoder.clone(),
            ..nothing
        })
        .collect()
}

/// Codes before ranges before everything else ("Responses Object").
fn order(pattern: Pattern) -> (u8, u16) {
    match pattern {
        Pattern::Code(code) => (0, code),
        Pattern::Hundred(code) => (1, code),
        Pattern::OtherSuccess => (2, 0),
        Pattern::OtherError => (2, 1),
    }
}

/// What the document says about a response; of errors that operations share, what it says of each.
fn said_by_all<'a>(api: &Api, failure: &Failure, response: &'a Response) -> &'a str {
    let description = &*response.description;
    let Failure::Shared { operations, .. } = failure else {
        return description;
    };
    let operations = operations.iter().map(|index| &api.operations[*index]);
    let mut same = operations.flat_map(Operation::errors);
    let is_said =
        |other: &Response| other.status != response.status || other.description == description;
    if same.all(is_said) { description } else { "" }
}

fn response_enum<'a>(
    ident: Ident,
    about: Text,
    responses: &[Sorted<'a>],
    said: &dyn Fn(&'a Response) -> &'a str,
) -> ResponseEnum {
    let mut scope = Scope::default();
    let variants = responses
        .iter()
        .map(|sorted| {
            let status = sorted.response.status;
            let words = status.words();
            let fallback = Text::code(&status.label());
            let mut docs = words::described(said(sorted.response), fallback);
            let mut names = vec![Ident::type_name(&words)];
            if let Some(media) = sorted.media {
                let media_type = &media.media_type;
                let note = Text::own("The body is ").code_then(&media_type.text, ".");
                docs = docs.paragraph(note);
                let full = format!("{words} {}", media_type.words);
                names.push(Ident::type_name(&full));
            }
            if !sorted.is_usual {
                names.remove(0);
            }
            Variant {
                origin: sorted.response.origin.clone(),
                ident: scope.take(&names),
                docs,
                body: sorted.body.clone(),
            }
        })
        .collect();
    ResponseEnum {
        ident,
        docs: Docs::of(about),
        variants,
    }
}

/// The arms, each with the rank of its content type.
fn arms(responses: &[Sorted<'_>], found: Option<&ResponseEnum>) -> Vec<(u8, MatchArm)> {
    responses
        .iter()
        .enumerate()
        .map(|(index, sorted)| {
            let arm = MatchArm {
                pattern: sorted.pattern,
                media_type: sorted.media.map(|media| media.media_type.text.clone()),
                is_error: sorted.is_error,
                variant: found
                    .map(|found| (found.ident.clone(), found.variants[index].ident.clone())),
                decoder: sorted.decoder.clone(),
            };
            (sorted.rank, arm)
        })
        .collect()
}

/// What the document says about these responses.
fn documented<'a>(
    context: Context<'a>,
    responses: &'a [Sorted<'_>],
    found: Option<&'a ResponseEnum>,
) -> impl Iterator<Item = Documented> + use<'a> {
    responses
        .iter()
        .enumerate()
        .map(move |(index, sorted)| Documented {
            pattern: sorted.pattern,
            is_error: sorted.is_error,
            variant: found.map(|found| found.variants[index].ident.clone()),
            body: sorted.body.clone(),
            content: sorted.content.map(|media| Content::of(media, context)),
            about: Text::inline(&sorted.response.description),
            headers: documented::headers(sorted.response),
        })
}
