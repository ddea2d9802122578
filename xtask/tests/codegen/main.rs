//! `cargo xtask codegen` as its users meet it: exit codes, what is written, what is left alone.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod documents;
mod place;
mod written;
