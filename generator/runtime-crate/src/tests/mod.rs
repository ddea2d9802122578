//! Tests of what the generated clients are built on.

mod address;
mod faults;
mod header;
mod json_path;
mod libraries;
mod number;
mod oauth;
mod object;
mod open_enum;
mod open_integer;
mod open_tuple;
mod pages;
mod parameter;
mod response;
mod security;
mod socket;
mod stream;
mod union;
mod wire;
mod xml;
