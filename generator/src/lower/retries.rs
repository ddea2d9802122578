//! When calls are sent again, where the document's author says so (`x-speakeasy-retries`).

use openapiv3::Operation as Written;
use serde_json::Value;

use super::Lowering;
use crate::api::Retries;
use crate::diagnostic::Code;
use crate::pointer::Pointer;

const EXTENSION: &str = "x-speakeasy-retries";

/// The codes that a class of them stands for: those of failures that may pass.
const SERVER_ERRORS: [u16; 4] = [500, 502, 503, 504];
const CLIENT_ERRORS: [u16; 2] = [408, 429];

impl Lowering<'_> {
    /// What the author says about an operation, or about all of them.
    pub(super) fn retries(&mut self, written: &Written, at: &Pointer) -> Option<Retries> {
        let (said, at) = match written.extensions.get(EXTENSION) {
            Some(own) => (own, at.child(EXTENSION)),
            None => {
                let all = self.document.extensions.get(EXTENSION)?;
                (all, Pointer::root().child(EXTENSION))
            }
        };
        let retries = read(said);
        if retries.is_none() {
            let message = "this does not say when calls are sent again; it is left out";
            let help = "set `strategy` to `backoff` or `none`";
            self.diagnostics.warning(Code::Unused, &at, message, help);
        }
        retries
    }
}

fn read(said: &Value) -> Option<Retries> {
    match said["strategy"].as_str()? {
        "none" => Some(Retries::Never),
        "backoff" => {
            let time = |name: &str, default: u64| said["backoff"][name].as_u64().unwrap_or(default);
            let written = said["statusCodes"].as_array().into_iter().flatten();
            let mut statuses: Vec<u16> = written.flat_map(codes).collect();
            statuses.sort_unstable();
            statuses.dedup();
            Some(Retries::Always {
                first: time("initialInterval", 500),
                longest: time("maxInterval", 60_000),
                statuses,
            })
        }
        _ => None,
    }
}

fn codes(written: &Value) -> Vec<u16> {
    let text = written.as_str().map(str::to_ascii_uppercase);
    let text = text.unwrap_or_else(|| written.to_string());
    match &*text {
        "5XX" => SERVER_ERRORS.to_vec(),
        "4XX" => CLIENT_ERRORS.to_vec(),
        code => code
            .parse()
            .into_iter()
            .filter(|code| (100..=599).contains(code))
            .collect(),
    }
}
