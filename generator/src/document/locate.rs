//! From JSON pointers to lines and columns, when there is something to report.

use std::collections::{HashMap, HashSet};

use saphyr_parser::{Event, Parser};

use crate::pointer::Pointer;

/// A line and a column, both from one.
pub type Position = (usize, usize);

/// Finds where the values (or, for members, their keys) stand in the text. A value that is not in
/// the text gets the position of the nearest one around it.
pub fn locate(text: &str, pointers: &[Pointer]) -> HashMap<Pointer, Position> {
    let wanted: HashSet<&[String]> = pointers
        .iter()
        .flat_map(|pointer| (0..=pointer.tokens().len()).map(|end| &pointer.tokens()[..end]))
        .collect();
    let found = Walk::new(&wanted).run(text);
    let nearest = |pointer: &Pointer| {
        let tokens = pointer.tokens();
        (0..=tokens.len())
            .rev()
            .find_map(|end| found.get(&tokens[..end]).copied())
    };
    pointers
        .iter()
        .filter_map(|pointer| Some((pointer.clone(), nearest(pointer)?)))
        .collect()
}

/// A container that is still open.
enum Open {
    Sequence(usize),
    /// The key whose value comes next, with its position.
    Mapping(Option<(String, Position)>),
}

struct Walk<'a> {
    wanted: &'a HashSet<&'a [String]>,
    found: HashMap<Vec<String>, Position>,
    path: Vec<String>,
    open: Vec<Open>,
}

impl<'a> Walk<'a> {
    fn new(wanted: &'a HashSet<&'a [String]>) -> Self {
        Self {
            wanted,
            found: HashMap::new(),
            path: Vec::new(),
            open: Vec::new(),
        }
    }

    fn run(mut self, text: &str) -> HashMap<Vec<String>, Position> {
        // A text that breaks off still tells where its first part stands.
        for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
            let at = (span.start.line(), span.start.col() + 1);
            match event {
                Event::Scalar(text, ..) => self.scalar(&text, at),
                Event::Alias(_) => {
                    self.enter(at);
                    self.leave();
                }
                Event::SequenceStart(..) => {
                    self.enter(at);
                    self.open.push(Open::Sequence(0));
                }
                Event::MappingStart(..) => {
                    self.enter(at);
                    self.open.push(Open::Mapping(None));
                }
                Event::SequenceEnd | Event::MappingEnd => {
                    self.open.pop();
                    self.leave();
                }
                Event::Nothing
                | Event::StreamStart
                | Event::StreamEnd
                | Event::DocumentStart(_)
                | Event::DocumentEnd => {}
            }
        }
        self.found
    }

    fn scalar(&mut self, text: &str, at: Position) {
        if let Some(Open::Mapping(key @ None)) = self.open.last_mut() {
            *key = Some((text.to_owned(), at));
        } else {
            self.enter(at);
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
    use super::locate;
    use crate::pointer::Pointer;

    fn at(text: &str, pointer: &str) -> (usize, usize) {
        let pointer = Pointer::from_fragment(pointer).unwrap();
        locate(text, std::slice::from_ref(&pointer))[&pointer]
    }

    #[test]
    fn members_are_found_at_their_keys_in_yaml_and_json() {
        let yaml = "a:\n  - b: 1\n  - 200: [x, y]\n";
        assert_eq!(at(yaml, "/a/0/b"), (2, 5));
        assert_eq!(at(yaml, "/a/1/200/1"), (3, 14));
        let json = "{\"a\": {\n\t\"b/c\": [1,\n2], \"\\ud83d\\ude00\": 3}}";
        assert_eq!(at(json, "/a/b~1c/1"), (3, 1));
    }

    #[test]
    fn what_is_not_there_is_located_at_what_surrounds_it() {
        assert_eq!(at("a:\n  b: 1\n", "/a/x/y"), (1, 1));
    }
}
