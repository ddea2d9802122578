//! Names that generated code needs for itself: those of the language's prelude, and those that the
//! catalogue of the runtime exports.

use std::sync::LazyLock;

use super::ident::Ident;
use crate::runtime;

/// Names of the prelude that generated code uses (`std::prelude::rust_2024`).
pub const PRELUDE: [&str; 20] = [
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "Err",
    "From",
    "Into",
    "IntoFuture",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Result",
    "Self",
    "Send",
    "Some",
    "String",
    "Sync",
    "Vec",
];

/// Modules and functions at the root of a crate, and functions of its client, beside those of tags.
/// Those of traits that take a value come before its own that borrow it.
pub const MODULES: [&str; 18] = [
    "build", "builder", "client", "clone", "headers", "into", "lib", "main", "mock", "mod", "new",
    "r#mod", "runtime", "server", "try_into", "types", "webhooks", "xml",
];

/// Devices of Windows, after which no file can be called ("Naming Files, Paths, and Namespaces").
pub const DEVICES: [&str; 22] = [
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Modules within `types`: crates that it names, and its own file.
pub const TYPES_MODULES: [&str; 4] = ["mod", "r#mod", "serde_json", "std"];

/// Functions of the client of a tag that are no operations.
pub const TAG_CLIENT: [&str; 4] = ["clone", "into", "new", "try_into"];

/// Types at the root of a crate that the document's own should not be mistaken for.
pub const ROOT: [&str; 4] = ["Client", "Error", "Response", "Call"];

/// Types that each crate declares itself, and what would be mistaken for a constructor.
const DECLARED: [&str; 4] = ["Client", "ClientBuilder", "New", "Server"];

/// Functions of a call that are no setters of its operation, and the variable and the function that
/// setters use.
pub static CALL: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let functions = runtime::CALL_MACRO.piece().into_iter();
    let functions = functions.flat_map(runtime::Piece::functions);
    functions.chain(["request", "body_mut"]).collect()
});

/// The function of a call that leads to the items of all pages.
pub const ITEMS: &str = "items";

/// The setter of an operation's address.
pub const BASE_URL: &str = "base_url";

/// Variables of the functions that make a call.
pub const VARIABLES: [&str; 3] = ["self", "request", "call"];

/// Functions of the client's builder.
pub const BUILDER: [&str; 18] = [
    "base_url",
    "body_limit",
    "build",
    "clone",
    "connect_timeout",
    "core",
    "default",
    "fmt",
    "header",
    "http_client",
    "middleware",
    "mock",
    "read_timeout",
    "retry",
    "self",
    "server",
    "timeout",
    "transport",
];

/// Functions of the type of a server.
pub const SERVER: [&str; 5] = ["clone", "default", "fmt", "new", "to_string"];

/// Constants of the module `client`.
pub const CONSTANTS: [&str; 2] = ["SERVER", "SERVERS"];

/// Whether a module that generated code shares with the document's own types uses the name for
/// itself.
pub fn is_reserved(name: &Ident) -> bool {
    let name = name.as_str();
    PRELUDE.contains(&name) || DECLARED.contains(&name) || runtime::is_item(name)
}

/// The functions of values that a setter of the same name would hide.
pub const VALUE: [&str; 9] = [
    "new", "default", "clone", "to_owned", "into", "try_into", "eq", "ne", "fmt",
];

/// The same for the module `types`, in which the document's types have the first choice.
pub fn is_reserved_among_types(name: &Ident) -> bool {
    let used = [
        "Self",
        "Option",
        "String",
        "Vec",
        "Box",
        "BTreeMap",
        "Nullable",
        "OpenTuple",
        "Result",
    ];
    used.contains(&name.as_str())
}

/// The same for the root of a crate, which exports what the runtime has for users.
pub fn is_reserved_at_root(name: &Ident) -> bool {
    let exported = |name: &str| runtime::exports().any(|(_, export)| export == name);
    is_reserved(name) && name.as_str() != "Server"
        || CONSTANTS.contains(&name.as_str())
        || exported(name.as_str())
}

/// All names that the document may not give to an item of its own.
pub fn all() -> impl Iterator<Item = &'static str> {
    let own = PRELUDE.into_iter().chain(DECLARED);
    own.chain(runtime::ITEMS.iter().map(|item| item.name))
}
