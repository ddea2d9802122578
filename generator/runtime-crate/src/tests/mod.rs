//! Tests of what the generated clients are built on.

mod header;
mod json_path;
mod object;
mod open_enum;
mod parameter;
mod security;
mod union;
mod wire;
