//! Numbers as JSON Schema understands them: `1.0` is an integer (JSON Schema Validation, section
//! 6.1.1), which `serde` reads as a floating-point number.

use serde::de::DeserializeOwned;

/// Reads JSON. A text that cannot be read is read again with its whole numbers as integers.
pub(crate) fn from_slice<T: DeserializeOwned>(text: &[u8]) -> serde_json::Result<T> {
    serde_json::from_slice(text).or_else(|error| {
        let again = whole_numbers(text).filter(|_| error.is_data());
        let again = again.and_then(|text| serde_json::from_slice(&text).ok());
        again.ok_or(error)
    })
}

/// The text with `1` for `1.0` and `1e0`; `None` where it has no such numbers.
fn whole_numbers(text: &[u8]) -> Option<Vec<u8>> {
    let mut written = Vec::with_capacity(text.len());
    let (mut in_string, mut changed) = (false, false);
    let mut rest = text;
    while let Some(&byte) = rest.first() {
        let is_number = !in_string && (byte == b'-' || byte.is_ascii_digit());
        let length = match byte {
            b'\\' if in_string => rest.len().min(2),
            _ if is_number => {
                let ends = |byte: &u8| !byte.is_ascii_digit() && !b"+-.eE".contains(byte);
                rest.iter().position(ends).unwrap_or(rest.len())
            }
            _ => 1,
        };
        in_string ^= byte == b'"';
        let (token, after) = rest.split_at(length);
        match is_number.then(|| whole(token)).flatten() {
            Some(whole) => {
                written.extend_from_slice(whole.as_bytes());
                changed = true;
            }
            None => written.extend_from_slice(token),
        }
        rest = after;
    }
    changed.then_some(written)
}

/// The digits of a number that is written with a fraction or an exponent, and is whole.
fn whole(token: &[u8]) -> Option<String> {
    const LARGEST: f64 = 9e15;
    let text = std::str::from_utf8(token).ok()?;
    let number: f64 = text
        .parse()
        .ok()
        .filter(|_| text.contains(['.', 'e', 'E']))?;
    let is_whole = number.fract() == 0.0 && number.abs() <= LARGEST;
    is_whole.then(|| format!("{:.0}", number + 0.0))
}
