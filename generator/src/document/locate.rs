//! From JSON pointers to lines and columns, when there is something to report.

use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Parser};

use super::source::{Format, Source};
use crate::pointer::Pointer;

/// A line and a column, both from one.
pub type Position = (usize, usize);

/// Finds where the values (or, for members, their keys) stand in the text. A value that is not in
/// the text gets the position of the nearest one around it.
pub fn locate(source: &Source, pointers: &[Pointer]) -> HashMap<Pointer, Position> {
    let mut wanted: HashSet<Vec<String>> = HashSet::new();
    for pointer in pointers {
        let tokens = tokens(pointer);
        wanted.extend((0..=tokens.len()).map(|end| tokens[..end].to_vec()));
    }
    let found = Walk::new(&wanted).run(source).found;
    let nearest = |pointer: &Pointer| {
        let tokens = tokens(pointer);
        (0..=tokens.len())
            .rev()
            .find_map(|end| found.get(&tokens[..end]).copied())
    };
    pointers
        .iter()
        .filter_map(|pointer| Some((pointer.clone(), nearest(pointer)?)))
        .collect()
}

/// The texts of scalars, as they are written; of those that stand in the text by themselves, and not
/// by an alias.
pub fn spelled(source: &Source, pointers: &[Pointer]) -> Vec<(Pointer, String)> {
    let wanted = pointers.iter().map(tokens).collect();
    let mut texts = Walk::new(&wanted).run(source).texts;
    let spelled = pointers
        .iter()
        .filter_map(|pointer| Some((pointer.clone(), texts.remove(&tokens(pointer))?)));
    spelled.collect()
}

fn tokens(pointer: &Pointer) -> Vec<String> {
    let tokens = pointer.tokens().into_iter();
    tokens.map(str::to_owned).collect()
}

/// A container that is still open.
enum Open {
    Sequence(usize),
    /// The key whose value comes next, with its position.
    Mapping(Option<(String, Position)>),
}

struct Walk<'a> {
    wanted: &'a HashSet<Vec<String>>,
    found: HashMap<Vec<String>, Position>,
    texts: HashMap<Vec<String>, String>,
    path: Vec<String>,
    open: Vec<Open>,
}

impl<'a> Walk<'a> {
    fn new(wanted: &'a HashSet<Vec<String>>) -> Self {
        Self {
            wanted,
            found: HashMap::new(),
            texts: HashMap::new(),
            path: Vec::new(),
            open: Vec::new(),
        }
    }

    /// A text that breaks off still tells where its first part stands.
    fn run(mut self, source: &Source) -> Self {
        match source.format() {
            Format::Json => self.json(source.content()),
            Format::Yaml => self.yaml(source.content()),
        }
        self
    }

    fn yaml(&mut self, text: &str) {
        for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
            let at = (span.start.line(), span.start.col() + 1);
            match event {
                Event::Scalar(text, ..) => self.scalar(&text, at),
                Event::Alias(_) => {
                    self.enter(at);
                    self.leave();
                }
                Event::SequenceStart(..) => self.start(Open::Sequence(0), at),
                Event::MappingStart(..) => self.start(Open::Mapping(None), at),
                Event::SequenceEnd | Event::MappingEnd => self.end(),
                Event::Nothing
                | Event::StreamStart
                | Event::StreamEnd
                | Event::DocumentStart(_)
                | Event::DocumentEnd => {}
            }
        }
    }

    /// JSON is read here too, because not all of it is YAML: tabs indent, surrogates come in pairs.
    fn json(&mut self, text: &str) {
        let mut line = 1;
        let mut line_start = 0;
        let mut rest = text.char_indices().enumerate().peekable();
        while let Some((count, (start, c))) = rest.next() {
            let at = (line, count - line_start + 1);
            match c {
                '{' => self.start(Open::Mapping(None), at),
                '[' => self.start(Open::Sequence(0), at),
                '}' | ']' => self.end(),
                '\n' => {
                    line += 1;
                    line_start = count + 1;
                }
                ',' | ':' => {}
                c if c.is_whitespace() => {}
                '"' => {
                    let mut escaped = false;
                    let end = rest.find(|(_, (_, c))| {
                        let closing = *c == '"' && !escaped;
                        escaped = *c == '\\' && !escaped;
                        closing
                    });
                    let end = end.map_or(text.len(), |(_, (end, _))| end + 1);
                    let string = serde_json::from_str(&text[start..end]);
                    self.scalar(&string.unwrap_or_else(|_| String::new()), at);
                }
                _ => {
                    let ends = |c: char| c.is_whitespace() || ",]}".contains(c);
                    while rest.next_if(|(_, (_, c))| !ends(*c)).is_some() {}
                    self.scalar("", at);
                }
            }
        }
    }

    fn start(&mut self, container: Open, at: Position) {
        self.enter(at);
        self.open.push(container);
    }

    fn end(&mut self) {
        self.open.pop();
        self.leave();
    }

    fn scalar(&mut self, text: &str, at: Position) {
        if let Some(Open::Mapping(key @ None)) = self.open.last_mut() {
            *key = Some((text.to_owned(), at));
        } else {
            self.enter(at);
            if self.wanted.contains(self.path.as_slice()) {
                self.texts.insert(self.path.clone(), text.to_owned());
            }
            self.leave();
        }
    }

    /// A value begins.
    fn enter(&mut self, at: Position) {
        let at = match self.open.last_mut() {
            None => at,
            Some(Open::Sequence(index)) => {
                self.path.push(index.to_string());
                at
            }
            Some(Open::Mapping(Some((key, key_at)))) => {
                self.path.push(key.clone());
                *key_at
            }
            // A key that is no scalar: it is not reachable by a pointer.
            Some(Open::Mapping(key @ None)) => {
                *key = Some((String::new(), at));
                self.path.push(String::new());
                at
            }
        };
        if self.wanted.contains(self.path.as_slice()) {
            self.found.insert(self.path.clone(), at);
        }
    }

    /// A value has ended.
    fn leave(&mut self) {
        match self.open.last_mut() {
            None => return,
            Some(Open::Sequence(index)) => *index += 1,
            Some(Open::Mapping(key)) => *key = None,
        }
        self.path.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::{Source, locate};
    use crate::pointer::Pointer;

    fn at(text: &str, pointer: &str) -> (usize, usize) {
        let pointer = Pointer::from_fragment(pointer).unwrap();
        let source = Source::new("", text);
        locate(&source, std::slice::from_ref(&pointer))[&pointer]
    }

    #[test]
    fn members_are_found_at_their_keys_in_yaml_and_json() {
        let yaml = "a:\n  - b: 1\n  - 200: [x, y]\n";
        assert_eq!(at(yaml, "/a/0/b"), (2, 5));
        assert_eq!(at(yaml, "/a/1/200/1"), (3, 14));
        let json = "{\"a\": {\n\t\"b/c\": [1,\n2], \"\\ud83d\\ude00\": 3}}";
        assert_eq!(at(json, "/a/b~1c/1"), (3, 1));
        assert_eq!(at(json, "/a/\u{1f600}"), (3, 5));
    }

    #[test]
    fn what_is_not_there_is_located_at_what_surrounds_it() {
        assert_eq!(at("a:\n  b: 1\n", "/a/x/y"), (1, 1));
    }
}
