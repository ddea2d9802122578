//! The objects of the `OpenAPI` specification and their fixed fields ("Schema", section 4 of 3.0
//! and 3.1), as far as the typed document knows them, and a walk over every one of them.

use serde_json::Value;

use crate::pointer::Pointer;

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
const HEADERS: Rule = Rule::Map(&Rule::Object(Kind::Header));
const SECURITY: Rule = Rule::List(&Rule::Map(&TEXTS));
const OPERATION: Rule = Rule::Object(Kind::Operation);

impl Kind {
    /// The fixed fields.
    #[allow(clippy::too_many_lines, reason = "it is the specification's table")]
    pub fn fields(self) -> &'static [(&'static str, Rule)] {
        match self {
            Self::OpenApi => &[
                ("openapi", Rule::Text),
                ("info", Rule::Object(Kind::Info)),
                ("servers", SERVERS),
                ("paths", Rule::Extensible(&Rule::Object(Kind::PathItem))),
                ("components", Rule::Object(Kind::Components)),
                ("security", SECURITY),
                ("tags", Rule::List(&Rule::Object(Kind::Tag))),
            ],
            Self::Info => &[
                ("title", Rule::Text),
                ("description", Rule::Text),
                ("termsOfService", Rule::Text),
                ("contact", Rule::Object(Kind::Contact)),
                ("license", Rule::Object(Kind::License)),
                ("version", Rule::Text),
            ],
            Self::Contact => &[
                ("name", Rule::Text),
                ("url", Rule::Text),
                ("email", Rule::Text),
            ],
            Self::License => &[
                ("name", Rule::Text),
                ("url", Rule::Text),
                ("identifier", Rule::Text),
            ],
            Self::Server => &[
                ("url", Rule::Text),
                ("description", Rule::Text),
                ("variables", Rule::Map(&Rule::Object(Kind::ServerVariable))),
            ],
            Self::ServerVariable => &[
                ("enum", TEXTS),
                ("default", Rule::Text),
                ("description", Rule::Text),
            ],
            Self::Components => &[
                ("schemas", NAMED_SCHEMAS),
                ("responses", Rule::Map(&Rule::Object(Kind::Response))),
                ("parameters", Rule::Map(&Rule::Object(Kind::Parameter))),
                ("requestBodies", Rule::Map(&Rule::Object(Kind::RequestBody))),
                ("headers", HEADERS),
                (
                    "securitySchemes",
                    Rule::Map(&Rule::Object(Kind::SecurityScheme)),
                ),
                ("pathItems", Rule::Map(&Rule::Object(Kind::PathItem))),
            ],
            Self::PathItem => &[
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
            ],
            Self::Operation => &[
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
            ],
            Self::Parameter => &[
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
            ],
            Self::Header => &[
                ("description", Rule::Text),
                ("required", Rule::Flag),
                ("deprecated", Rule::Flag),
                ("style", Rule::Text),
                ("explode", Rule::Flag),
                ("schema", Rule::Object(Kind::Schema)),
                ("content", CONTENT),
            ],
            Self::RequestBody => &[
                ("description", Rule::Text),
                ("content", CONTENT),
                ("required", Rule::Flag),
            ],
            Self::MediaType => &[
                ("schema", Rule::Object(Kind::Schema)),
                ("itemSchema", Rule::Object(Kind::Schema)),
                ("encoding", Rule::Map(&Rule::Object(Kind::Encoding))),
            ],
            Self::Encoding => &[
                ("contentType", Rule::Text),
                ("headers", HEADERS),
                ("style", Rule::Text),
                ("explode", Rule::Flag),
                ("allowReserved", Rule::Flag),
            ],
            Self::Response => &[
                ("description", Rule::Text),
                ("headers", HEADERS),
                ("content", CONTENT),
            ],
            Self::Tag => &[("name", Rule::Text), ("description", Rule::Text)],
            Self::SecurityScheme => &[
                ("type", Rule::Text),
                ("description", Rule::Text),
                ("name", Rule::Text),
                ("in", Rule::Text),
                ("scheme", Rule::Text),
                ("bearerFormat", Rule::Text),
                ("openIdConnectUrl", Rule::Text),
            ],
            Self::Schema => &[
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
                ("oneOf", SCHEMAS),
                ("anyOf", SCHEMAS),
                ("allOf", SCHEMAS),
                ("not", Rule::Object(Kind::Schema)),
            ],
            Self::Discriminator => &[
                ("propertyName", Rule::Text),
                ("mapping", Rule::Map(&Rule::Text)),
            ],
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
            | Self::Tag
            | Self::Discriminator => None,
        }
    }
}

/// The way from the root to a value, kept on the stack: a pointer is made of it only when needed.
#[derive(Clone, Copy)]
pub struct Path<'a> {
    above: Option<&'a Path<'a>>,
    token: &'a str,
}

impl<'a> Path<'a> {
    /// The root.
    pub const ROOT: Path<'static> = Path {
        above: None,
        token: "",
    };

    /// The way to a value below.
    pub fn child(&'a self, token: &'a str) -> Path<'a> {
        Path {
            above: Some(self),
            token,
        }
    }

    /// The pointer to this place.
    pub fn pointer(&self) -> Pointer {
        let mut tokens = Vec::new();
        let mut path = self;
        while let Some(above) = path.above {
            tokens.push(path.token.to_owned());
            path = above;
        }
        tokens.into_iter().rev().collect()
    }
}

/// Visits every value that stands for an object of the specification, outer ones first.
pub fn walk(
    value: &mut Value,
    kind: Kind,
    path: &Path<'_>,
    visit: &mut dyn FnMut(Kind, &mut Value, &Path<'_>),
) {
    visit(kind, value, path);
    if let Value::Object(members) = value {
        for (name, member) in members {
            if let Some(rule) = kind.field(name) {
                walk_field(member, rule, &path.child(name), visit);
            }
        }
    }
}

fn walk_field(
    value: &mut Value,
    rule: Rule,
    path: &Path<'_>,
    visit: &mut dyn FnMut(Kind, &mut Value, &Path<'_>),
) {
    match (rule, value) {
        (Rule::Object(kind), value) => walk(value, kind, path, visit),
        (Rule::List(rule), Value::Array(items)) => {
            for (index, item) in items.iter_mut().enumerate() {
                walk_field(item, *rule, &path.child(&index.to_string()), visit);
            }
        }
        (Rule::Map(rule), Value::Object(members)) => {
            for (name, member) in members {
                walk_field(member, *rule, &path.child(name), visit);
            }
        }
        (Rule::Extensible(rule), Value::Object(members)) => {
            for (name, member) in members {
                if !name.starts_with("x-") {
                    walk_field(member, *rule, &path.child(name), visit);
                }
            }
        }
        (
            Rule::Any
            | Rule::Text
            | Rule::Flag
            | Rule::Count
            | Rule::Number
            | Rule::List(_)
            | Rule::Map(_)
            | Rule::Extensible(_),
            _,
        ) => {}
    }
}
