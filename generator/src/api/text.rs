//! An API as text that people can review: a line for each thing, types by name.

use std::fmt::{self, Display, Formatter};

use super::{
    Api, Body, CredentialLocation, Enum, Header, Media, Next, Object, Operation, Pagination,
    Parameter, Place, Presence, Response, Scalar, Segment, Server, Shape, Type, TypeId, Union,
};

impl Display for Api {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} {} (OpenAPI {})",
            self.title, self.version, self.specification
        )?;
        for server in &self.servers {
            writeln!(f, "server {}", Address(server))?;
        }
        for scheme in &self.schemes {
            writeln!(
                f,
                "scheme {}: {}",
                scheme.name,
                Credential(&scheme.location)
            )?;
        }
        for tag in &self.tags {
            writeln!(f, "tag {}", tag.name)?;
        }
        for (location, name) in &self.globals {
            writeln!(f, "global {location:?} {name}")?;
        }
        for operation in &self.operations {
            writeln!(f)?;
            self.operation(f, operation)?;
        }
        for webhook in &self.webhooks {
            writeln!(f, "\nwebhook {}", webhook.name)?;
            self.contents(f, &webhook.content)?;
        }
        if self.types.used().next().is_some() {
            writeln!(f)?;
        }
        let is_named = |ty: &Type| ty.is_named() || ty.name.component.is_some();
        for (id, ty) in self.types.used().filter(|(_, ty)| is_named(ty)) {
            let (name, origin) = (self.label(id), &ty.origin);
            writeln!(f, "{name} = {} {origin}", self.shape(&ty.shape, 0))?;
        }
        for (name, element) in &self.xml {
            writeln!(f, "xml {name}: {element}")?;
        }
        Ok(())
    }
}

/// How far a label follows what a type stands in.
const DEEPEST: usize = 8;

impl Api {
    fn operation(&self, f: &mut Formatter<'_>, operation: &Operation) -> fmt::Result {
        let (method, path) = (operation.method.as_str(), operation.path_template());
        write!(f, "{}: {method} {path}", operation.id)?;
        if let Some(query) = &operation.query {
            write!(f, "?{query}")?;
        }
        if let Some(tag) = &operation.tag {
            write!(f, " [{tag}]")?;
        }
        for schemes in &operation.security {
            let names = schemes
                .iter()
                .map(|index| self.schemes[*index].name.as_str());
            write!(f, " ({})", names.collect::<Vec<_>>().join(" and "))?;
        }
        if operation.docs.deprecated {
            write!(f, " deprecated")?;
        }
        writeln!(f)?;
        for server in &operation.servers {
            writeln!(f, "  server {}", Address(server))?;
        }
        for parameter in &operation.parameters {
            self.parameter(f, parameter)?;
        }
        if let Some(Body {
            required, content, ..
        }) = &operation.body
        {
            writeln!(f, "  body{}", if *required { " required" } else { "" })?;
            self.contents(f, content)?;
        }
        for response in &operation.responses {
            self.response(f, response)?;
        }
        if let Some(retries) = &operation.retries {
            writeln!(f, "  {retries}")?;
        }
        if let Some(pagination) = &operation.pagination {
            let item = self.label(pagination.item);
            writeln!(f, "  pages of {item} {}", Pages(pagination))?;
        }
        Ok(())
    }

    fn parameter(&self, f: &mut Formatter<'_>, parameter: &Parameter) -> fmt::Result {
        let Parameter {
            name,
            location,
            style,
            ..
        } = parameter;
        write!(f, "  {location:?} {name}: {}", self.label(parameter.ty))?;
        write!(f, " {style:?}")?;
        let flags = [
            (parameter.explode, "exploded"),
            (parameter.allow_reserved, "reserved"),
            (parameter.required, "required"),
            (parameter.docs.deprecated, "deprecated"),
        ];
        for (_, flag) in flags.iter().filter(|(is_set, _)| *is_set) {
            write!(f, " {flag}")?;
        }
        writeln!(f)
    }

    fn response(&self, f: &mut Formatter<'_>, response: &Response) -> fmt::Result {
        writeln!(f, "  {}", response.status)?;
        self.contents(f, &response.content)?;
        for header in &response.headers {
            writeln!(f, "    header {}", self.header(header))?;
        }
        for link in &response.links {
            writeln!(f, "    link {link}")?;
        }
        Ok(())
    }

    fn header(&self, header: &Header) -> String {
        let required = if header.required { " required" } else { "" };
        format!("{}: {}{required}", header.name, self.label(header.ty))
    }

    fn contents(&self, f: &mut Formatter<'_>, content: &[Media]) -> fmt::Result {
        for media in content {
            write!(f, "    {} as {:?}", media.media_type, media.codec())?;
            if let Some(ty) = media.ty {
                write!(f, ": {}", self.label(ty))?;
            }
            writeln!(f)?;
            for part in &media.parts {
                let required = if part.presence == Presence::Required {
                    " required"
                } else {
                    ""
                };
                writeln!(
                    f,
                    "      part {}: {}{required}",
                    part.name,
                    self.label(part.ty)
                )?;
            }
            if let Some(element) = &media.xml {
                writeln!(f, "      xml {element}")?;
            }
            for encoding in &media.encodings {
                write!(f, "      encoding {}", encoding.property)?;
                for media_type in &encoding.media_types {
                    write!(f, " {media_type}")?;
                }
                if let Some((style, explode)) = encoding.style {
                    write!(f, " {style:?}{}", if explode { " exploded" } else { "" })?;
                }
                for header in &encoding.headers {
                    write!(f, ", header {}", self.header(header))?;
                }
                writeln!(f)?;
            }
        }
        Ok(())
    }

    /// What a type is called in text: its component, or the place where it stands.
    fn label(&self, id: TypeId) -> String {
        self.label_within(id, 0)
    }

    fn label_within(&self, id: TypeId, depth: usize) -> String {
        let ty = &self.types[id];
        if let Some(component) = &ty.name.component {
            return ty.name.in_code(component);
        }
        if depth > DEEPEST {
            return format!("#{}", id.index());
        }
        if !ty.is_named() && ty.name.given.is_none() {
            return self.shape(&ty.shape, depth + 1);
        }
        let Some(place) = &ty.name.place else {
            return format!("#{}", id.index());
        };
        let within = |id: TypeId| self.label_within(id, depth + 1);
        match place {
            Place::Property(owner, name) => format!("{}.{name}", within(*owner)),
            Place::Item(owner) | Place::Value(owner) => format!("{}[]", self.path(*owner, depth)),
            Place::Variant(owner, index) => format!("{}|{index}", within(*owner)),
            Place::Parameter(operation, name) => {
                format!("{}?{name}", self.operations[*operation].id)
            }
            Place::Path(path, name) => format!("{path}?{name}"),
            Place::Component(section, name) => format!("{section}/{name}"),
            Place::Body(operation) => format!("{}>body", self.operations[*operation].id),
            Place::Response(operation, status) => {
                format!("{}<{status}", self.operations[*operation].id)
            }
            Place::Webhook(index) => format!("{}>payload", self.webhooks[*index].name),
        }
    }

    /// Where a type stands that has no name of its own.
    fn path(&self, id: TypeId, depth: usize) -> String {
        let ty = &self.types[id];
        match (&ty.name.component, &ty.name.place) {
            (Some(component), _) => ty.name.in_code(component),
            (None, Some(Place::Property(owner, name))) => {
                format!("{}.{name}", self.label_within(*owner, depth + 1))
            }
            (None, Some(Place::Item(owner) | Place::Value(owner))) if depth < DEEPEST => {
                format!("{}[]", self.path(*owner, depth + 1))
            }
            (None, _) => format!("#{}", id.index()),
        }
    }

    fn shape(&self, shape: &Shape, depth: usize) -> String {
        match shape {
            Shape::Any => "any".to_owned(),
            Shape::Scalar(scalar) => scalar.to_string(),
            Shape::Enum(listed) => enumeration(listed),
            Shape::Array(item) => format!("[{}]", self.label_within(*item, depth + 1)),
            Shape::Tuple(tuple) => {
                let label = |id| self.label_within(id, depth + 1);
                let places: Vec<String> = tuple.places.iter().map(|id| label(*id)).collect();
                let places = places.join(", ");
                match tuple.rest {
                    Some(rest) => format!(
                        "({places}; {} or more, then {})",
                        tuple.required,
                        label(rest)
                    ),
                    None => format!("({places})"),
                }
            }
            Shape::Map(value) => format!("map of {}", self.label_within(*value, depth + 1)),
            Shape::Object(object) => self.object(object, depth),
            Shape::Union(union) => self.union(union, depth),
            Shape::Nullable(inner) => format!("{} or null", self.label_within(*inner, depth + 1)),
            Shape::Alias(target) => format!("= {}", self.label_within(*target, depth + 1)),
        }
    }

    fn object(&self, object: &Object, depth: usize) -> String {
        let properties = object.properties.iter().map(|property| {
            let mark = if property.presence == Presence::Required {
                ""
            } else {
                "?"
            };
            format!(
                "{}{mark}: {}",
                property.name,
                self.label_within(property.ty, depth + 1)
            )
        });
        let rest = object
            .additional
            .map(|id| format!("..: {}", self.label_within(id, depth + 1)));
        let properties: Vec<String> = properties.chain(rest).collect();
        format!("{{ {} }}", properties.join(", "))
    }

    fn union(&self, union: &Union, depth: usize) -> String {
        let variants = union.variants.iter().map(|variant| {
            let tags = variant.tags.join("/");
            let label = self.label_within(variant.ty, depth + 1);
            if tags.is_empty() {
                label
            } else {
                format!("{label} ({tags})")
            }
        });
        let variants: Vec<String> = variants.collect();
        let by = union.tag.as_ref().map(|tag| format!(" by {tag}"));
        format!("one of{} {}", by.unwrap_or_default(), variants.join(" | "))
    }
}

fn enumeration(listed: &Enum) -> String {
    let values = listed.values.iter().map(|value| {
        let text = match listed.scalar {
            Scalar::String(_) => format!("{:?}", value.text),
            Scalar::Boolean | Scalar::Integer(_) | Scalar::Number(_) | Scalar::Foreign(_) => {
                value.text.clone()
            }
        };
        match &value.name {
            Some(name) => format!("{text} as {name}"),
            None => text,
        }
    });
    let values: Vec<String> = values.collect();
    format!("enum [{}]", values.join(", "))
}

impl Display for Scalar {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (name, format) = match self {
            Self::Boolean => ("boolean", ""),
            Self::Integer(format) => ("integer", format.0.as_str()),
            Self::Number(format) => ("number", format.0.as_str()),
            Self::String(format) => ("string", format.0.as_str()),
            Self::Foreign(path) => ("foreign", path.as_str()),
        };
        match format {
            "" => f.write_str(name),
            format => write!(f, "{name}({format})"),
        }
    }
}

struct Address<'a>(&'a Server);

impl Display for Address<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for segment in &self.0.url {
            match segment {
                Segment::Literal(text) => f.write_str(text)?,
                Segment::Parameter(name) => write!(f, "{{{name}}}")?,
            }
        }
        for variable in &self.0.variables {
            write!(
                f,
                " {}={} {:?}",
                variable.name, variable.default, variable.values
            )?;
        }
        Ok(())
    }
}

struct Credential<'a>(&'a CredentialLocation);

impl Display for Credential<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            CredentialLocation::Header(name) => write!(f, "header {name}"),
            CredentialLocation::Query(name) => write!(f, "query {name}"),
            CredentialLocation::Cookie(name) => write!(f, "cookie {name}"),
            CredentialLocation::Bearer => f.write_str("bearer"),
            CredentialLocation::OAuth2 {
                token_url,
                refresh_url,
            } => write!(f, "oauth2 {token_url:?} {refresh_url:?}"),
            CredentialLocation::OpenIdConnect(url) => write!(f, "openIdConnect {url}"),
            CredentialLocation::Http(name) => write!(f, "http {name}"),
            CredentialLocation::Connection => f.write_str("mutualTLS"),
            CredentialLocation::Basic => f.write_str("basic"),
        }
    }
}

struct Pages<'a>(&'a Pagination);

impl Display for Pages<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Pagination {
            items, next, more, ..
        } = self.0;
        write!(f, "at {items:?} ")?;
        match next {
            Next::Link => f.write_str("by Link")?,
            Next::Url(from) => write!(f, "by URL at {from:?}")?,
            Next::Cursor { parameter, from } => write!(f, "by {parameter} from {from:?}")?,
            Next::Last {
                parameter,
                property,
            } => write!(f, "by {parameter} from last {property}")?,
            Next::Offset { parameter } => write!(f, "by offset {parameter}")?,
            Next::Page { parameter, first } => write!(f, "by page {parameter} from {first}")?,
        }
        match more {
            Some(more) => write!(f, " while {more:?}"),
            None => Ok(()),
        }
    }
}
