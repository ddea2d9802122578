//! Links within generated pages.

use std::collections::{BTreeMap, BTreeSet};

use butler_codegen::emit::File;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// How many links of the pages lead to other places of them, and those that lead nowhere.
pub fn check(files: &[File]) -> (usize, Vec<String>) {
    let pages: BTreeMap<&str, Page> = files
        .iter()
        .filter(|file| std::path::Path::new(&file.path).extension() == Some("md".as_ref()))
        .map(|file| (&*file.path, Page::read(&file.text)))
        .collect();
    let (mut count, mut broken) = (0, Vec::new());
    for (path, page) in &pages {
        for link in page
            .links
            .iter()
            .filter(|link| !link.contains("://") && !link.starts_with("mailto:"))
        {
            count += 1;
            let (target, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if target.is_empty() {
                (*path).to_owned()
            } else {
                joined(path, target)
            };
            let found = pages.get(&*target);
            if found.is_none_or(|page| !anchor.is_empty() && !page.anchors.contains(anchor)) {
                broken.push(format!("{path}: {link}"));
            }
        }
    }
    (count, broken)
}

/// What a page leads to, and what leads to it.
struct Page {
    links: Vec<String>,
    anchors: BTreeSet<String>,
}

impl Page {
    fn read(text: &str) -> Self {
        let (mut links, mut anchors) = (Vec::new(), BTreeSet::new());
        let mut heading: Option<String> = None;
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            if let Event::Start(Tag::Link { dest_url, .. }) = &event {
                links.push(dest_url.to_string());
            }
            if let Event::Start(Tag::Heading { .. }) = &event {
                heading = Some(String::new());
            }
            if let (Event::Text(text) | Event::Code(text), Some(heading)) = (&event, &mut heading) {
                heading.push_str(text);
            }
            if let Event::End(TagEnd::Heading(_)) = &event {
                let name = anchor(&heading.take().unwrap_or_default());
                let mut numbered = (1..).map(|number| format!("{name}-{number}"));
                let mut chosen = name.clone();
                while !anchors.insert(chosen) {
                    chosen = numbered.next().unwrap_or_default();
                }
            }
        }
        Self { links, anchors }
    }
}

/// The anchor that a heading gets where Markdown is shown: in lower case, without punctuation, with
/// hyphens for spaces.
fn anchor(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
    let lower: String = kept.flat_map(char::to_lowercase).collect();
    lower.replace(' ', "-")
}

/// A path beside another one.
fn joined(from: &str, to: &str) -> String {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for step in to.split('/') {
        match step {
            ".." => {
                folders.pop();
            }
            step => folders.push(step),
        }
    }
    folders.join("/")
}

#[cfg(test)]
mod tests {
    use super::check;
    use butler_codegen::emit::File;

    #[test]
    fn links_of_the_projects_pages_lead_somewhere() {
        let root = crate::root();
        let mut files = Vec::new();
        for folder in ["", "docs", "docs/decisions", "generated", "generated/docs"] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|end| end == "md") {
                    let within = path.strip_prefix(&root).unwrap();
                    let text = std::fs::read_to_string(&path).unwrap();
                    files.push(File {
                        path: within.to_str().unwrap().to_owned(),
                        text,
                    });
                }
            }
        }
        let (count, mut broken) = check(&files);
        assert!(count > 200, "{count}");
        // A link to a file that is no page has no anchor.
        broken.retain(|link| {
            let (page, target) = link.split_once(": ").unwrap();
            !root.join(super::joined(page, target)).exists()
        });
        assert!(broken.is_empty(), "{broken:#?}");
    }

    #[test]
    fn links_lead_to_pages_and_their_headings() {
        let page = |path: &str, text: &str| File {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let files = [
            page(
                "README.md",
                "[a](docs/a.md#one-two) [b](docs/b.md) [c](https://example.com)",
            ),
            page(
                "docs/a.md",
                "# `One` two\n\n[up](../README.md#none) [types](types/x.md) [here](#one-two)",
            ),
            page("docs/types/x.md", ""),
        ];
        let (count, broken) = check(&files);
        assert_eq!(count, 5);
        assert_eq!(
            broken,
            ["README.md: docs/b.md", "docs/a.md: ../README.md#none"]
        );
    }
}
