//! The pages of the crate: `README.md`, `docs/` with a page for each tag and module of types, and the
//! first `CHANGELOG.md`.

mod links;
mod markdown;
mod operation;
mod readme;
mod tag;
mod types;

use super::{File, MARK};
use crate::plan::{Krate, Plan};
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
    pages.push(changelog(&plan.krate));
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    pages
}

/// The first text of a file that users go on with.
fn changelog(krate: &Krate) -> File {
    let Krate { name, version, .. } = krate;
    File {
        path: "CHANGELOG.md".to_owned(),
        text: format!(
            "# Changelog\n\nThe changes of `{name}` that its users notice, in the form of [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).\n\n## {version}\n\nThe first version.\n"
        ),
    }
}

fn page(path: String, text: &str) -> File {
    File {
        path,
        text: format!("<!-- {MARK} -->\n\n{}\n", text.trim_end()),
    }
}
