//! What generated code names of the runtime, of other crates and of its other modules.

use super::{PIECES, Piece, exports};

/// Something that generated code names and that does not stand in the same file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// The module that it is imported from.
    pub module: &'static str,
    /// Its name.
    pub name: &'static str,
}

macro_rules! items {
    ($($item:ident = $module:literal :: $name:literal),* $(,)?) => {
        $(
            #[doc = concat!("`", $module, "::", $name, "`")]
            pub const $item: Item = Item { module: $module, name: $name };
        )*

        /// All of them.
        pub const ITEMS: &[Item] = &[$($item),*];
    };
}

items! {
    ARC = "std::sync"::"Arc",
    BODY = "crate::runtime"::"Body",
    BTREE_MAP = "std::collections"::"BTreeMap",
    BUILD = "crate::runtime::json"::"build",
    BUILD_ERROR = "crate::runtime"::"BuildError",
    CALL = "crate::runtime"::"Call",
    CALL_MACRO = "crate::runtime::exchange::setters"::"call",
    CREDENTIAL_LOCATION = "crate::runtime::auth::security"::"CredentialLocation",
    CLIENT = "crate"::"Client",
    CORE = "crate::runtime::exchange::core"::"Core",
    CORE_BUILDER = "crate::runtime::exchange::builder"::"CoreBuilder",
    DESERIALIZE_OWNED = "serde::de"::"DeserializeOwned",
    DURATION = "std::time"::"Duration",
    ELEMENT = "crate::runtime::xml::element"::"Element",
    ENCODING = "crate::runtime::send::form"::"Encoding",
    EVENT = "crate::runtime"::"Event",
    EVENTS = "crate::runtime::read"::"events",
    FIELD = "crate::runtime::xml::element"::"Field",
    FMT = "std"::"fmt",
    HAS_STATUS = "crate::runtime::exchange::mock"::"HasStatus",
    FORMAT = "crate::runtime::read::reader"::"Format",
    HEADER_MAP = "http"::"HeaderMap",
    INFALLIBLE = "std::convert"::"Infallible",
    ITEMS_OF_PAGES = "crate::runtime"::"Items",
    LOCATION = "crate::runtime::encode::parameter"::"Location",
    MOCK = "crate::runtime::exchange::mock"::"Mock",
    MOCK_CALL = "crate::runtime::exchange::mock"::"MockCall",
    MOCK_PAGES = "crate::runtime::read::mock_pages"::"MockPages",
    MIDDLEWARE = "crate::runtime"::"Middleware",
    METHOD = "http"::"Method",
    NEXT = "crate::runtime::read::pages"::"Next",
    NODE = "crate::runtime::xml::element"::"Node",
    NULLABLE = "crate::runtime"::"Nullable",
    OBJECT = "crate::runtime::json::object"::"object",
    OPEN_ENUM = "crate::runtime::json::open_enum"::"open_enum",
    OPEN_INTEGER = "crate::runtime::json::open_integer"::"open_integer",
    OPEN_TUPLE = "crate::runtime"::"OpenTuple",
    OUTCOME = "crate::runtime::exchange::outcome"::"Outcome",
    PAGING = "crate::runtime::read::pages"::"Paging",
    PARAMETER = "crate::runtime::encode::parameter"::"Parameter",
    PART = "crate::runtime"::"Part",
    PLACE = "crate::runtime::xml::element"::"Place",
    RAW_RESPONSE = "crate::runtime"::"RawResponse",
    READ = "crate::runtime::receive::header"::"read",
    REQUEST = "crate::runtime::send::request"::"Request",
    RETRY = "crate::runtime"::"Retry",
    SCHEME = "crate::runtime::auth::security"::"Scheme",
    STREAM_CALL = "crate::runtime"::"StreamCall",
    STYLE = "crate::runtime::encode::parameter"::"Style",
    TOKEN = "crate::runtime"::"Token",
    TRANSPORT = "crate::runtime"::"Transport",
    TYPES = "crate"::"types",
    UNION = "crate::runtime::json::union"::"union",
    XML = "crate"::"xml",
}

/// Whether generated code needs the name for an item.
pub fn is_item(name: &str) -> bool {
    ITEMS.iter().any(|item| item.name == name)
}

impl Item {
    /// The file of the runtime that it is from.
    pub fn piece(self) -> Option<&'static Piece> {
        let within = self.module.strip_prefix("crate::runtime")?;
        if within.is_empty() {
            let mut exports = exports();
            return exports
                .find(|(_, name)| *name == self.name)
                .map(|(piece, _)| piece);
        }
        let path = within.trim_start_matches("::").replace("::", "/");
        let inner = format!("{path}/{}", self.name);
        PIECES
            .iter()
            .find(|piece| piece.path == path || piece.path == inner)
    }
}
