//! `cargo xtask conformance DIR`: every operation of every document is called against Prism, which
//! validates the requests by the document, and responses as the document says.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use butler_codegen::diagnostic::Diagnostics;
use butler_codegen::document::{Source, normalized, parse};
use butler_codegen::settings::Settings;
use butler_codegen::{emit, output, plan, understand};
use serde_json::Value;

use crate::corpus::{self, crate_name, documents};
use crate::driver::{Call, program};
use crate::narrow::narrowed;
use crate::prism::{Process, Server, prism};
use crate::validator::Validators;
use crate::verdict::{Verdict, is_false_response, verdict};
use crate::{Outcome, root};

/// A document whose client has been built.
struct Case {
    path: PathBuf,
    name: String,
    krate: String,
    calls: Vec<Call>,
    tree: Value,
}

/// What has been seen.
#[derive(Default)]
struct Tally {
    operations: usize,
    driven: usize,
    /// The driven ones without a finding.
    good: usize,
    calls: usize,
    findings: Vec<String>,
    left_out: Vec<String>,
    /// Calls that Prism does not validators, by the reason.
    unchecked: BTreeMap<&'static str, usize>,
}

/// Runs the task.
pub fn run(arguments: &corpus::Arguments) -> Outcome {
    let refuse = |message: String| {
        eprintln!("error: {message}");
        Outcome::BadInput
    };
    let prism = match prism() {
        Ok(prism) => prism,
        Err(message) => return refuse(message),
    };
    let Ok(paths) = documents(arguments) else {
        return refuse("the folder cannot be read".to_owned());
    };
    let workspace = root().join("target/conformance");
    let mut cases = Vec::new();
    for path in paths {
        eprintln!("generating {}", path.display());
        match case(&path, &workspace) {
            Ok(case) => cases.push(case),
            Err(message) => return refuse(format!("{}: {message}", path.display())),
        }
    }
    if let Err(message) = build(&workspace, &cases, arguments.jobs) {
        return refuse(message);
    }
    let mut total = Tally::default();
    println!("| document | operations | driven | calls | findings |");
    println!("|---|---|---|---|---|");
    for (case, tally) in cases.iter().zip(driven(&prism, &cases, arguments.jobs)) {
        println!(
            "| {} | {} | {} | {} | {} |",
            case.name,
            tally.operations,
            tally.driven,
            tally.calls,
            tally.findings.len()
        );
        total.add(tally);
    }
    for line in total.left_out.iter().chain(&total.findings) {
        println!("{line}");
    }
    for (reason, count) in &total.unchecked {
        println!("{count} calls not verdict: {reason}");
    }
    println!(
        "\n{} operations, {} driven with {} calls, {} findings; {} without one",
        total.operations,
        total.driven,
        total.calls,
        total.findings.len(),
        total.good
    );
    if total.findings.is_empty() {
        Outcome::Done
    } else {
        Outcome::Found
    }
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.operations += other.operations;
        self.driven += other.driven;
        self.good += other.good;
        self.calls += other.calls;
        self.findings.extend(other.findings);
        self.left_out.extend(other.left_out);
        for (reason, count) in other.unchecked {
            *self.unchecked.entry(reason).or_default() += count;
        }
    }
}

/// Drives all documents, several at a time.
fn driven(prism: &Path, cases: &[Case], jobs: usize) -> Vec<Tally> {
    let next = AtomicUsize::new(0);
    let tallies: Vec<Mutex<Tally>> = cases.iter().map(|_| Mutex::default()).collect();
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                let indices = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
                let cases = indices.map_while(|index| cases.get(index).zip(tallies.get(index)));
                for (case, place) in cases {
                    let tally = drive(prism, case).unwrap_or_else(|message| Tally {
                        operations: case.calls.len(),
                        left_out: vec![format!("{}: {message}", case.name)],
                        ..Tally::default()
                    });
                    eprintln!("driven {}: {} findings", case.name, tally.findings.len());
                    if let Ok(mut place) = place.lock() {
                        *place = tally;
                    }
                }
            });
        }
    });
    let tallies = tallies.into_iter().map(Mutex::into_inner);
    tallies.map(Result::unwrap_or_default).collect()
}

fn case(path: &Path, workspace: &Path) -> Result<Case, String> {
    let source = Source::read(path).map_err(|_| "it cannot be read".to_owned())?;
    let name = corpus::name(path);
    let krate = crate_name(&name);
    let settings = Settings {
        name: krate.clone(),
        version: "0.1.0".to_owned(),
        ..Settings::default()
    };
    let mut diagnostics = Diagnostics::default();
    let tree = normalized(&source, &mut diagnostics).ok_or("it has errors")?;
    let api = understand(&source, &settings, &mut Diagnostics::default()).ok_or("it has errors")?;
    let plan = plan::plan(&api, &settings);
    let client = workspace.join(&krate);
    output::replace(&client, &emit::emit(&plan)).map_err(|error| error.to_string())?;
    let (text, calls) = program(&krate, &api, &plan, &tree);
    write_driver(workspace, &krate, &text)?;
    Ok(Case {
        path: path.to_owned(),
        name,
        krate,
        calls,
        tree,
    })
}

/// Writes a program that calls a client.
pub fn write_driver(workspace: &Path, krate: &str, text: &str) -> Result<(), String> {
    let manifest = format!(
        "[package]\nname = \"{krate}-drive\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         [dependencies]\n{krate} = {{ path = \"../{krate}\", default-features = false, features = [\"reqwest\"] }}\n\
         serde = \"1\"\nserde_json = \"1\"\n\
         reqwest = {{ version = \"0.13\", default-features = false }}\n\
         tokio = {{ version = \"1\", features = [\"rt\", \"macros\"] }}\n"
    );
    let folder = workspace.join(format!("{krate}-drive"));
    let fail = |error: std::io::Error| error.to_string();
    fs::create_dir_all(folder.join("src")).map_err(fail)?;
    fs::write(folder.join("src/main.rs"), text).map_err(fail)?;
    fs::write(folder.join("Cargo.toml"), manifest).map_err(fail)
}

/// The workspace of clients and of the programs that call them.
pub fn write_workspace(workspace: &Path, krates: &[&str]) -> Result<(), String> {
    let members = krates.iter();
    let members = members.flat_map(|krate| [format!("{krate:?}"), format!("\"{krate}-drive\"")]);
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
        members.collect::<Vec<_>>().join(", ")
    );
    let fail = |error: std::io::Error| error.to_string();
    fs::create_dir_all(workspace).map_err(fail)?;
    fs::write(workspace.join("Cargo.toml"), manifest).map_err(fail)?;
    fs::copy(root().join("Cargo.lock"), workspace.join("Cargo.lock")).map_err(fail)?;
    Ok(())
}

fn build(workspace: &Path, cases: &[Case], jobs: usize) -> Result<(), String> {
    let krates: Vec<&str> = cases.iter().map(|case| &*case.krate).collect();
    write_workspace(workspace, &krates)?;
    Command::new(env!("CARGO"))
        .args([
            "build",
            "--workspace",
            "--keep-going",
            "--quiet",
            "--offline",
        ])
        .arg(format!("--jobs={jobs}"))
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target())
        .status()
        .map(|_| ())
        .map_err(|error| error.to_string())
}

fn target() -> PathBuf {
    root().join("target/conformance-target")
}

/// The program that calls the operations of one document.
struct Driver {
    _process: Process,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Driver {
    fn start(case: &Case, port: u16) -> Result<Self, String> {
        let mut child = Command::new(target().join("debug").join(format!("{}-drive", case.krate)))
            .env("BASE_URL", format!("http://127.0.0.1:{port}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("its program does not run: {error}"))?;
        let input = child.stdin.take().ok_or("no input")?;
        let output = child.stdout.take().ok_or("no output")?;
        Ok(Self {
            _process: Process(child),
            input,
            output: BufReader::new(output),
        })
    }

    fn call(&mut self, index: usize, prefer: &str) -> Result<Value, String> {
        writeln!(self.input, "{index}\t{prefer}").map_err(|error| error.to_string())?;
        let mut line = String::new();
        self.output
            .read_line(&mut line)
            .map_err(|error| error.to_string())?;
        serde_json::from_str(&line).map_err(|_| "its program has ended".to_owned())
    }
}

/// Why a response says nothing about the client.
const FALSE_RESPONSE: &str =
    "Prism's response is not of the declared schema, or of one without a type";

/// Starts Prism with the document, or with its narrowed form where it cannot serve that; returns
/// which it serves.
fn serve(prism: &Path, case: &Case, tally: &mut Tally) -> Result<(PathBuf, Server), String> {
    if let Ok(server) = Server::start(prism, &case.path) {
        return Ok((case.path.clone(), server));
    }
    let document = smaller(case)?;
    let note =
        "Prism cannot serve it; it serves its narrowed form, the responses of which are valid, too";
    tally.left_out.push(format!("{}: {note}", case.name));
    let server = Server::start(prism, &document)?;
    Ok((document, server))
}

fn drive(prism: &Path, case: &Case) -> Result<Tally, String> {
    let mut tally = Tally {
        operations: case.calls.len(),
        ..Tally::default()
    };
    let (document, mut server) = serve(prism, case, &mut tally)?;
    let mut driver = Driver::start(case, server.port)?;
    let validators = Validators::new(&case.tree)?;
    for (index, call) in case.calls.iter().enumerate() {
        let name = format!("{}::{}", case.name, call.id);
        if let Some(reason) = &call.left_out {
            tally.left_out.push(format!("{name}: not called: {reason}"));
            continue;
        }
        tally.driven += 1;
        let before = tally.findings.len();
        let wishes = std::iter::once(("dynamic=true".to_owned(), None)).chain(
            call.statuses
                .iter()
                .map(|code| (format!("code={code}"), Some(*code))),
        );
        for (wish, code) in wishes {
            tally.calls += 1;
            let seen = driver.call(index, &wish);
            let hangs = matches!(&seen, Ok(seen) if seen["kind"] == "late");
            let verdict = match seen {
                Ok(_) if hangs => Verdict::Unchecked("Prism does not respond within ten seconds"),
                Ok(seen) if is_false_response(&seen, &case.tree, &validators, &call.place) => {
                    Verdict::Unchecked(FALSE_RESPONSE)
                }
                Ok(seen) => verdict(&seen, code, call),
                Err(message) => {
                    driver = Driver::start(case, server.port)?;
                    Verdict::Wrong(message)
                }
            };
            match verdict {
                Verdict::Good => {}
                Verdict::Wrong(what) => tally.findings.push(format!("{name} ({wish}): {what}")),
                Verdict::Unchecked(reason) => *tally.unchecked.entry(reason).or_default() += 1,
            }
            if server.has_ended() || hangs {
                server = Server::start(prism, &document)?;
                driver = Driver::start(case, server.port)?;
            }
        }
        tally.good += usize::from(tally.findings.len() == before);
    }
    Ok(tally)
}

/// Writes the document with smaller responses; returns where it is.
fn smaller(case: &Case) -> Result<PathBuf, String> {
    let source = Source::read(&case.path).map_err(|_| "it cannot be read".to_owned())?;
    let tree = parse(&source, &mut Diagnostics::default()).ok_or("it has errors")?;
    let path = root()
        .join("target/conformance")
        .join(format!("{}-narrowed.json", case.krate));
    fs::write(&path, narrowed(&tree).to_string()).map_err(|error| error.to_string())?;
    Ok(path)
}
