//! The pages of the crate: `README.md`, and `docs/` with a page for each tag and module of types.

mod links;
mod markdown;
mod operation;
mod readme;
mod tag;
mod types;

use super::{File, MARK};
use crate::plan::Plan;
use links::Links;

/// Writes all pages, in the order of their paths.
pub(super) fn pages(plan: &Plan) -> Vec<File> {
    let links = Links::of(plan);
    let mut pages: Vec<File> = plan
        .tags
        .iter()
        .map(|tag| page(links::page_of_tag(tag), &tag::page(plan, tag, &links)))
        .collect();
    pages.extend(
        types::pages(plan, &links)
            .into_iter()
            .map(|(path, text)| page(path, &text)),
    );
    pages.push(page("README.md".to_owned(), &readme::readme(plan)));
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

fn page(path: String, text: &str) -> File {
    File {
        path,
        text: format!("<!-- {MARK} -->\n\n{}\n", text.trim_end()),
    }
}
