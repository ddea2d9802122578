//! Parameters on the wire: the style table of the OpenAPI specification ("Style Examples").

use std::fmt;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

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

/// How a value is spelled (`style`).
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
}

/// A parameter's place and spelling, as the document declares them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameter {
    name: &'static str,
    location: Location,
    style: Style,
    explode: bool,
    allow_reserved: bool,
}

impl Parameter {
    /// A path parameter (`style: simple`, `explode: false`).
    pub(crate) const fn path(name: &'static str) -> Self {
        Self::new(name, Location::Path, Style::Simple, false)
    }

    /// A query parameter (`style: form`, `explode: true`).
    pub(crate) const fn query(name: &'static str) -> Self {
        Self::new(name, Location::Query, Style::Form, true)
    }

    /// A header parameter (`style: simple`, `explode: false`).
    pub(crate) const fn header(name: &'static str) -> Self {
        Self::new(name, Location::Header, Style::Simple, false)
    }

    /// A cookie parameter (`style: form`, `explode: true`).
    pub(crate) const fn cookie(name: &'static str) -> Self {
        Self::new(name, Location::Cookie, Style::Form, true)
    }

    /// A parameter with a style of its own.
    pub(crate) const fn new(
        name: &'static str,
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

    /// A query parameter whose reserved characters stay as they are (`allowReserved`).
    pub(crate) const fn reserved(name: &'static str, style: Style, explode: bool) -> Self {
        Self {
            allow_reserved: true,
            ..Self::new(name, Location::Query, style, explode)
        }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) fn location(&self) -> Location {
        self.location
    }

    /// The text of `value` at this parameter's place, escaped for it.
    pub(crate) fn encode<T: Serialize + ?Sized>(&self, value: &T) -> Result<String, String> {
        Ok(match Tree::of(value).map_err(|error| error.to_string())? {
            Tree::Text(text) => self.primitive(&text),
            Tree::List(items) => self.array(&items.iter().map(Tree::text).collect::<Vec<_>>()),
            Tree::Members(members) if self.style == Style::DeepObject => {
                let mut pairs = Vec::new();
                Tree::Members(members).flatten(self.name, &mut pairs);
                join(&pairs, "&", |(key, value)| {
                    format!("{}={}", self.escape(key), self.escape(value))
                })
            }
            Tree::Members(members) => {
                let members: Vec<_> = members.iter().map(|(k, v)| (k.clone(), v.text())).collect();
                self.object(&members)
            }
        })
    }

    fn primitive(&self, value: &str) -> String {
        let name = self.escape(self.name);
        let text = self.escape(value);
        match self.style {
            Style::Matrix if text.is_empty() => format!(";{name}"),
            Style::Matrix => format!(";{name}={text}"),
            Style::Label => format!(".{text}"),
            Style::Simple => text,
            Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject => {
                format!("{name}={text}")
            }
        }
    }

    fn array(&self, items: &[String]) -> String {
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
            | (Style::DeepObject, _) => repeated("&"),
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
            | (Style::DeepObject, _) => joined("=", "&"),
        }
    }

    /// Percent-encodes everything but the unreserved characters of RFC 3986, section 2.3. A
    /// header's text is sent as it is.
    fn escape(&self, text: &str) -> String {
        if self.location == Location::Header {
            return text.to_owned();
        }
        let mut escaped = String::with_capacity(text.len());
        for byte in text.bytes() {
            let unreserved = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            let reserved = self.allow_reserved && b":/?[]@!$'()*,;=".contains(&byte);
            if unreserved || reserved {
                escaped.push(char::from(byte));
            } else {
                escaped.push('%');
                escaped.push(hex(byte >> 4));
                escaped.push(hex(byte & 15));
            }
        }
        escaped
    }
}

fn hex(digit: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(digit)])
}

fn join<T>(items: &[T], separator: &str, write: impl Fn(&T) -> String) -> String {
    items.iter().map(write).collect::<Vec<_>>().join(separator)
}

/// A JSON value whose scalars are text and whose members keep their order.
enum Tree {
    Text(String),
    List(Vec<Tree>),
    Members(Vec<(String, Tree)>),
}

impl Tree {
    fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::from_str(&serde_json::to_string(value)?)
    }

    /// The text of a scalar. What is within arrays and objects has no place in these styles; it is
    /// sent as a list.
    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(items) => join(items, ",", Self::text),
            Self::Members(members) => join(members, ",", |(k, v)| format!("{k},{}", v.text())),
        }
    }

    /// The scalars with the way to each: `name[member]`.
    fn flatten(&self, way: &str, pairs: &mut Vec<(String, String)>) {
        match self {
            Self::Text(text) => pairs.push((way.to_owned(), text.clone())),
            Self::List(items) => items.iter().for_each(|item| item.flatten(way, pairs)),
            Self::Members(members) => {
                for (name, member) in members {
                    member.flatten(&format!("{way}[{name}]"), pairs);
                }
            }
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Text(String::new()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Tree, E> {
        serde_json::to_string(&value)
            .map(Tree::Text)
            .map_err(E::custom)
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Tree::Members(members))
    }
}
