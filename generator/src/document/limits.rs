//! How large documents may be, and what they may grow to: beyond it, there is an error.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::grammar::METHODS;
use crate::diagnostic::{Code, Diagnostics};
use crate::pointer::Pointer;

/// What a document may take at most; more is an error that names the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The size of a file, in bytes.
    pub bytes: u64,
    /// The length of a text or a name in it, in bytes.
    pub string: u64,
    /// What aliases in YAML and references that are followed add to the document, in bytes.
    pub copies: u64,
    /// The schemas that are joined by `allOf`; one that is joined again counts again.
    pub merges: u64,
    /// The operations.
    pub operations: u64,
    /// The objects, the lists of values and the unions among the schemas, and other names of them.
    pub types: u64,
    /// The properties of an object, the alternatives of a union, the parameters of an operation, the
    /// groups of operations, and the servers.
    pub members: u64,
    /// The schemas that lie in each other by `allOf`, and the types that hold each other one by one, those that are
    /// boxed twice: the compiler follows 128.
    pub depth: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self {
            bytes: 64 * MIB,
            string: MIB,
            copies: 64 * MIB,
            merges: 300_000,
            operations: 15_000,
            types: 80_000,
            members: 4000,
            depth: 120,
        }
    }
}

impl Limits {
    /// Their names.
    pub const NAMES: [&str; 8] = [
        "bytes",
        "string",
        "copies",
        "merges",
        "operations",
        "types",
        "members",
        "depth",
    ];

    /// Sets one by its name.
    ///
    /// # Errors
    ///
    /// A name that is none of [`Self::NAMES`].
    pub fn set(&mut self, name: &str, value: u64) -> Result<(), String> {
        let limit = match name {
            "bytes" => &mut self.bytes,
            "string" => &mut self.string,
            "copies" => &mut self.copies,
            "merges" => &mut self.merges,
            "operations" => &mut self.operations,
            "types" => &mut self.types,
            "members" => &mut self.members,
            "depth" => &mut self.depth,
            _ => return Err(format!("the limits are {}", Self::NAMES.join(", "))),
        };
        *limit = value;
        Ok(())
    }

    /// How to raise one of them.
    pub fn help(name: &str) -> String {
        format!(
            "if you trust the document, raise the limit: `limits.{name}` in `codegen.toml`, or `--limit {name}=…`"
        )
    }
}

/// Counts what takes the most time, before it does.
pub(super) fn check(tree: &Value, limits: Limits, diagnostics: &mut Diagnostics) -> Option<()> {
    let paths = Pointer::root().child("paths");
    let items = paths.find(tree).and_then(Value::as_object);
    let items = items.into_iter().flat_map(|items| items.values());
    let members = items.filter_map(Value::as_object).flatten();
    let operations = members.filter(|(name, _)| METHODS.contains(&name.as_str()));
    let schemas = Pointer::root().child("components").child("schemas");
    let named = schemas.find(tree).and_then(Value::as_object);
    let counts = [
        (paths, operations.count(), limits.operations, "operations"),
        (schemas, named.map_or(0, Map::len), limits.types, "types"),
    ];
    let mut is_within = true;
    for (at, count, most, name) in counts {
        if count as u64 > most {
            is_within = false;
            let message = format!("there are {count} {name}, more than {most}");
            diagnostics.error(Code::TooLarge, &at, message, Limits::help(name));
        }
    }
    is_within.then_some(())
}

/// The deepest that objects and arrays of a document may lie in each other: no parser of YAML here reads
/// more, and schemas that people write are referred to long before.
pub const DEEPEST: usize = 127;

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn every_limit_is_set_by_its_name() {
        for name in Limits::NAMES {
            let mut limits = Limits::default();
            limits.set(name, 7).unwrap();
            assert_ne!(limits, Limits::default(), "{name}");
        }
        assert!(Limits::default().set("deep", 7).is_err());
    }
}
