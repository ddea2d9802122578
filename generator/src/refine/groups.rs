//! Which group is an operation in? Operations without a tag are grouped by their paths.

use crate::api::{Api, Grouped, Operation, Origin, Segment, Tag};
use crate::settings::GroupBy;

/// Decides it for every operation.
pub fn decide(api: &mut Api, by: GroupBy) {
    for operation in &mut api.operations {
        match by {
            GroupBy::None => operation.tag = None,
            GroupBy::Tag if operation.tag.is_some() => {}
            GroupBy::Tag | GroupBy::Path => {
                operation.tag = resource(operation);
                operation.grouped = Grouped::ByPath;
            }
        }
    }
    let used = |name: &str| {
        let mut operations = api.operations.iter();
        operations.any(|operation| operation.tag.as_deref() == Some(name))
    };
    api.tags.retain(|tag| used(&tag.name));
    for operation in &api.operations {
        if let Some(name) = &operation.tag
            && !api.tags.iter().any(|tag| tag.name == *name)
        {
            api.tags.push(Tag {
                origin: Origin::several(),
                name: name.clone(),
                description: String::new(),
            });
        }
    }
}

/// The first segment of the path that is neither a version nor a parameter.
fn resource(operation: &Operation) -> Option<String> {
    let literals = operation.path.iter().filter_map(|segment| match segment {
        Segment::Literal(text) => Some(text.split('/')),
        Segment::Parameter(_) => None,
    });
    let is_resource =
        |text: &&str| text.contains(char::is_alphabetic) && !Operation::is_version(text);
    literals.flatten().find(is_resource).map(str::to_owned)
}
