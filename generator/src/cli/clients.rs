//! Which clients there are: those that a file lists, or the one of a document.

use std::env;
use std::path::PathBuf;

use super::{Arguments, Called};
use crate::settings::{self, Settings};

/// The name of the file that lists the clients.
const CONFIG: &str = "codegen.toml";
/// The version of a crate that is generated with `--spec`.
const FIRST_VERSION: &str = "0.1.0";

/// The clients that the command line names.
pub(super) fn clients(arguments: &Arguments, called: &Called) -> Result<Vec<Settings>, String> {
    let (Some(spec), Some(out)) = (&arguments.spec, &arguments.out) else {
        let own = arguments.config.clone();
        let config = own.or_else(|| called.config.clone());
        return settings::read(&config.map_or_else(found, Ok)?);
    };
    let folder = || out.file_name()?.to_str().map(str::to_owned);
    let name = arguments.name.clone().or_else(folder);
    let name = name.ok_or("give the crate a name with `--name`")?;
    settings::check_name(&name)?;
    Ok(vec![Settings {
        spec: spec.clone(),
        out: out.clone(),
        name,
        version: FIRST_VERSION.to_owned(),
        features: settings::usual_features(),
        ..Settings::default()
    }])
}

/// The file in the current folder, or in the closest one above it that has one.
fn found() -> Result<PathBuf, String> {
    let current = env::current_dir().map_err(|error| format!("the current folder: {error}"))?;
    let mut files = current.ancestors().map(|folder| folder.join(CONFIG));
    files.find(|file| file.is_file()).ok_or_else(|| {
        format!(
            "there is no `{CONFIG}` in `{}` or above it; name one with `--config`, or a document with `--spec` and `--out`",
            current.display()
        )
    })
}
