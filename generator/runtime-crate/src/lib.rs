//! The runtime of the generated clients. Its text stands in `generator/runtime` and is copied as
//! it is into every generated crate; here it is a crate, so that it can be linted and tested.

#[path = "../../runtime/mod.rs"]
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "the callers are in the generated crates"
)]
pub mod runtime;

#[cfg(test)]
#[allow(dead_code, reason = "a test uses some of what a macro makes")]
mod tests;
