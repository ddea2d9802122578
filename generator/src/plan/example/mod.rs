//! Values of examples, and Rust expressions of them.

mod expression;
mod value;

pub use expression::Expression;

pub(super) use expression::{Expressions, texts};
pub(super) use value::value;
