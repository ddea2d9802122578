//! Texts that a regular expression matches.

use rand::SeedableRng;
use rand::distr::Distribution;
use rand::rngs::StdRng;

/// How often a part without an upper limit is repeated at most.
const MOST: u32 = 12;

/// How many texts are made to find one of the wanted length.
const TRIES: usize = 50;

/// A text that the pattern matches, and that has a length within the limits where one is found.
pub fn text(pattern: &str, seed: u64, shortest: usize, longest: usize) -> Option<String> {
    let plain = without_anchors(pattern);
    // Digits and letters are those of ASCII ("Regular Expressions", JSON Schema validation 6.3.3).
    let ascii = format!("(?-u){plain}");
    let compiled = rand_regex::Regex::compile(&ascii, MOST);
    let made = compiled.or_else(|_| rand_regex::Regex::compile(&plain, MOST));
    let made = made.ok()?;
    let mut random = StdRng::seed_from_u64(seed);
    let mut texts = (0..TRIES).map(|_| -> String { made.sample(&mut random) });
    let first = texts.next()?;
    let fits = |text: &String| (shortest..=longest).contains(&text.chars().count());
    std::iter::once(first.clone())
        .chain(texts)
        .find(fits)
        .or(Some(first))
}

/// The pattern without `^` and `$`, which say nothing about a text that is matched as a whole.
fn without_anchors(pattern: &str) -> String {
    let mut plain = String::new();
    let mut is_class = false;
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                plain.push(letter);
                plain.extend(letters.next());
                continue;
            }
            '[' => is_class = true,
            ']' => is_class = false,
            '^' | '$' if !is_class => continue,
            _ => {}
        }
        plain.push(letter);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{text, without_anchors};

    #[test]
    fn texts_are_matched_and_of_the_wanted_length() {
        let digest = text("^sha256:[a-f0-9]{64}$", 1, 71, 71).unwrap();
        assert!(digest.starts_with("sha256:") && digest.len() == 71);
        let version = text(r"^\d+\.\d+$", 7, 5, 5).unwrap();
        assert!(version.is_ascii() && version.len() == 5);
        assert_eq!(text("(?=a)", 1, 0, 9), None);
    }

    #[test]
    fn anchors_are_left_out_and_classes_stay() {
        assert_eq!(without_anchors(r"^[^$]\$|^a$"), r"[^$]\$|a");
    }
}
