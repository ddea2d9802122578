//! The manifest: what users add to it or change in it stays.
//!
//! Beside the manifest stands the one that was generated last. What differs between the two is the user's;
//! what does not is the generator's, and follows it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use toml_edit::{DocumentMut, Item, TableLike};

use super::{OutputError, is_marked};
use crate::emit::{File, GENERATED_MANIFEST, MANIFEST};

/// Makes the generated manifest the user's, where there is one.
pub(super) fn keep(folder: &Path, files: &mut [File]) -> Result<(), OutputError> {
    let Some(file) = files.iter_mut().find(|file| file.path == MANIFEST) else {
        return Ok(());
    };
    let read = |path: &str| fs::read_to_string(folder.join(path)).ok();
    // One that the generator has not written is in the way, as any other file.
    if let Some(own) = read(MANIFEST).filter(|own| is_marked(own)) {
        let last = read(GENERATED_MANIFEST);
        let merged = merged(&own, last.as_deref(), &file.text);
        file.text = merged.map_err(|error| {
            let reason = error.to_string();
            OutputError::Manifest(folder.join(MANIFEST), reason)
        })?;
    }
    Ok(())
}

/// The user's manifest with what has changed between the last generated one and the new one.
fn merged(own: &str, last: Option<&str>, new: &str) -> Result<String, toml_edit::TomlError> {
    if last.is_some_and(|last| body(last) == body(own)) {
        return Ok(new.to_owned());
    }
    let mut merged: DocumentMut = own.parse()?;
    let last: Option<DocumentMut> = last.and_then(|last| last.parse().ok());
    let new: DocumentMut = new.parse()?;
    let last = last.as_ref().map(|last| last.as_table() as &dyn TableLike);
    merge(merged.as_table_mut(), last, new.as_table(), true);
    Ok(merged.to_string())
}

/// The text without the comment that it starts with.
fn body(text: &str) -> &str {
    let start = text.find("\n\n").unwrap_or_default();
    text[start..].trim()
}

/// `is_own` says whose what is there is, where the last generated manifest is not known.
fn merge(own: &mut dyn TableLike, last: Option<&dyn TableLike>, new: &dyn TableLike, is_own: bool) {
    let mut names: Vec<String> = new.iter().map(|(name, _)| name.to_owned()).collect();
    let known: BTreeSet<String> = names.iter().cloned().collect();
    let dropped = last.into_iter().flat_map(|last| last.iter());
    let dropped = dropped.map(|(name, _)| name.to_owned());
    names.extend(dropped.filter(|name| !known.contains(name)));
    for name in names {
        let before = last.and_then(|last| last.get(&name));
        let now = new.get(&name);
        if let (Some(Item::Table(own)), Some(Item::Table(now))) = (own.get_mut(&name), now) {
            let before = before.and_then(Item::as_table_like);
            merge(own, before, now, name == "package");
            continue;
        }
        let is_changed = match (last, own.get(&name)) {
            (None, None) => false,
            (None, Some(_)) => is_own,
            (Some(_), current) => text(current) != text(before),
        };
        if is_changed {
            continue;
        }
        match now {
            Some(now) => own.insert(&name, now.clone()),
            None => own.remove(&name),
        };
    }
}

/// A value as text, whatever stands around it.
fn text(item: Option<&Item>) -> Option<String> {
    match item? {
        Item::Value(value) => Some(value.clone().decorated("", "").to_string()),
        item @ (Item::None | Item::Table(_) | Item::ArrayOfTables(_)) => Some(item.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::merged;

    const LAST: &str = "# mark\n\n[package]\nname = \"a\"\nversion = \"0.1.0\"\n\n[dependencies]\nhttp = \"1\"\nold = \"1\"\n";
    const NEW: &str = "# mark\n\n[package]\nname = \"a\"\nversion = \"0.2.0\"\n\n[dependencies]\nhttp = \"2\"\nnew = \"1\"\n";

    #[test]
    fn a_manifest_that_nobody_has_changed_follows_the_generator() {
        assert_eq!(merged(LAST, Some(LAST), NEW).unwrap(), NEW);
    }

    #[test]
    fn what_is_the_users_stays_and_the_rest_follows() {
        let own = LAST
            .replace(
                "version = \"0.1.0\"",
                "version = \"1.0.0\" # ours\nlicense = \"MIT\"",
            )
            .replace(
                "old = \"1\"",
                "old = \"1\"\nserde = { version = \"1\", features = [\"derive\"] }",
            );
        let expected = "# mark\n\n[package]\nname = \"a\"\nversion = \"1.0.0\" # ours\nlicense = \"MIT\"\n\n[dependencies]\nhttp = \"2\"\nserde = { version = \"1\", features = [\"derive\"] }\nnew = \"1\"\n";
        assert_eq!(merged(&own, Some(LAST), NEW).unwrap(), expected);
        // Once more, with what has been written.
        assert_eq!(merged(expected, Some(NEW), NEW).unwrap(), expected);
    }

    #[test]
    fn what_the_user_has_removed_stays_away() {
        let own = LAST.replace("http = \"1\"\n", "");
        let merged = merged(&own, Some(LAST), NEW).unwrap();
        assert!(!merged.contains("http"), "{merged}");
    }

    #[test]
    fn a_dependency_of_the_users_own_with_a_table_stays() {
        let own = LAST.replace("http = \"1\"\n", "") + "\n[dependencies.http]\nversion = \"1.4\"\n";
        let merged = merged(&own, Some(LAST), NEW).unwrap();
        assert!(
            merged.contains("[dependencies.http]\nversion = \"1.4\""),
            "{merged}"
        );
    }

    #[test]
    fn without_the_last_one_the_package_is_the_users() {
        let own = LAST.replace("version = \"0.1.0\"", "version = \"1.0.0\"");
        let expected = "# mark\n\n[package]\nname = \"a\"\nversion = \"1.0.0\"\n\n[dependencies]\nhttp = \"2\"\nold = \"1\"\nnew = \"1\"\n";
        assert_eq!(merged(&own, None, NEW).unwrap(), expected);
    }
}
