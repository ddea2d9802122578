//! What users write into generated files: it stands between two lines, or in the manifest, and stays.

use std::fs;
use std::path::Path;

use super::{OutputError, manifest, refuse_others};
use crate::emit::{File, KEPT};

/// The files with what users have written into those in the folder. Nothing is read that is no file, or behind
/// a link.
pub(super) fn with_kept(folder: &Path, files: &[File]) -> Result<Vec<File>, OutputError> {
    let mut files = files.to_vec();
    for file in &files {
        refuse_others(folder, &file.path)?;
    }
    let [begin, end] = KEPT;
    for file in files.iter_mut().filter(|file| file.text.contains(begin)) {
        let path = folder.join(&file.path);
        let Ok(old) = fs::read_to_string(&path) else {
            continue;
        };
        match (between(&old), old.contains(begin) || old.contains(end)) {
            (Some(kept), _) => {
                if let Some(empty) = between(&file.text) {
                    let (start, stop) = (empty.start, empty.end);
                    file.text.replace_range(start..stop, &old[kept]);
                }
            }
            (None, true) => return Err(OutputError::Markers(path)),
            (None, false) => {}
        }
    }
    manifest::keep(folder, &mut files)?;
    Ok(files)
}

/// What stands between the two lines.
fn between(text: &str) -> Option<std::ops::Range<usize>> {
    let [begin, end] = KEPT;
    let start = text.find(begin)? + begin.len();
    let length = text[start..].find(end)?;
    Some(start..start + length)
}
