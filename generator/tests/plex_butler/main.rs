//! The generated client of Butler against a real server on this machine: every operation with
//! every documented status, and what servers do besides.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod doubles;
mod examples;
mod fixture;
mod requests;
mod statuses;
