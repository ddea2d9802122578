//! Which modules of the generator may use which others, and which crates? Imports go one way only.

use super::imports::Source;

/// Which modules of the generator each module may use.
const LAYERS: [(&str, &[&str]); 19] = [
    ("pointer", &[]),
    ("text", &[]),
    ("stack", &[]),
    ("runtime", &[]),
    ("diagnostic", &["pointer"]),
    ("api", &["pointer"]),
    ("settings", &["api", "diagnostic", "document"]),
    ("document", &["diagnostic", "pointer", "text"]),
    (
        "lower",
        &["api", "diagnostic", "document", "pointer", "settings"],
    ),
    ("refine", &["api", "settings"]),
    ("plan", &["api", "runtime", "settings", "text"]),
    ("sample", &["document", "pointer"]),
    ("emit", &["plan", "runtime", "stack"]),
    ("output", &["emit"]),
    ("report", &["diagnostic", "document", "pointer", "text"]),
    (
        "cli",
        &[
            "diagnostic",
            "document",
            "lib",
            "output",
            "report",
            "settings",
        ],
    ),
    ("main", &[]),
    (
        "build",
        &["diagnostic", "document", "lib", "report", "settings"],
    ),
    (
        "lib",
        &[
            "api",
            "build",
            "diagnostic",
            "document",
            "emit",
            "lower",
            "plan",
            "refine",
            "settings",
            "stack",
        ],
    ),
];

/// Which modules may use which crates.
const CRATES: [(&str, &[&str]); 8] = [
    ("openapiv3", &["document", "lower"]),
    ("serde_yaml", &["document"]),
    ("saphyr_parser", &["document"]),
    ("heck", &["plan"]),
    ("quote", &["emit"]),
    ("prettyplease", &["emit"]),
    ("clap", &["cli", "main"]),
    ("rand_regex", &["sample"]),
];

/// Checks the modules of the generator.
pub fn check(sources: &[Source], findings: &mut Vec<String>) {
    for source in sources {
        let own = source.module.first().map_or("lib", String::as_str);
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == own) else {
            let path = source.path.display();
            findings.push(format!("{path}: add the module to `LAYERS`"));
            continue;
        };
        for name in &source.names {
            let first = name.path.first().map_or("lib", String::as_str);
            let is_module = LAYERS.iter().any(|(known, _)| *known == first);
            // What is at the root and no module is an item of `lib`.
            let used = if is_module { first } else { "lib" };
            let is_crate = name.path.len() > 1 && !is_module;
            if used != own && !allowed.contains(&used) && !is_crate {
                let path = source.path.display();
                findings.push(format!(
                    "{path}:{}: `{own}` must not use `{used}`",
                    name.line
                ));
            }
        }
        for (name, users) in CRATES {
            let start = format!("use {name}::");
            let mut lines = source.text.lines();
            if !users.contains(&own) && lines.any(|line| line.starts_with(&start)) {
                let path = source.path.display();
                findings.push(format!("{path}: `{own}` must not use the crate `{name}`"));
            }
        }
    }
}
