//! Valid values of schemas: examples, tests and validators use the same.

mod pattern;
mod values;

pub use values::{Values, resolve};
