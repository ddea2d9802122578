//! `cargo xtask book`: the pages of the project and of its client as a book.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use butler_codegen::cli::Outcome;

const SETTINGS: &str = r#"[book]
title = "Butler codegen"
language = "en"
src = "src"

[output.html]
no-section-label = true
additional-css = ["wide.css"]
"#;

/// Tables of types and errors are wider than text.
const STYLE: &str = ":root { --content-max-width: 1000px; }\n";

/// Builds the book with mdBook.
pub fn run(root: &Path, target: &Path) -> Outcome {
    let folder = target.join("book");
    if let Err(error) = lay_out(root, &folder) {
        eprintln!("error: the pages cannot be copied: {error}");
        return Outcome::BadInput;
    }
    match Command::new("mdbook").arg("build").arg(&folder).status() {
        Ok(status) if status.success() => {
            println!("{}", folder.join("book/index.html").display());
            Outcome::Done
        }
        Ok(_) => Outcome::Found,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            eprintln!("error: `mdbook` is not installed; `cargo install mdbook --locked` does it");
            Outcome::BadInput
        }
        Err(error) => {
            eprintln!("error: `mdbook` cannot be run: {error}");
            Outcome::BadInput
        }
    }
}

/// Copies the pages that the summary lists, and the files that they lead to, so that links stay as they are.
fn lay_out(root: &Path, folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let summary = summary(root)?;
    let pages = targets(&summary);
    let mut files: BTreeSet<PathBuf> = pages.iter().cloned().collect();
    for page in &pages {
        let text = fs::read_to_string(root.join(page))?;
        let linked = targets(&text).into_iter();
        let linked = linked.map(|target| beside(page, &target));
        files.extend(linked.filter(|path| root.join(path).is_file()));
    }
    for file in files {
        let to = folder.join("src").join(&file);
        fs::create_dir_all(to.parent().unwrap_or(folder))?;
        fs::copy(root.join(&file), to)?;
    }
    fs::write(folder.join("wide.css"), STYLE)?;
    fs::write(folder.join("src/SUMMARY.md"), summary)?;
    fs::write(folder.join("book.toml"), SETTINGS)
}

/// The summary, with links from the root of the project.
fn summary(root: &Path) -> io::Result<String> {
    let text = fs::read_to_string(root.join("docs/SUMMARY.md"))?;
    let from_docs = text.replace("](", "](docs/");
    Ok(from_docs.replace("](docs/../", "]("))
}

/// What a page links to.
fn targets(page: &str) -> Vec<PathBuf> {
    let targets = page.split("](").skip(1);
    let targets = targets.filter_map(|rest| rest.split([')', '#']).next());
    targets.map(PathBuf::from).collect()
}

/// What a link of a page leads to, from the root of the project.
fn beside(page: &Path, target: &Path) -> PathBuf {
    let mut path = page.parent().unwrap_or(page).to_owned();
    for step in target {
        if step == ".." {
            path.pop();
        } else {
            path.push(step);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::{summary, targets};

    #[test]
    fn the_summary_lists_every_page() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let listed: BTreeSet<_> = targets(&summary(&root).unwrap()).into_iter().collect();
        let mut pages = BTreeSet::from(
            [
                "README.md",
                "CHANGELOG.md",
                "generated/README.md",
                "generator/troubleshooting.md",
            ]
            .map(Into::into),
        );
        for folder in ["docs", "docs/decisions", "generated/docs"] {
            for entry in fs::read_dir(root.join(folder)).unwrap() {
                let name = entry.unwrap().file_name();
                let page = Path::new(folder).join(&name);
                if page.extension().is_some_and(|end| end == "md") && name != "SUMMARY.md" {
                    pages.insert(page);
                }
            }
        }
        assert_eq!(listed, pages);
    }
}
