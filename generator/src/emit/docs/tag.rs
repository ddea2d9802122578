//! The page of a tag.

use super::links::{self, Links};
use super::{markdown, operation};
use crate::plan::{Plan, Tag};

/// The whole page.
pub(super) fn page(plan: &Plan, tag: &Tag, links: &Links<'_>) -> String {
    let path = links::page_of_tag(tag);
    let mut blocks = vec![
        format!("# {}", tag.client.as_str()),
        markdown::paragraphs(&tag.docs),
        "## Available operations".to_owned(),
    ];
    let available = tag.operations.iter().filter_map(operation::usual);
    let available = available.map(|(name, docs)| {
        let anchor = markdown::anchor(name);
        format!("* [`{name}`](#{anchor}): {}", markdown::summary(docs))
    });
    blocks.push(available.collect::<Vec<_>>().join("\n"));
    for of in &tag.operations {
        blocks.extend(operation::section(plan, (tag, of), links, &path));
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n")
}
