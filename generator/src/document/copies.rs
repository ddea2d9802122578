//! What references copy: each place that refers to a value may get one of its own.

use serde_json::Value;

use super::expansion::VALUE;
use super::limits::Limits;
use crate::diagnostic::{Code, Diagnostics};
use crate::pointer::Pointer;

/// What may still be copied, in bytes.
pub struct Copies {
    most: u64,
    left: Option<u64>,
}

impl Copies {
    pub fn new(limits: Limits) -> Self {
        let most = limits.copies;
        let left = Some(most);
        Self { most, left }
    }

    /// Whether a value may be copied to a place. The first that is too much is reported, and none is copied
    /// behind it.
    pub fn allow(&mut self, value: &Value, at: &Pointer, diagnostics: &mut Diagnostics) -> bool {
        let Some(left) = self.left else {
            return false;
        };
        self.left = rest(value, left);
        if self.left.is_none() {
            let most = self.most;
            let message = format!("references copy more than {most} bytes within the document");
            let help = Limits::help("copies");
            diagnostics.error(Code::TooLarge, at, message, help);
        }
        self.left.is_some()
    }

    /// Whether all that is copied could be.
    pub fn are_complete(&self) -> Option<()> {
        self.left.map(|_| ())
    }
}

/// What is left when a value is taken away.
fn rest(value: &Value, left: u64) -> Option<u64> {
    let left = left.checked_sub(VALUE)?;
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => Some(left),
        Value::String(text) => left.checked_sub(text.len() as u64),
        Value::Array(items) => items.iter().try_fold(left, |left, item| rest(item, left)),
        Value::Object(members) => members.iter().try_fold(left, |left, (name, member)| {
            rest(member, left.checked_sub(name.len() as u64)?)
        }),
    }
}
