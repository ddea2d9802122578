//! What is said about things: documentation as data, which each product writes in its own way.
//!
//! *Invariant:* text of the document becomes documentation only as a [`Text`]; a plain `String`
//! cannot be put there.

mod docs;
mod html;
mod markdown;
mod text;

pub use docs::{Docs, DocsSection, Fact, Row};
pub use text::Text;

pub(super) use docs::{described, docs};
