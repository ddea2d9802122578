//! Credentials and tokens.

pub(crate) mod grant;
pub(crate) mod oauth;
pub(crate) mod secret;
pub(crate) mod security;
pub(crate) mod tokens;
