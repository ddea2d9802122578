//! Makes mutants, and looks at what comes of each.

use std::fs;
use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use butler_codegen::diagnostic::{Diagnostics, Severity};
use butler_codegen::document::{Source, parse};
use butler_codegen::emit::File;
use butler_codegen::settings::Settings;
use butler_codegen::{generate, report};
use proc_macro2::{TokenStream, TokenTree};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::operators;

/// What is called by hostile texts that become code.
const CANARY: &str = "canaryX9__z";

/// Documents, and where crates are kept that are compiled.
pub struct Worker {
    documents: Vec<(PathBuf, Source)>,
    seed: u64,
}

/// What came of a mutant.
pub enum Outcome {
    /// A crate.
    Crate(Vec<File>),
    /// Errors.
    Refused,
    /// What must not be.
    Bad(String),
}

impl Worker {
    pub fn new(documents: &[PathBuf], seed: u64) -> Self {
        let read = |path: &PathBuf| Some((path.clone(), Source::read(path).ok()?));
        let documents = documents.iter().filter_map(read).collect();
        Self { documents, seed }
    }

    /// The mutant of a number, which is always the same.
    pub fn mutant(&self, number: u64) -> Option<Source> {
        let mut random = StdRng::seed_from_u64(self.seed.wrapping_add(number));
        let index = random.random_range(0..self.documents.len().max(1));
        let (path, source) = self.documents.get(index)?;
        let name = path.file_name()?.to_str()?;
        if random.random_bool(0.25) {
            let text = operators::garble(&mut random, &source.text);
            return Some(Source::new(name, text));
        }
        let mut tree = parse(source, &mut Diagnostics::default())?;
        operators::change(&mut random, &mut tree);
        Some(Source::new("mutant.json", tree.to_string()))
    }

    /// Writes a mutant into a folder, for people.
    pub fn keep(&self, number: u64, folder: &Path) {
        if let Some(source) = self.mutant(number) {
            let name = format!("{number}-{}", source.name);
            let _ = fs::write(folder.join(name), source.text);
        }
    }

    /// Generates a crate of a mutant, and says what came of it, one line before and one behind.
    pub fn run(&self, numbers: std::ops::Range<u64>, keep: &Path, every: u64) {
        std::panic::set_hook(Box::new(|_| {}));
        let mut out = io::stdout().lock();
        for number in numbers {
            let _ = writeln!(out, "start {number}");
            let _ = out.flush();
            let Some(source) = self.mutant(number) else {
                continue;
            };
            let settings = settings(number);
            let line = match outcome(&source, &settings) {
                Outcome::Crate(files) => {
                    if every > 0 && number % every == 0 {
                        write(&keep.join(&settings.name), &files);
                    }
                    "crate".to_owned()
                }
                Outcome::Refused => "refused".to_owned(),
                Outcome::Bad(why) => {
                    self.keep(number, keep);
                    format!("bad {}", why.replace('\n', " "))
                }
            };
            let _ = writeln!(out, "done {number} {line}");
        }
        let _ = writeln!(out, "end");
    }
}

fn settings(number: u64) -> Settings {
    Settings {
        name: format!("mutant-{number}"),
        version: "0.1.0".to_owned(),
        docs: number.is_multiple_of(3),
        ..Settings::default()
    }
}

fn write(folder: &Path, files: &[File]) {
    for file in files {
        let path = folder.join(&file.path);
        let _ = path.parent().map(fs::create_dir_all);
        let _ = fs::write(path, &file.text);
    }
}

fn outcome(source: &Source, settings: &Settings) -> Outcome {
    let generated = catch_unwind(AssertUnwindSafe(|| {
        let generated = generate(source, settings);
        let findings = match &generated {
            Ok(generated) => &generated.warnings,
            Err(errors) => errors,
        };
        (report::render(source, findings), generated)
    }));
    let (shown, generated) = match generated {
        Ok(result) => result,
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            return Outcome::Bad(format!("panic: {}", text.unwrap_or_default()));
        }
    };
    if let Some(strange) = shown.chars().find(|c| c.is_control() && *c != '\n') {
        return Outcome::Bad(format!("a finding has {strange:?}"));
    }
    match generated {
        Err(errors) if errors.iter().any(|error| error.severity == Severity::Error) => {
            Outcome::Refused
        }
        Err(_) => Outcome::Bad("refused without an error".to_owned()),
        Ok(generated) => {
            let own = generated.files.iter();
            let mut own = own.filter(|file| !file.path.starts_with("src/runtime/"));
            match own.find_map(wrong) {
                Some(why) => Outcome::Bad(why),
                None => Outcome::Crate(generated.files),
            }
        }
    }
}

/// What is wrong with a file.
fn wrong(file: &File) -> Option<String> {
    let path = &file.path;
    if path
        .split('/')
        .any(|part| ["", ".", ".."].contains(&part) || part.len() > 255)
    {
        return Some(format!("the path {path}"));
    }
    if let Some(strange) = file.text.chars().find(|c| c.is_control() && *c != '\n') {
        return Some(format!("{path} has {strange:?}"));
    }
    let extension = Path::new(path).extension().and_then(|end| end.to_str());
    if extension == Some("toml") {
        let parsed = file.text.parse::<toml_edit::DocumentMut>();
        return parsed.err().map(|error| format!("{path}: {error}"));
    }
    if extension != Some("rs") {
        return None;
    }
    if let Err(error) = syn::parse_file(&file.text) {
        return Some(format!("{path}: {error}"));
    }
    let tokens: TokenStream = file.text.parse().ok()?;
    has_canary(tokens).then(|| format!("{path} has the canary"))
}

fn has_canary(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => has_canary(group.stream()),
        TokenTree::Ident(ident) => ident == CANARY,
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
