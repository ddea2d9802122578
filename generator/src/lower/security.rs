//! Security schemes, requirements and servers.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme as Written};

use super::{Lowering, template};
use crate::api::{CredentialLocation, Origin, SecurityScheme, Server, Variable};
use crate::diagnostic::Code;
use crate::document::extension::MUTUAL_TLS;
use crate::pointer::Pointer;

impl Lowering<'_> {
    /// The schemes that the client can satisfy.
    pub(super) fn schemes(&mut self) -> Vec<SecurityScheme> {
        let Some(components) = &self.document.components else {
            return Vec::new();
        };
        let mut schemes = Vec::new();
        for (name, scheme) in &components.security_schemes {
            let at = Self::component("securitySchemes", name);
            let Some(scheme) =
                self.resolve(scheme, &at, ("securitySchemes", |c| &c.security_schemes))
            else {
                continue;
            };
            let (location, description) = location(scheme.value);
            schemes.push(SecurityScheme {
                origin: Origin::at(&at),
                name: name.clone(),
                description: description.clone().unwrap_or_default(),
                location,
            });
        }
        schemes
    }

    /// The alternatives of schemes, by index; an alternative with an unknown scheme is left out.
    pub(super) fn security(
        &mut self,
        requirements: &[SecurityRequirement],
        schemes: &[SecurityScheme],
        at: &Pointer,
    ) -> Vec<Vec<usize>> {
        let mut alternatives = Vec::new();
        for (index, requirement) in requirements.iter().enumerate() {
            let known = requirement.keys().map(|name| {
                let found = schemes.iter().position(|scheme| scheme.name == *name);
                found.ok_or(name)
            });
            match known.collect::<Result<Vec<_>, _>>() {
                // The same schemes with other scopes are the same credentials.
                Ok(alternative) if alternatives.contains(&alternative) => {}
                Ok(alternative) => alternatives.push(alternative),
                Err(name) => {
                    let at = at.child(index.to_string()).child(name);
                    let message = format!("`{name}` is not a declared security scheme");
                    let help = "declare it under `components/securitySchemes`";
                    self.diagnostics.warning(Code::Unused, &at, message, help);
                }
            }
        }
        alternatives
    }

    /// The document's servers.
    pub(super) fn servers(&self) -> Vec<Server> {
        servers(&self.document.servers, &Pointer::root().child("servers"))
    }
}

fn location(scheme: &Written) -> (CredentialLocation, &Option<String>) {
    match scheme {
        Written::APIKey {
            location,
            name,
            description,
            ..
        } => {
            let name = name.clone();
            let location = match location {
                APIKeyLocation::Header => CredentialLocation::Header(name),
                APIKeyLocation::Query => CredentialLocation::Query(name),
                APIKeyLocation::Cookie => CredentialLocation::Cookie(name),
            };
            (location, description)
        }
        Written::HTTP {
            scheme,
            description,
            ..
        } => {
            let location = match scheme.to_ascii_lowercase().as_str() {
                "basic" => CredentialLocation::Basic,
                "bearer" => CredentialLocation::Bearer,
                MUTUAL_TLS => CredentialLocation::Connection,
                _ => CredentialLocation::Http(scheme.clone()),
            };
            (location, description)
        }
        Written::OAuth2 {
            flows, description, ..
        } => {
            let of_client = flows.client_credentials.as_ref().map(|f| &f.token_url);
            let of_code = flows.authorization_code.as_ref().map(|f| &f.token_url);
            let of_password = flows.password.as_ref().map(|f| &f.token_url);
            let mut urls = [of_client, of_code, of_password].into_iter().flatten();
            let token_url = urls.find(|url| !url.is_empty()).cloned();
            let of_client = flows.client_credentials.as_ref().map(|f| &f.refresh_url);
            let of_code = flows.authorization_code.as_ref().map(|f| &f.refresh_url);
            let of_password = flows.password.as_ref().map(|f| &f.refresh_url);
            let of_implicit = flows.implicit.as_ref().map(|f| &f.refresh_url);
            let urls = [of_code, of_password, of_client, of_implicit];
            let mut urls = urls.into_iter().flatten().flatten();
            let refresh_url = urls.find(|url| !url.is_empty()).cloned();
            let location = CredentialLocation::OAuth2 {
                refresh_url: refresh_url.filter(|url| token_url.as_ref() != Some(url)),
                token_url,
            };
            (location, description)
        }
        Written::OpenIDConnect {
            open_id_connect_url,
            description,
            ..
        } => (
            CredentialLocation::OpenIdConnect(open_id_connect_url.clone()),
            description,
        ),
    }
}

/// The servers of a list.
pub(super) fn servers(written: &[openapiv3::Server], at: &Pointer) -> Vec<Server> {
    let written = written.iter().enumerate();
    written
        .map(|(index, written)| server(written, &at.child(index.to_string())))
        .collect()
}

fn server(server: &openapiv3::Server, at: &Pointer) -> Server {
    let none = IndexMap::new();
    let variables = server.variables.as_ref().unwrap_or(&none);
    Server {
        origin: Origin::at(at),
        url: template::segments(&server.url),
        description: server.description.clone().unwrap_or_default(),
        variables: variables
            .iter()
            .map(|(name, variable)| Variable {
                origin: Origin::at(&at.child("variables").child(name)),
                name: name.clone(),
                default: variable.default.clone(),
                values: variable.enumeration.clone(),
                description: variable.description.clone().unwrap_or_default(),
            })
            .collect(),
    }
}
