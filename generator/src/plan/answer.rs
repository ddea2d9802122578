//! What a call returns: its success and its errors, by status.

use super::content::{Decoder, content_words, readings};
use super::docs;
use super::ident::{Ident, Scope};
use super::names::Names;
use super::status::{reason, status_words};
use super::types::RustType;
use crate::api::{Api, Operation, Response, Status};

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
    /// The content type it is for, where other answers of this status have another.
    pub content_type: Option<String>,
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
    /// Every other code of success (2xx).
    OtherSuccess,
    /// Every other code that is no success.
    OtherError,
}

/// A response that has been sorted.
struct Sorted<'a> {
    response: &'a Response,
    pattern: Pattern,
    is_error: bool,
    /// The content type, where it is one of several.
    content_type: Option<&'a str>,
    /// Whether it is the usual one of several.
    is_usual: bool,
    rank: u8,
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
        .partition(|sorted| !sorted.is_error);
    let name = names.operation(index);
    let success_sum = (successes.len() > 1).then(|| {
        let docs = format!("How [`{method}`] succeeds.");
        sum(name.with("Success"), docs, false, &successes)
    });
    let error_sum = (!errors.is_empty()).then(|| {
        let docs = format!("The documented errors of [`{method}`].");
        sum(name.with("Error"), docs, true, &errors)
    });
    let mut arms = arms(&successes, success_sum.as_ref());
    arms.extend(self::arms(&errors, error_sum.as_ref()));
    arms.sort_by_key(|(rank, arm)| (order(arm.pattern), *rank));
    let mut arms: Vec<Arm> = arms.into_iter().map(|(_, arm)| arm).collect();
    let patterns: Vec<Pattern> = arms.iter().map(|arm| arm.pattern).collect();
    for (index, arm) in arms.iter_mut().enumerate() {
        if patterns.get(index + 1) != Some(&arm.pattern) {
            arm.content_type = None;
        }
    }
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
            content_type: None,
            is_error: false,
            variant: None,
            decoder: Decoder::Nothing,
        }],
    }
}

/// The responses by their statuses. A redirect is what an operation without a 2xx is for. Where
/// there is neither, `default` stands for every status, be it one of success or not.
fn sorted<'a>(api: &'a Api, names: &Names, operation: &'a Operation) -> Vec<Sorted<'a>> {
    let has = |wanted: fn(Status) -> bool| operation.responses.iter().any(|r| wanted(r.status));
    let has_success = has(Status::is_success);
    let is_success = |status: Status| status.is_success() || !has_success && is_redirect(status);
    let mut list = Vec::new();
    for response in &operation.responses {
        let is_error = !is_success(response.status);
        let patterns = match response.status {
            Status::Code(code) => vec![(Pattern::Code(code), is_error)],
            Status::Range(digit) => vec![(Pattern::Hundred(digit * 100), is_error)],
            Status::Default if has_success || has(is_redirect) => vec![(Pattern::OtherError, true)],
            Status::Default => vec![(Pattern::OtherSuccess, false), (Pattern::OtherError, true)],
        };
        for (pattern, is_error) in patterns {
            list.extend(of_pattern(api, names, response, (pattern, is_error)));
        }
    }
    list
}

/// A response with each of its contents.
fn of_pattern<'a>(
    api: &'a Api,
    names: &Names,
    response: &'a Response,
    (pattern, is_error): (Pattern, bool),
) -> Vec<Sorted<'a>> {
    let nothing = Sorted {
        response,
        pattern,
        is_error,
        content_type: None,
        is_usual: true,
        rank: 0,
        body: None,
        decoder: Decoder::Nothing,
    };
    let readings = readings(api, names, &response.content);
    let is_one_of_several = readings.len() > 1;
    if readings.is_empty() {
        return vec![nothing];
    }
    let readings = readings.into_iter().enumerate();
    readings
        .map(|(index, reading)| Sorted {
            content_type: is_one_of_several.then_some(reading.content_type),
            is_usual: index == 0,
            rank: reading.rank,
            body: Some(reading.body),
            decoder: reading.decoder,
            ..nothing
        })
        .collect()
}

/// Redirects, which are not followed. That nothing has changed (304) is none.
fn is_redirect(status: Status) -> bool {
    matches!(status, Status::Code(300..=303 | 305..=308) | Status::Range(3))
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

fn sum(ident: Ident, docs: String, is_error: bool, responses: &[Sorted<'_>]) -> Sum {
    let mut scope = Scope::default();
    let variants = responses
        .iter()
        .map(|sorted| {
            let label = label(sorted.response.status);
            let words = status_words(sorted.response.status);
            let mut docs = docs::text(&sorted.response.description, &format!("`{label}`"));
            let mut names = vec![Ident::type_name(&words)];
            if let Some(content_type) = sorted.content_type {
                docs.extend([String::new(), format!("The body is `{content_type}`.")]);
                let full = format!("{words} {}", content_words(content_type));
                names.push(Ident::type_name(&full));
            }
            if !sorted.is_usual {
                names.remove(0);
            }
            Variant {
                ident: scope.take(&names),
                docs,
                body: sorted.body.clone(),
                label,
            }
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

/// The arms, each with the rank of its content type.
fn arms(responses: &[Sorted<'_>], sum: Option<&Sum>) -> Vec<(u8, Arm)> {
    responses
        .iter()
        .enumerate()
        .map(|(index, sorted)| {
            let arm = Arm {
                pattern: sorted.pattern,
                content_type: sorted.content_type.map(str::to_owned),
                is_error: sorted.is_error,
                variant: sum.map(|sum| (sum.ident.clone(), sum.variants[index].ident.clone())),
                decoder: sorted.decoder.clone(),
            };
            (sorted.rank, arm)
        })
        .collect()
}
