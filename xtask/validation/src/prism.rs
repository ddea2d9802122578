//! Prism: the program, installed from its lock file, and a server of it.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::root;

/// Installs Prism from its lock file; returns its program.
pub fn prism() -> Result<PathBuf, String> {
    let folder = root().join("target/prism");
    let program = folder.join("node_modules/.bin/prism");
    if program.exists() {
        return Ok(program);
    }
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    for file in ["package.json", "package-lock.json"] {
        let from = root().join("xtask/validation/conformance").join(file);
        fs::copy(from, folder.join(file)).map_err(|error| error.to_string())?;
    }
    let status = Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(&folder)
        .status();
    match status {
        Ok(status) if status.success() => Ok(program),
        Ok(_) => Err("`npm ci` has failed in `target/prism`".to_owned()),
        Err(_) => Err("`npm` is missing: install Node.js, which brings it".to_owned()),
    }
}

/// A process that ends with its owner.
pub struct Process(pub Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Prism, which serves a document.
pub struct Server {
    process: Process,
    pub port: u16,
}

impl Server {
    /// Starts it, and waits until it listens.
    pub fn start(prism: &Path, document: &Path) -> Result<Self, String> {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .map_err(|error| error.to_string())?
            .port();
        let child = Command::new(prism)
            .args(["mock", "--host", "127.0.0.1", "--port", &port.to_string()])
            .arg(document)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut server = Self {
            process: Process(child),
            port,
        };
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if server.has_ended() || started.elapsed() > Duration::from_secs(60) {
                return Err("Prism cannot serve it".to_owned());
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(server)
    }

    pub fn has_ended(&mut self) -> bool {
        !matches!(self.process.0.try_wait(), Ok(None))
    }
}
