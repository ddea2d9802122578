//! Extensions of our own: what the typed document has no word for.

/// Constraints as words.
pub const NOTES: &str = "x-butler-notes";

/// That a schema says by `true` or `properties: {}` that it allows anything.
pub const ANYTHING: &str = "x-butler-anything";

/// That an array is a tuple, and how many of its items are always there: the choices of its items are
/// those of its places, in order. Where not all are always there, the last one is that of the items
/// that may follow.
pub const TUPLE: &str = "x-butler-tuple";

/// What an operation is that the API calls: `name` and `about`.
pub const INCOMING: &str = "x-butler-incoming";

/// The start of the paths of such operations.
pub const INCOMING_PATH: &str = "/x-butler-incoming/";

/// The method of an operation that 3.0 has no field for.
pub const METHOD: &str = "x-butler-method";

/// The start of the paths of such operations; the method and the path follow.
pub const METHOD_PATH: &str = "/x-butler-method/";

/// The links of a response, as lines of documentation.
pub const LINKS: &str = "x-butler-links";

/// What a schema says about XML.
pub const XML: &str = "x-butler-xml";

/// The `scheme` that stands for mutual TLS.
pub const MUTUAL_TLS: &str = "x-butler-mutual-tls";
