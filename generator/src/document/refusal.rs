//! Why there is no tree.

use std::fmt::Display;

use super::limits::{DEEPEST, Limits};
use crate::diagnostic::{Code, Diagnostics, Place};

/// What is wrong with a text as a whole, and where.
pub struct Refusal {
    code: Code,
    place: Place,
    message: String,
    help: String,
}

impl Refusal {
    /// The file is no text that can be read.
    pub fn unreadable(name: &str, reason: impl Display) -> Self {
        Self {
            code: Code::Unreadable,
            place: Place::File,
            message: format!("`{name}` cannot be read: {reason}"),
            help: "give the path of an OpenAPI document in UTF-8".to_owned(),
        }
    }

    /// The text is none of its format.
    pub fn syntax(place: Place, message: impl Into<String>) -> Self {
        Self {
            code: Code::Syntax,
            place,
            message: message.into(),
            help: "correct the text; nothing after this place was read".to_owned(),
        }
    }

    /// It is more than a limit allows.
    pub fn limited(limit: &str, place: Place, message: String) -> Self {
        Self {
            code: Code::TooLarge,
            place,
            message,
            help: Limits::help(limit),
        }
    }

    /// A value lies too deep.
    pub fn too_deep(place: Place) -> Self {
        Self {
            code: Code::TooLarge,
            place,
            message: format!("objects and arrays lie more than {DEEPEST} deep in each other"),
            help: "define inner schemas under `components`, and refer to them by `$ref`".to_owned(),
        }
    }

    /// The same with other words on what helps.
    #[must_use]
    pub fn help(mut self, help: &str) -> Self {
        help.clone_into(&mut self.help);
        self
    }

    /// Reports it.
    pub fn report(self, diagnostics: &mut Diagnostics) {
        diagnostics.fatal(self.code, self.place, self.message, self.help);
    }
}
