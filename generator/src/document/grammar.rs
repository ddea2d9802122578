//! The objects of the `OpenAPI` specification and their fixed fields ("Schema", section 4 of 3.0
//! and 3.1), as far as the typed document knows them, and a walk over every one of them.

/// An object of the specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Example,
    Response,
    Tag,
    SecurityScheme,
    Schema,
    Discriminator,
}

/// The fields of a path item that are operations ("Path Item Object").
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// Anything.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// An integer from zero.
    Count,
    /// A number.
    Number,
    /// An object of this kind, or a reference to one.
    Object(Kind),
    /// An array.
    List(&'static Rule),
    /// An object with a value for each name.
    Map(&'static Rule),
    /// The same, where names that start with `x-` are extensions.
    Extensible(&'static Rule),
}

const TEXTS: Rule = Rule::List(&Rule::Text);
const SCHEMAS: Rule = Rule::List(&Rule::Object(Kind::Schema));
const NAMED_SCHEMAS: Rule = Rule::Map(&Rule::Object(Kind::Schema));
const SERVERS: Rule = Rule::List(&Rule::Object(Kind::Server));
const PARAMETERS: Rule = Rule::List(&Rule::Object(Kind::Parameter));
const CONTENT: Rule = Rule::Map(&Rule::Object(Kind::MediaType));
const EXAMPLES: Rule = Rule::Map(&Rule::Object(Kind::Example));
const HEADERS: Rule = Rule::Map(&Rule::Object(Kind::Header));
const SECURITY: Rule = Rule::List(&Rule::Map(&TEXTS));
const OPERATION: Rule = Rule::Object(Kind::Operation);

/// The fixed fields of an object, and what stands in each.
type Fields = &'static [(&'static str, Rule)];

const OPEN_API_FIELDS: Fields = &[
    ("openapi", Rule::Text),
    ("info", Rule::Object(Kind::Info)),
    ("servers", SERVERS),
    ("paths", Rule::Extensible(&Rule::Object(Kind::PathItem))),
    ("components", Rule::Object(Kind::Components)),
    ("security", SECURITY),
    ("tags", Rule::List(&Rule::Object(Kind::Tag))),
];

const INFO_FIELDS: Fields = &[
    ("title", Rule::Text),
    ("description", Rule::Text),
    ("termsOfService", Rule::Text),
    ("contact", Rule::Object(Kind::Contact)),
    ("license", Rule::Object(Kind::License)),
    ("version", Rule::Text),
];

const CONTACT_FIELDS: Fields = &[
    ("name", Rule::Text),
    ("url", Rule::Text),
    ("email", Rule::Text),
];

const LICENSE_FIELDS: Fields = &[
    ("name", Rule::Text),
    ("url", Rule::Text),
    ("identifier", Rule::Text),
];

const SERVER_FIELDS: Fields = &[
    ("url", Rule::Text),
    ("description", Rule::Text),
    ("variables", Rule::Map(&Rule::Object(Kind::ServerVariable))),
];

const SERVER_VARIABLE_FIELDS: Fields = &[
    ("enum", TEXTS),
    ("default", Rule::Text),
    ("description", Rule::Text),
];

const COMPONENTS_FIELDS: Fields = &[
    ("schemas", NAMED_SCHEMAS),
    ("responses", Rule::Map(&Rule::Object(Kind::Response))),
    ("parameters", Rule::Map(&Rule::Object(Kind::Parameter))),
    ("requestBodies", Rule::Map(&Rule::Object(Kind::RequestBody))),
    ("headers", HEADERS),
    ("examples", EXAMPLES),
    (
        "securitySchemes",
        Rule::Map(&Rule::Object(Kind::SecurityScheme)),
    ),
    ("pathItems", Rule::Map(&Rule::Object(Kind::PathItem))),
];

const PATH_ITEM_FIELDS: Fields = &[
    ("summary", Rule::Text),
    ("description", Rule::Text),
    ("get", OPERATION),
    ("put", OPERATION),
    ("post", OPERATION),
    ("delete", OPERATION),
    ("options", OPERATION),
    ("head", OPERATION),
    ("patch", OPERATION),
    ("trace", OPERATION),
    ("servers", SERVERS),
    ("parameters", PARAMETERS),
];

const OPERATION_FIELDS: Fields = &[
    ("tags", TEXTS),
    ("summary", Rule::Text),
    ("description", Rule::Text),
    ("operationId", Rule::Text),
    ("parameters", PARAMETERS),
    ("requestBody", Rule::Object(Kind::RequestBody)),
    ("responses", Rule::Extensible(&Rule::Object(Kind::Response))),
    ("deprecated", Rule::Flag),
    ("security", SECURITY),
    ("servers", SERVERS),
];

const PARAMETER_FIELDS: Fields = &[
    ("name", Rule::Text),
    ("in", Rule::Text),
    ("description", Rule::Text),
    ("required", Rule::Flag),
    ("deprecated", Rule::Flag),
    ("allowEmptyValue", Rule::Flag),
    ("style", Rule::Text),
    ("explode", Rule::Flag),
    ("allowReserved", Rule::Flag),
    ("schema", Rule::Object(Kind::Schema)),
    ("content", CONTENT),
    ("example", Rule::Any),
    ("examples", EXAMPLES),
];

const HEADER_FIELDS: Fields = &[
    ("description", Rule::Text),
    ("required", Rule::Flag),
    ("deprecated", Rule::Flag),
    ("style", Rule::Text),
    ("explode", Rule::Flag),
    ("schema", Rule::Object(Kind::Schema)),
    ("content", CONTENT),
    ("example", Rule::Any),
    ("examples", EXAMPLES),
];

const REQUEST_BODY_FIELDS: Fields = &[
    ("description", Rule::Text),
    ("content", CONTENT),
    ("required", Rule::Flag),
];

const MEDIA_TYPE_FIELDS: Fields = &[
    ("schema", Rule::Object(Kind::Schema)),
    ("itemSchema", Rule::Object(Kind::Schema)),
    ("encoding", Rule::Map(&Rule::Object(Kind::Encoding))),
    ("example", Rule::Any),
    ("examples", EXAMPLES),
];

const EXAMPLE_FIELDS: Fields = &[
    ("summary", Rule::Text),
    ("description", Rule::Text),
    ("value", Rule::Any),
    ("externalValue", Rule::Text),
];

const ENCODING_FIELDS: Fields = &[
    ("contentType", Rule::Text),
    ("headers", HEADERS),
    ("style", Rule::Text),
    ("explode", Rule::Flag),
    ("allowReserved", Rule::Flag),
];

const RESPONSE_FIELDS: Fields = &[
    ("description", Rule::Text),
    ("headers", HEADERS),
    ("content", CONTENT),
];

const TAG_FIELDS: Fields = &[("name", Rule::Text), ("description", Rule::Text)];

const SECURITY_SCHEME_FIELDS: Fields = &[
    ("type", Rule::Text),
    ("description", Rule::Text),
    ("name", Rule::Text),
    ("in", Rule::Text),
    ("scheme", Rule::Text),
    ("bearerFormat", Rule::Text),
    ("openIdConnectUrl", Rule::Text),
];

const SCHEMA_FIELDS: Fields = &[
    ("title", Rule::Text),
    ("description", Rule::Text),
    ("type", Rule::Text),
    ("format", Rule::Text),
    ("nullable", Rule::Flag),
    ("readOnly", Rule::Flag),
    ("writeOnly", Rule::Flag),
    ("deprecated", Rule::Flag),
    ("discriminator", Rule::Object(Kind::Discriminator)),
    ("pattern", Rule::Text),
    ("multipleOf", Rule::Number),
    ("minimum", Rule::Number),
    ("maximum", Rule::Number),
    ("exclusiveMinimum", Rule::Flag),
    ("exclusiveMaximum", Rule::Flag),
    ("minLength", Rule::Count),
    ("maxLength", Rule::Count),
    ("minItems", Rule::Count),
    ("maxItems", Rule::Count),
    ("uniqueItems", Rule::Flag),
    ("minProperties", Rule::Count),
    ("maxProperties", Rule::Count),
    ("required", TEXTS),
    ("properties", NAMED_SCHEMAS),
    ("additionalProperties", Rule::Object(Kind::Schema)),
    ("items", Rule::Object(Kind::Schema)),
    ("prefixItems", SCHEMAS),
    ("patternProperties", NAMED_SCHEMAS),
    ("$defs", NAMED_SCHEMAS),
    ("enum", Rule::List(&Rule::Any)),
    ("default", Rule::Any),
    ("example", Rule::Any),
    ("examples", Rule::List(&Rule::Any)),
    ("oneOf", SCHEMAS),
    ("anyOf", SCHEMAS),
    ("allOf", SCHEMAS),
    ("not", Rule::Object(Kind::Schema)),
];

const DISCRIMINATOR_FIELDS: Fields = &[
    ("propertyName", Rule::Text),
    ("mapping", Rule::Map(&Rule::Text)),
];

impl Kind {
    /// The fixed fields.
    pub fn fields(self) -> Fields {
        match self {
            Self::OpenApi => OPEN_API_FIELDS,
            Self::Info => INFO_FIELDS,
            Self::Contact => CONTACT_FIELDS,
            Self::License => LICENSE_FIELDS,
            Self::Server => SERVER_FIELDS,
            Self::ServerVariable => SERVER_VARIABLE_FIELDS,
            Self::Components => COMPONENTS_FIELDS,
            Self::PathItem => PATH_ITEM_FIELDS,
            Self::Operation => OPERATION_FIELDS,
            Self::Parameter => PARAMETER_FIELDS,
            Self::Header => HEADER_FIELDS,
            Self::RequestBody => REQUEST_BODY_FIELDS,
            Self::MediaType => MEDIA_TYPE_FIELDS,
            Self::Encoding => ENCODING_FIELDS,
            Self::Example => EXAMPLE_FIELDS,
            Self::Response => RESPONSE_FIELDS,
            Self::Tag => TAG_FIELDS,
            Self::SecurityScheme => SECURITY_SCHEME_FIELDS,
            Self::Schema => SCHEMA_FIELDS,
            Self::Discriminator => DISCRIMINATOR_FIELDS,
        }
    }

    /// What the rule of a field is, if the field is one of the fixed ones.
    pub fn field(self, name: &str) -> Option<Rule> {
        let (_, rule) = self.fields().iter().find(|(field, _)| *field == name)?;
        Some(*rule)
    }

    /// Where components of this kind are kept ("Components Object").
    pub fn section(self) -> Option<&'static str> {
        match self {
            Self::Schema => Some("schemas"),
            Self::Response => Some("responses"),
            Self::Parameter => Some("parameters"),
            Self::RequestBody => Some("requestBodies"),
            Self::Header => Some("headers"),
            Self::SecurityScheme => Some("securitySchemes"),
            Self::PathItem => Some("pathItems"),
            Self::OpenApi
            | Self::Info
            | Self::Contact
            | Self::License
            | Self::Server
            | Self::ServerVariable
            | Self::Components
            | Self::Operation
            | Self::MediaType
            | Self::Encoding
            | Self::Example
            | Self::Tag
            | Self::Discriminator => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn the_page_of_what_is_supported_has_every_field() {
        let page = include_str!("../../../docs/supported.md");
        let mut missing = Vec::new();
        for (kind, object) in [
            (Kind::OpenApi, "OpenAPI"),
            (Kind::Info, "Info"),
            (Kind::Contact, "Contact"),
            (Kind::License, "License"),
            (Kind::Server, "Server"),
            (Kind::ServerVariable, "Server Variable"),
            (Kind::Components, "Components"),
            (Kind::PathItem, "Path Item"),
            (Kind::Operation, "Operation"),
            (Kind::Parameter, "Parameter"),
            (Kind::Header, "Header"),
            (Kind::RequestBody, "Request Body"),
            (Kind::MediaType, "Media Type"),
            (Kind::Encoding, "Encoding"),
            (Kind::Example, "Example"),
            (Kind::Response, "Response"),
            (Kind::Tag, "Tag"),
            (Kind::SecurityScheme, "Security Scheme"),
            (Kind::Schema, "Schema"),
            (Kind::Discriminator, "Discriminator"),
        ] {
            let section = page
                .split("\n## ")
                .find(|section| section.lines().next() == Some(&format!("{object} Object")));
            let section = section.unwrap_or_default();
            let fields = kind.fields().iter().map(|(name, _)| format!("`{name}`"));
            missing.extend(fields.filter(|name| !section.contains(name)));
        }
        assert!(missing.is_empty(), "{missing:?}");
    }
}
