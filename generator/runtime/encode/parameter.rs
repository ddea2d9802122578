//! Parameters on the wire: the style table of the OpenAPI specification ("Style Examples").

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::runtime::encode::tree::{Tree, join};

/// Where a parameter stands (`in`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    /// In the path template.
    Path,
    /// After the question mark.
    Query,
    /// In a header of its own.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How a value is styled (`style`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// `;name=value`
    Matrix,
    /// `.value`
    Label,
    /// `value`
    Simple,
    /// `name=value`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a%7Cb`
    PipeDelimited,
    /// `name%5Bkey%5D=value`
    DeepObject,
    /// As JSON text (`content`).
    Json,
}

/// A parameter's location and style, as the document declares them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter<'a> {
    name: &'a str,
    location: Location,
    style: Style,
    explode: bool,
    allow_reserved: bool,
}

impl<'a> Parameter<'a> {
    /// A path parameter (`style: simple`, `explode: false`).
    pub(crate) const fn path(name: &'a str) -> Self {
        Self::new(name, Location::Path, Style::Simple, false)
    }

    /// A query parameter (`style: form`, `explode: true`).
    pub(crate) const fn query(name: &'a str) -> Self {
        Self::new(name, Location::Query, Style::Form, true)
    }

    /// A header parameter (`style: simple`, `explode: false`).
    pub(crate) const fn header(name: &'a str) -> Self {
        Self::new(name, Location::Header, Style::Simple, false)
    }

    /// A cookie parameter (`style: form`, `explode: true`).
    pub(crate) const fn cookie(name: &'a str) -> Self {
        Self::new(name, Location::Cookie, Style::Form, true)
    }

    /// A parameter with a style of its own.
    pub(crate) const fn new(
        name: &'a str,
        location: Location,
        style: Style,
        explode: bool,
    ) -> Self {
        Self {
            name,
            location,
            style,
            explode,
            allow_reserved: false,
        }
    }

    /// A query parameter with a style of its own.
    pub(crate) const fn styled(name: &'a str, style: Style, explode: bool) -> Self {
        Self::new(name, Location::Query, style, explode)
    }

    /// A query parameter whose reserved characters stay as they are (`allowReserved`).
    pub(crate) const fn reserved(name: &'a str, style: Style, explode: bool) -> Self {
        Self {
            allow_reserved: true,
            ..Self::new(name, Location::Query, style, explode)
        }
    }

    pub(crate) fn name(&self) -> &'a str {
        self.name
    }

    pub(crate) fn location(&self) -> Location {
        self.location
    }

    /// The text of `value` at this parameter's place, escaped for it.
    pub(crate) fn encode<T: Serialize + ?Sized>(&self, value: &T) -> Result<String, String> {
        let tree = Tree::of(value).map_err(|error| error.to_string())?;
        Ok(self.styled_text(&tree))
    }

    /// The same for a value that is text already.
    pub(crate) fn styled_text(&self, value: &Tree) -> String {
        match (self.style, value) {
            (Style::Json, value) => self.primitive(&value.to_string()),
            (_, Tree::Text(text) | Tree::Scalar(text)) => self.primitive(text),
            (Style::DeepObject, Tree::List(_) | Tree::Members(_)) => {
                let mut pairs = Vec::new();
                value.flatten(self.name, &mut pairs);
                join(&pairs, "&", |(key, value)| {
                    format!("{}={}", self.escape(key), self.escape(value))
                })
            }
            (_, Tree::List(items)) => self.array(&items.iter().map(Tree::text).collect::<Vec<_>>()),
            (Style::Form, Tree::Members(members))
                if self.explode && self.location == Location::Query =>
            {
                let pairs = members.iter().map(|(name, value)| self.member(name, value));
                let pairs: Vec<String> = pairs.filter(|pair| !pair.is_empty()).collect();
                pairs.join("&")
            }
            (_, Tree::Members(members)) => {
                let members: Vec<_> = members.iter().map(|(k, v)| (k.clone(), v.text())).collect();
                self.object(&members)
            }
        }
    }

    /// A member as a parameter of its own: an array of scalars once for each, and what the
    /// specification leaves open, an object for example, as JSON.
    pub(crate) fn member(&self, name: &str, value: &Tree) -> String {
        let is_scalar = |value: &Tree| matches!(value, Tree::Text(_) | Tree::Scalar(_));
        let is_plain = match value {
            Tree::List(items) => items.iter().all(is_scalar),
            Tree::Text(_) | Tree::Scalar(_) | Tree::Members(_) => is_scalar(value),
        };
        let (style, explode) = if is_plain {
            (Style::Form, true)
        } else {
            (Style::Json, false)
        };
        let parameter = Parameter {
            name,
            style,
            explode,
            ..*self
        };
        parameter.styled_text(value)
    }

    fn primitive(&self, value: &str) -> String {
        let name = self.escape(self.name);
        let text = self.escape(value);
        match self.style {
            Style::Matrix if text.is_empty() => format!(";{name}"),
            Style::Matrix => format!(";{name}={text}"),
            Style::Label => format!(".{text}"),
            Style::Simple => text,
            Style::Json if matches!(self.location, Location::Path | Location::Header) => text,
            Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::DeepObject
            | Style::Json => {
                format!("{name}={text}")
            }
        }
    }

    fn array(&self, items: &[String]) -> String {
        // A list of nothing is not defined, and not sent (RFC 6570, section 3.2.1).
        if items.is_empty() && self.location != Location::Path {
            return String::new();
        }
        let name = self.escape(self.name);
        let listed = |separator: &str| join(items, separator, |item| self.escape(item));
        let repeated = |separator: &str| {
            join(items, separator, |item| {
                format!("{name}={}", self.escape(item))
            })
        };
        match (self.style, self.explode) {
            (Style::Matrix, true) => format!(";{}", repeated(";")),
            (Style::Matrix, false) => format!(";{name}={}", listed(",")),
            (Style::Label, true) => format!(".{}", listed(".")),
            (Style::Label, false) => format!(".{}", listed(",")),
            (Style::Simple, _) => listed(","),
            (Style::Form, false) => format!("{name}={}", listed(",")),
            (Style::SpaceDelimited, false) => format!("{name}={}", listed("%20")),
            (Style::PipeDelimited, false) => format!("{name}={}", listed("%7C")),
            (Style::Form | Style::SpaceDelimited | Style::PipeDelimited, true)
            | (Style::DeepObject | Style::Json, _) => repeated("&"),
        }
    }

    fn object(&self, members: &[(String, String)]) -> String {
        let name = self.escape(self.name);
        let joined = |between: &str, separator: &str| {
            join(members, separator, |(key, value)| {
                format!("{}{between}{}", self.escape(key), self.escape(value))
            })
        };
        match (self.style, self.explode) {
            (Style::Matrix, true) => format!(";{}", joined("=", ";")),
            (Style::Matrix, false) => format!(";{name}={}", joined(",", ",")),
            (Style::Label, true) => format!(".{}", joined("=", ".")),
            (Style::Label, false) => format!(".{}", joined(",", ",")),
            (Style::Simple, true) => joined("=", ","),
            (Style::Simple, false) => joined(",", ","),
            (Style::Form, false) => format!("{name}={}", joined(",", ",")),
            (Style::SpaceDelimited, false) => format!("{name}={}", joined("%20", "%20")),
            (Style::PipeDelimited, false) => format!("{name}={}", joined("%7C", "%7C")),
            (Style::Form | Style::SpaceDelimited | Style::PipeDelimited, true)
            | (Style::DeepObject | Style::Json, _) => joined("=", "&"),
        }
    }

    /// Percent-encodes everything but the unreserved characters, or those that are reserved as
    /// well. A header's text is sent as it is.
    fn escape(&self, text: &str) -> String {
        if self.location == Location::Header {
            return text.to_owned();
        }
        if !self.allow_reserved {
            return utf8_percent_encode(text, NOT_UNRESERVED).to_string();
        }
        // What is escaped already stays so (RFC 6570, section 3.2.3).
        let mut escaped = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('%') {
            let (before, found) = rest.split_at(at);
            escaped.extend(utf8_percent_encode(before, NOT_RESERVED));
            let is_hex = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            let (kept, length) = match found.get(1..3).filter(|digits| is_hex(digits)) {
                Some(_) => (&found[..3], 3),
                None => ("%25", 1),
            };
            escaped.push_str(kept);
            rest = &found[length..];
        }
        escaped.extend(utf8_percent_encode(rest, NOT_RESERVED));
        escaped
    }
}

/// All but the unreserved characters (RFC 3986, section 2.3).
const NOT_UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// All but these and the reserved characters that a query can hold ("Parameter Object",
/// `allowReserved`).
const NOT_RESERVED: &AsciiSet = &NOT_UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');
