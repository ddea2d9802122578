//! What a YAML text would grow to, before it is read: its aliases, and how deep it goes.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser};

use super::limits::{DEEPEST, Limits};
use super::refusal::Refusal;
use crate::diagnostic::Place;

/// About what a value takes beside its text, in bytes.
pub const VALUE: u64 = 64;

/// Refuses a text that nests too deep, or that aliases make too large. What is no YAML passes: that is for the
/// parser to say.
pub fn check(text: &str, limits: &Limits) -> Result<(), Refusal> {
    let mut sizes = Sizes::default();
    for read in Parser::new_from_str(text) {
        let (event, span) = match read {
            Ok(read) => read,
            Err(error) if error.info().starts_with("recursion limit") => {
                let at = error.marker();
                return Err(Refusal::too_deep(Place::Position(at.line(), at.col() + 1)));
            }
            Err(_) => return Ok(()),
        };
        let place = Place::Position(span.start.line(), span.start.col() + 1);
        match event {
            Event::Scalar(text, _, anchor, _) => sizes.add(anchor, VALUE + text.len() as u64),
            Event::Alias(anchor) => sizes.alias(anchor),
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                sizes.open.push((anchor, VALUE));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((anchor, size)) = sizes.open.pop() {
                    sizes.add(anchor, size);
                }
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        if sizes.open.len() > DEEPEST {
            return Err(Refusal::too_deep(place));
        }
        if sizes.added > limits.copies {
            let most = limits.copies;
            let message = format!("aliases make the document more than {most} bytes larger");
            return Err(Refusal::limited("copies", place, message));
        }
    }
    Ok(())
}

/// What values take.
#[derive(Default)]
struct Sizes {
    /// The anchors of the containers that are being read, and what they take so far.
    open: Vec<(usize, u64)>,
    anchored: HashMap<usize, u64>,
    /// What aliases have added.
    added: u64,
}

impl Sizes {
    fn add(&mut self, anchor: usize, size: u64) {
        if anchor > 0 {
            self.anchored.insert(anchor, size);
        }
        if let Some((_, above)) = self.open.last_mut() {
            *above = above.saturating_add(size);
        }
    }

    fn alias(&mut self, anchor: usize) {
        let size = self.anchored.get(&anchor).copied().unwrap_or(VALUE);
        self.added = self.added.saturating_add(size);
        self.add(0, size);
    }
}
