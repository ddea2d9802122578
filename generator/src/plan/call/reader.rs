//! The functions that say what a response means. Operations whose responses are read alike share one.

use super::codec::Decoder;
use super::outcome::{MatchArm, Outcome};
use super::pattern::Pattern;
use crate::plan::names::{Ident, Scope};
use crate::plan::types::RustType;

/// A function that says what a response means.
#[derive(Debug, Clone, PartialEq)]
pub struct Reader {
    /// Its name.
    pub ident: Ident,
    /// The type of a success; `None` where it reads any type from JSON.
    pub success: Option<RustType>,
    /// The same of a documented error.
    pub error: Option<RustType>,
    /// What is read for which status.
    pub arms: Vec<MatchArm>,
}

/// The readers of the operations of a tag.
#[derive(Default)]
pub(super) struct Readers {
    scope: Scope,
    pub list: Vec<Reader>,
}

impl Readers {
    /// The name of the reader of what an operation responds with that is called so.
    pub(super) fn of(&mut self, call: &Ident, outcome: &Outcome) -> Ident {
        let reader = reader(call, outcome);
        let is_same = |known: &&Reader| {
            known.success == reader.success
                && known.error == reader.error
                && known.arms == reader.arms
        };
        if let Some(known) = self.list.iter().find(is_same) {
            return known.ident.clone();
        }
        let ident = self.scope.take(std::slice::from_ref(&reader.ident));
        self.list.push(Reader {
            ident: ident.clone(),
            ..reader
        });
        ident
    }
}

/// What reads the responses of an operation; an enum that has another name is called by its first.
fn reader(call: &Ident, outcome: &Outcome) -> Reader {
    let first = |ident: &Ident| match &outcome.alias {
        Some(alias) if alias.ident == *ident => alias.of.clone(),
        Some(_) | None => ident.clone(),
    };
    let mut arms = outcome.arms.clone();
    for (ident, _) in arms.iter_mut().filter_map(|arm| arm.variant.as_mut()) {
        *ident = first(ident);
    }
    let ty = |is_error: bool, ty: &RustType| {
        let mut own = arms.iter().filter(|arm| arm.is_error == is_error);
        let is_any = own.clone().count() > 0
            && own.all(|arm| arm.variant.is_none() && arm.decoder == Decoder::Json);
        (!is_any).then(|| {
            if let RustType::Local(ident) = ty {
                RustType::Local(first(ident))
            } else {
                ty.clone()
            }
        })
    };
    Reader {
        ident: name(call, &arms),
        success: ty(false, &outcome.success),
        error: ty(true, &outcome.error),
        arms,
    }
}

/// A reader that makes enums is called after the operation, others after the statuses they know.
fn name(call: &Ident, arms: &[MatchArm]) -> Ident {
    if arms.iter().any(|arm| arm.variant.is_some()) {
        return call.after("read_");
    }
    let mut words: Vec<String> = arms.iter().map(|arm| status(arm.pattern)).collect();
    words.dedup();
    Ident::value_name(&format!("read {}", words.join(" ")))
}

fn status(pattern: Pattern) -> String {
    match pattern {
        Pattern::Code(code) => code.to_string(),
        Pattern::Hundred(from) => format!("{}xx", from / 100),
        Pattern::OtherSuccess | Pattern::OtherError => "default".to_owned(),
    }
}
