//! Identifiers: the one place where they are made.

use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase, ToUpperCamelCase};
use unicode_security::GeneralSecurityProfile as _;

/// A valid Rust identifier.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ident(String);

impl Ident {
    /// The name of a type, a trait or a variant.
    pub(in crate::plan) fn type_name(words: &str) -> Self {
        let words = prepared(words).to_upper_camel_case();
        Self(valid(shortened(&words), &TYPE))
    }

    /// The name of a field, a function or a module.
    pub(in crate::plan) fn value_name(words: &str) -> Self {
        let words = prepared(words).to_snake_case();
        Self(valid(shortened(&words), &VALUE))
    }

    /// The name of a constant.
    pub(in crate::plan) fn constant(words: &str) -> Self {
        let words = prepared(words).to_snake_case().to_uppercase();
        Self(valid(shortened(&words), &CONSTANT))
    }

    /// The identifier, raw where it is a keyword.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier with words before it.
    pub(in crate::plan) fn after(&self, prefix: &str) -> Self {
        let plain = self.0.trim_start_matches("r#");
        let plain = if prefix.ends_with('_') {
            plain.trim_start_matches('_')
        } else {
            plain
        };
        Self(valid(&format!("{prefix}{plain}"), &VALUE))
    }

    /// The identifier with words after it.
    pub(in crate::plan) fn with(&self, suffix: &str) -> Self {
        let plain = self.0.trim_start_matches("r#").trim_end_matches('_');
        Self(valid(&format!("{plain}{suffix}"), &VALUE))
    }
}

/// The start of a name that is too long: it is that of a file, too, and a file system allows 255 bytes.
fn shortened(name: &str) -> &str {
    const LONGEST: usize = 120;
    name[..name.floor_char_boundary(LONGEST)].trim_end_matches('_')
}

/// Signs that carry meaning become words, and acronyms stay one word where `heck` would cut them.
fn prepared(words: &str) -> String {
    let signs = [('-', "minus"), ('+', "plus")];
    let signed = signs.into_iter().find_map(|(sign, spoken)| {
        let rest = words.strip_prefix(sign)?;
        Some(format!("{spoken} {rest}"))
    });
    let words = signed.unwrap_or_else(|| words.to_owned());
    let whole = [("OAuth", "Oauth"), ("IPv", "Ipv")];
    let words = whole
        .iter()
        .fold(words, |words, (acronym, word)| words.replace(acronym, word));
    let words = plural_acronyms(&words);
    if !words.is_empty() && !words.contains(char::is_alphanumeric) {
        let signs: Vec<&str> = words.chars().filter_map(spoken).collect();
        return signs.join(" ");
    }
    // `heck` keeps characters that an identifier cannot have.
    words
        .chars()
        .map(|c| if is_usual(c) { c } else { ' ' })
        .collect()
}

/// `IDs` and `DVRs` are one word each.
fn plural_acronyms(words: &str) -> String {
    let letters: Vec<char> = words.chars().collect();
    let mut plain = letters.clone();
    for (at, _) in letters
        .iter()
        .enumerate()
        .filter(|(_, letter)| **letter == 's')
    {
        let before = letters[..at].iter().rev();
        let length = before
            .take_while(|letter| letter.is_ascii_uppercase())
            .count();
        let ends = letters.get(at + 1).is_none_or(|next| !next.is_lowercase());
        if length > 1 && ends {
            for letter in &mut plain[at - length + 1..at] {
                letter.make_ascii_lowercase();
            }
        }
    }
    plain.into_iter().collect()
}

/// What a sign is called, where there is nothing else.
fn spoken(sign: char) -> Option<&'static str> {
    Some(match sign {
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '-' => "minus",
        '+' => "plus",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '?' => "question",
        '&' => "and",
        '|' => "or",
        '%' => "percent",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '^' => "caret",
        '~' => "tilde",
        '_' => "underscore",
        ' ' => "space",
        _ => return None,
    })
}

/// Whether a character may stand in an identifier without a warning of the compiler (Unicode
/// Technical Standard 39, general security profile).
fn is_usual(c: char) -> bool {
    unicode_ident::is_xid_continue(c) && c.identifier_allowed()
}

/// Words that are identifiers only when they are raw (Rust Reference, "Keywords", edition 2024).
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// What stands in for letters in names of a kind.
struct Style {
    empty: &'static str,
    before_digits: &'static str,
}

const TYPE: Style = Style {
    empty: "Empty",
    before_digits: "Value",
};

const VALUE: Style = Style {
    empty: "empty",
    before_digits: "value_",
};

const CONSTANT: Style = Style {
    empty: "EMPTY",
    before_digits: "VALUE_",
};

fn valid(name: &str, style: &Style) -> String {
    match name {
        "" => style.empty.to_owned(),
        "Self" | "self" | "super" | "crate" | "_" => format!("{name}_"),
        // A name that starts with an underscore is taken for one that is not used.
        _ if name.starts_with(|c| !unicode_ident::is_xid_start(c) && c != '_') => {
            format!("{}{name}", style.before_digits)
        }
        _ if KEYWORDS.contains(&name) => format!("r#{name}"),
        _ => name.to_owned(),
    }
}

/// Identifiers of one scope: a name that is taken gets a number.
#[derive(Debug, Default)]
pub(in crate::plan) struct Scope {
    taken: HashSet<String>,
    /// The number that is tried next for a name.
    numbers: HashMap<String, usize>,
    /// Names that are taken whatever is in the set.
    is_excluded: Option<fn(&Ident) -> bool>,
}

impl Scope {
    /// A scope in which these names are taken.
    pub(in crate::plan) fn with(taken: &[&str]) -> Self {
        Self {
            taken: taken.iter().map(|name| (*name).to_owned()).collect(),
            ..Self::default()
        }
    }

    /// A scope in which the names are taken for which this is true.
    pub(in crate::plan) fn excluding(is_excluded: fn(&Ident) -> bool) -> Self {
        Self {
            is_excluded: Some(is_excluded),
            ..Self::default()
        }
    }

    /// Takes the first of the names that is free, or the last one with a number.
    pub(in crate::plan) fn take(&mut self, candidates: &[Ident]) -> Ident {
        for candidate in candidates {
            if self.insert(candidate) {
                return candidate.clone();
            }
        }
        let last = candidates
            .last()
            .cloned()
            .unwrap_or_else(|| Ident::type_name(""));
        let mut number = self.numbers.get(&last.0).copied().unwrap_or(2);
        loop {
            let numbered = last.with(&number.to_string());
            number += 1;
            if self.insert(&numbered) {
                self.numbers.insert(last.0, number);
                return numbered;
            }
        }
    }

    /// Takes a name for each of the texts; one that is written like its name gets it first.
    pub(in crate::plan) fn take_all(
        &mut self,
        texts: &[&str],
        name: fn(&str) -> Ident,
    ) -> Vec<Ident> {
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|index| name(texts[*index]).0 != texts[*index]);
        let mut names = vec![None; texts.len()];
        for index in order {
            names[index] = Some(self.take(&[name(texts[index])]));
        }
        names.into_iter().flatten().collect()
    }

    /// Whether nothing has taken the name.
    pub(in crate::plan) fn is_free(&self, name: &Ident) -> bool {
        !self.taken.contains(&name.0) && !self.is_excluded.is_some_and(|is| is(name))
    }

    fn insert(&mut self, name: &Ident) -> bool {
        let is_free = self.is_free(name);
        if is_free {
            self.taken.insert(name.0.clone());
        }
        is_free
    }
}

#[cfg(test)]
mod tests {
    use super::{Ident, Scope};

    #[test]
    fn a_name_that_is_taken_gets_another_or_a_number() {
        let mut scope = Scope::with(&["new"]);
        let names = |words: &[&str]| {
            words
                .iter()
                .map(|w| Ident::value_name(w))
                .collect::<Vec<_>>()
        };
        assert_eq!(scope.take(&names(&["new", "make"])).as_str(), "make");
        assert_eq!(scope.take(&names(&["new", "make"])).as_str(), "make2");
        assert_eq!(scope.take(&names(&["make"])).as_str(), "make3");
        let texts = scope.take_all(&["Status", "status"], Ident::type_name);
        let texts: Vec<&str> = texts.iter().map(Ident::as_str).collect();
        assert_eq!(texts, ["Status", "Status2"]);
    }

    #[test]
    fn every_keyword_is_raw() {
        for word in super::KEYWORDS {
            assert!(
                syn::parse_str::<syn::Ident>(word).is_err() || word == "gen",
                "{word}"
            );
            assert_eq!(Ident::value_name(word).as_str(), format!("r#{word}"));
        }
    }

    #[test]
    fn any_text_becomes_an_identifier() {
        let names = [
            ("", "Empty", "empty"),
            ("BackupDatabase", "BackupDatabase", "backup_database"),
            ("type", "Type", "r#type"),
            ("self", "Self_", "self_"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            ("@odata.type", "OdataType", "odata_type"),
            ("3d", "Value3d", "value_3d"),
            ("OAuth2 IDs", "Oauth2Ids", "oauth2_ids"),
            ("DVRs", "Dvrs", "dvrs"),
            ("userIDsURLs", "UserIdsUrls", "user_ids_urls"),
            ("HTTPserver", "HttPserver", "htt_pserver"),
            ("*", "Star", "star"),
            ("<=", "LessEqual", "less_equal"),
            ("x\u{b2} \u{1f600}", "X", "x"),
        ];
        for (words, ty, value) in names {
            assert_eq!(Ident::type_name(words).as_str(), ty, "{words:?}");
            assert_eq!(Ident::value_name(words).as_str(), value, "{words:?}");
        }
    }
}
