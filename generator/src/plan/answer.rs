//! What a call returns: its success and its errors, by status.

use super::docs;
use super::ident::{Ident, Scope};
use super::names::Names;
use super::status::{reason, status_words};
use super::types::{RustType, rust_type};
use crate::api::{Api, Media, Operation, Response, Status};

/// What an operation answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The type of a success.
    pub success: RustType,
    /// The type of a documented error.
    pub error: RustType,
    /// The enums that these are, where they are enums.
    pub sums: Vec<Sum>,
    /// What is read for which status.
    pub arms: Vec<Arm>,
}

/// An enum with a variant for each status.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Vec<String>,
    /// Whether it lists errors.
    pub is_error: bool,
    /// Its variants.
    pub variants: Vec<Variant>,
}

/// A variant for one status.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its name.
    pub ident: Ident,
    /// Its documentation.
    pub docs: Vec<String>,
    /// What it carries.
    pub body: Option<RustType>,
    /// The status as it is shown: `404 Not Found`.
    pub label: String,
}

/// What is read for a status.
#[derive(Debug, Clone, PartialEq)]
pub struct Arm {
    /// Which status.
    pub pattern: Pattern,
    /// Whether it is an error.
    pub is_error: bool,
    /// The variant it becomes, where it becomes one.
    pub variant: Option<(Ident, Ident)>,
    /// How the body is read.
    pub decoder: Decoder,
}

impl Arm {
    /// Whether the body is read.
    pub fn reads(&self) -> bool {
        self.decoder != Decoder::Nothing
    }
}

/// Which status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// One code.
    Code(u16),
    /// A hundred codes from this one.
    Hundred(u16),
    /// Every other code of success.
    OtherSuccess,
    /// Every other code that is no success.
    OtherError,
}

/// How a body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoder {
    /// It is not.
    Nothing,
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As it is.
    Bytes,
}

/// A response that has been sorted.
struct Sorted<'a> {
    response: &'a Response,
    pattern: Pattern,
    body: Option<RustType>,
    decoder: Decoder,
}

/// Decides what an operation answers; `method` is the path of its method.
pub(super) fn answer(api: &Api, names: &Names, index: usize, method: &str) -> Answer {
    let operation = &api.operations[index];
    if operation.responses.is_empty() {
        return any_success();
    }
    let (successes, errors): (Vec<_>, Vec<_>) = sorted(api, names, operation)
        .into_iter()
        .partition(|sorted| is_success(sorted.pattern));
    let name = names.operation(index);
    let success_sum = (successes.len() > 1).then(|| {
        let docs = format!("How [`{method}`] succeeds.");
        sum(name.with("Success"), docs, false, &successes)
    });
    let error_sum = (!errors.is_empty()).then(|| {
        let docs = format!("The documented errors of [`{method}`].");
        sum(name.with("Error"), docs, true, &errors)
    });
    let mut arms = arms(&successes, success_sum.as_ref(), false);
    arms.extend(self::arms(&errors, error_sum.as_ref(), true));
    arms.sort_by_key(|arm| order(arm.pattern));
    let local = |sum: &Sum| RustType::Local(sum.ident.clone());
    Answer {
        success: match (&success_sum, successes.first()) {
            (Some(sum), _) => local(sum),
            (None, Some(only)) => only.body.clone().unwrap_or(RustType::Unit),
            (None, None) => RustType::Unit,
        },
        error: error_sum.as_ref().map_or(RustType::Infallible, local),
        sums: success_sum.into_iter().chain(error_sum).collect(),
        arms,
    }
}

/// Where no responses are declared, every status of success is one.
fn any_success() -> Answer {
    Answer {
        success: RustType::Unit,
        error: RustType::Infallible,
        sums: Vec::new(),
        arms: vec![Arm {
            pattern: Pattern::Hundred(200),
            is_error: false,
            variant: None,
            decoder: Decoder::Nothing,
        }],
    }
}

/// A `default` response stands for success where no success is declared, else for errors.
fn sorted<'a>(api: &'a Api, names: &Names, operation: &'a Operation) -> Vec<Sorted<'a>> {
    let declares_success = operation
        .responses
        .iter()
        .any(|r| matches!(r.status, Status::Code(200..=299) | Status::Range(2)));
    operation
        .responses
        .iter()
        .map(|response| {
            let (body, decoder) = body(api, names, &response.content);
            Sorted {
                response,
                pattern: match response.status {
                    Status::Code(code) => Pattern::Code(code),
                    Status::Range(digit) => Pattern::Hundred(digit * 100),
                    Status::Default if declares_success => Pattern::OtherError,
                    Status::Default => Pattern::OtherSuccess,
                },
                body,
                decoder,
            }
        })
        .collect()
}

fn is_success(pattern: Pattern) -> bool {
    match pattern {
        Pattern::Code(code) | Pattern::Hundred(code) => (200..300).contains(&code),
        Pattern::OtherSuccess => true,
        Pattern::OtherError => false,
    }
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

fn body(api: &Api, names: &Names, content: &[Media]) -> (Option<RustType>, Decoder) {
    let Some(media) = preferred(content) else {
        return (None, Decoder::Nothing);
    };
    let content_type = media.content_type.as_str();
    if is_json(content_type) {
        let ty = media.ty.map(|id| rust_type(api, names, id));
        (Some(ty.unwrap_or(RustType::Json)), Decoder::Json)
    } else if content_type.starts_with("text/") {
        (Some(RustType::String), Decoder::Text)
    } else {
        (Some(RustType::Bytes), Decoder::Bytes)
    }
}

/// JSON where it is offered, else the first content type.
pub(super) fn preferred(content: &[Media]) -> Option<&Media> {
    let json = content.iter().find(|media| is_json(&media.content_type));
    json.or(content.first())
}

/// JSON and the types built on it (RFC 6839, section 3.1).
pub(super) fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
        || essence.to_ascii_lowercase().ends_with("+json")
        || essence == "*/*"
}

fn sum(ident: Ident, docs: String, is_error: bool, responses: &[Sorted<'_>]) -> Sum {
    let mut scope = Scope::default();
    let variants = responses
        .iter()
        .map(|sorted| Variant {
            ident: scope.take(&[Ident::type_name(&status_words(sorted.response.status))]),
            docs: docs::text(
                &sorted.response.description,
                &format!("`{}`", label(sorted.response.status)),
            ),
            body: sorted.body.clone(),
            label: label(sorted.response.status),
        })
        .collect();
    Sum {
        ident,
        docs: vec![docs],
        is_error,
        variants,
    }
}

/// The status as people know it: `404 Not Found`.
pub(super) fn label(status: Status) -> String {
    match status {
        Status::Code(code) => match reason(code) {
            Some(reason) => format!("{code} {reason}"),
            None => code.to_string(),
        },
        Status::Range(_) => format!("{status} {}", status_words(status)),
        Status::Default => "another status".to_owned(),
    }
}

fn arms(responses: &[Sorted<'_>], sum: Option<&Sum>, is_error: bool) -> Vec<Arm> {
    responses
        .iter()
        .enumerate()
        .map(|(index, sorted)| Arm {
            pattern: sorted.pattern,
            is_error,
            variant: sum.map(|sum| (sum.ident.clone(), sum.variants[index].ident.clone())),
            decoder: sorted.decoder,
        })
        .collect()
}
