//! `cargo xtask mutate`: documents with mistakes, in great numbers. Each is generated or refused, in time, and what is
//! generated parses.

mod operators;
#[path = "../../../generator/tests/support/hostile_texts.rs"]
mod texts;
mod worker;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use butler_codegen::cli::Outcome;
use clap::Args;

use worker::Worker;

/// Which documents, and how many mutants of them.
#[derive(Args, Clone)]
pub struct Arguments {
    /// Folders of documents; those of the tests where none is given.
    folders: Vec<PathBuf>,
    /// How many mutants are made.
    #[arg(long, default_value_t = 10_000)]
    count: u64,
    /// What they are made of by chance; the same seed makes the same mutants.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many of the crates are compiled.
    #[arg(long, default_value_t = 0)]
    sample: u64,
    /// How long a mutant may take, in seconds.
    #[arg(long, default_value_t = 2)]
    seconds: u64,
    /// The largest document that is changed, in bytes.
    #[arg(long, default_value_t = 150_000)]
    largest: u64,
    /// Makes the mutant of this number alone, and keeps it.
    #[arg(long)]
    only: Option<u64>,
    /// The mutants that this process makes: for a run of its own kind.
    #[arg(long, hide = true, value_parser = range)]
    part: Option<(u64, u64)>,
}

fn range(text: &str) -> Result<(u64, u64), String> {
    let (start, end) = text.split_once("..").ok_or("write START..END")?;
    let number = |text: &str| text.parse().map_err(|_| format!("`{text}` is no number"));
    Ok((number(start)?, number(end)?))
}

/// Runs them all, in processes of their own.
pub fn run(arguments: &Arguments, root: &Path, target: &Path) -> Outcome {
    let keep = target.join("mutants");
    let documents = documents(arguments, root);
    let every = match arguments.sample {
        0 => 0,
        // About half of all mutants are refused.
        sample => (arguments.count / sample / 2).max(1),
    };
    if let Some((start, end)) = arguments.part {
        let worker = Worker::new(&documents, arguments.seed);
        return on_deep_stack(|| worker.run(start..end, &keep, every));
    }
    if let Some(number) = arguments.only {
        let _ = fs::create_dir_all(&keep);
        Worker::new(&documents, arguments.seed).keep(number, &keep);
        println!("{}", keep.display());
        return Outcome::Done;
    }
    let _ = fs::remove_dir_all(&keep);
    if let Err(error) = fs::create_dir_all(&keep) {
        eprintln!("error: {}: {error}", keep.display());
        return Outcome::BadInput;
    }
    println!(
        "{} mutants of {} documents",
        arguments.count,
        documents.len()
    );
    let totals = totals(arguments, &documents, &keep);
    let counts: Vec<String> = totals
        .iter()
        .map(|(kind, count)| format!("{count} {kind}"))
        .collect();
    println!("{}", counts.join(", "));
    let is_good = totals
        .keys()
        .all(|kind| ["crate", "refused"].contains(&&**kind));
    if !is_good || every > 0 && !compiles(&keep, root, target) {
        return Outcome::Found;
    }
    Outcome::Done
}

/// What parses the deepest code has as much room as what writes it.
fn on_deep_stack(work: impl FnOnce() + Send) -> Outcome {
    const SIZE: usize = 256 * 1024 * 1024;
    let ended = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(SIZE);
        thread
            .spawn_scoped(scope, work)
            .map(|work| work.join().is_ok())
    });
    match ended {
        Ok(true) => Outcome::Done,
        Ok(false) | Err(_) => Outcome::Found,
    }
}

/// How many mutants came to what, over all processors.
fn totals(arguments: &Arguments, documents: &[PathBuf], keep: &Path) -> BTreeMap<String, u64> {
    let threads = thread::available_parallelism().map_or(1, usize::from) as u64;
    let share = arguments.count.div_ceil(threads);
    thread::scope(|scope| {
        let parts = (0..threads).map(|thread| {
            let start = thread * share;
            let end = (start + share).min(arguments.count);
            scope.spawn(move || {
                let kept = |number| {
                    let worker = Worker::new(documents, arguments.seed);
                    worker.keep(number, keep);
                };
                supervised(arguments, start..end, &kept)
            })
        });
        let parts: Vec<_> = parts.collect();
        let mut totals = BTreeMap::new();
        for part in parts {
            for (kind, count) in part.join().unwrap_or_default() {
                *totals.entry(kind).or_insert(0_u64) += count;
            }
        }
        totals
    })
}

/// The documents, in the order of their paths.
fn documents(arguments: &Arguments, root: &Path) -> Vec<PathBuf> {
    let usual = [root.join("generator/tests/fixtures"), root.join("spec")];
    let folders = if arguments.folders.is_empty() {
        usual.to_vec()
    } else {
        arguments.folders.clone()
    };
    let mut found = Vec::new();
    let mut waiting = folders;
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            let is_document = extension.is_some_and(|end| ["json", "yaml", "yml"].contains(&end));
            let is_small = entry
                .metadata()
                .is_ok_and(|data| data.len() <= arguments.largest);
            if path.is_dir() {
                waiting.push(path);
            } else if is_document && is_small {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Runs some mutants in a process of their own, and another one for the rest where it ends or hangs; the mutant is then
/// kept.
fn supervised(
    arguments: &Arguments,
    Range { start, end }: Range<u64>,
    kept: &dyn Fn(u64),
) -> BTreeMap<String, u64> {
    let mut totals = BTreeMap::new();
    let mut count = |kind: &str| *totals.entry(kind.to_owned()).or_insert(0) += 1;
    let mut next = start;
    while next < end {
        let Some(mut child) = spawned(arguments, next, end) else {
            count("not started");
            break;
        };
        let mut current = next;
        let why = loop {
            match line(&mut child, Duration::from_secs(arguments.seconds)) {
                Ok(line) => {
                    let mut words = line.splitn(3, ' ');
                    match (words.next(), words.next(), words.next()) {
                        (Some("start"), Some(number), _) => {
                            current = number.parse().unwrap_or(current);
                        }
                        (Some("done"), Some(number), Some(outcome)) => {
                            count(outcome.split(' ').next().unwrap_or_default());
                            if let Some(why) = outcome.strip_prefix("bad ") {
                                println!("mutant {number}: {why}");
                            }
                        }
                        _ => break None,
                    }
                }
                Err(RecvTimeoutError::Timeout) => break Some("hung"),
                Err(RecvTimeoutError::Disconnected) => break Some("aborted"),
            }
        };
        let _ = child.process.kill();
        let _ = child.process.wait();
        let Some(why) = why else { break };
        println!("mutant {current}: {why}");
        kept(current);
        count(why);
        next = current + 1;
    }
    totals
}

/// A process, and what it prints.
struct Running {
    process: Child,
    lines: mpsc::Receiver<String>,
}

fn spawned(arguments: &Arguments, start: u64, end: u64) -> Option<Running> {
    let mut command = Command::new(std::env::current_exe().ok()?);
    command.arg("mutate").args(&arguments.folders);
    for (name, value) in [
        ("--count", arguments.count),
        ("--seed", arguments.seed),
        ("--sample", arguments.sample),
        ("--largest", arguments.largest),
    ] {
        command.arg(name).arg(value.to_string());
    }
    command.arg("--part").arg(format!("{start}..{end}"));
    let mut process = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let output = process.stdout.take()?;
    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    Some(Running { process, lines })
}

fn line(child: &mut Running, within: Duration) -> Result<String, RecvTimeoutError> {
    child.lines.recv_timeout(within)
}

/// Compiles the crates that were kept.
fn compiles(keep: &Path, root: &Path, target: &Path) -> bool {
    let manifest = "[workspace]\nmembers = [\"mutant-*\"]\nresolver = \"3\"\n";
    let written = fs::write(keep.join("Cargo.toml"), manifest)
        .and_then(|()| fs::copy(root.join("Cargo.lock"), keep.join("Cargo.lock")));
    if let Err(error) = written {
        eprintln!("error: {}: {error}", keep.display());
        return false;
    }
    let kept = fs::read_dir(keep).into_iter().flatten().flatten();
    let count = kept.filter(|entry| entry.path().is_dir()).count();
    println!("compiling {count} of the crates");
    let status = Command::new(env!("CARGO"))
        .args([
            "check",
            "--workspace",
            "--keep-going",
            "--offline",
            "--quiet",
        ])
        .current_dir(keep)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "--deny warnings")
        .status();
    status.is_ok_and(|status| status.success())
}
