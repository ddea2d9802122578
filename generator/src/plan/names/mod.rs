//! Which name does everything get?
//!
//! *Invariant:* identifiers are made here and nowhere else.

mod assign;
mod candidates;
mod distinction;
mod ident;
mod methods;
pub(super) mod reserved;
pub(super) mod server;
mod table;
mod xml;

pub use ident::Ident;
pub use reserved::{BUILDER as BUILDER_NAMES, all as reserved_names};

pub(super) use assign::assign;
pub(super) use ident::Scope;
pub(super) use server::ServerName;
pub(super) use table::{CallNames, Names};
