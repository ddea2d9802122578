//! Where a text is to be mended: what opens there is missed by parsers only where something else comes.

use saphyr_parser::{Event, Parser, ScalarStyle};

/// A line and a column, both from one.
type Position = (usize, usize);

/// Where a YAML text is to be mended that a parser has refused at a place.
pub fn yaml(text: &str, at: Position, message: &str) -> Position {
    let (line, _) = at;
    let lines: Vec<&str> = text.lines().collect();
    let written = |line: usize| lines.get(line.wrapping_sub(1)).copied().unwrap_or_default();
    if let Some((what, opened)) = context(message) {
        let is_left = indent(written(line)) <= indent(written(opened.0));
        let is_scalar = what.contains("quoted scalar") || what.contains("simple key");
        let is_flow = what.contains("flow") && line > opened.0 && is_left;
        if is_scalar || is_flow {
            return opened;
        }
    }
    if let Some(opened) = quote_before(text, line) {
        return opened;
    }
    if message.contains("mapping values are not allowed") {
        let before = (1..line)
            .rev()
            .find(|line| !written(*line).trim().is_empty());
        let Some(before) = before else { return at };
        let content = written(before).trim();
        let is_dash = content.starts_with('-') && !content.starts_with("- ");
        let has_key = content.contains(": ") || content.ends_with(':');
        if is_dash || !has_key && !content.starts_with('#') {
            return (before, indent(written(before)) + 1);
        }
    }
    at
}

/// What the parser was reading, and where that had begun: `…, while parsing a flow mapping at line 3 column 5`.
fn context(message: &str) -> Option<(&str, Position)> {
    let (_, rest) = message.rsplit_once(", while ")?;
    let (what, place) = rest.split_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    Some((what, (line.parse().ok()?, column.parse().ok()?)))
}

/// Where a text in quotes began that goes over lines, and ended in this one: most probably, it was to end before.
fn quote_before(text: &str, line: usize) -> Option<Position> {
    let mut last = None;
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        if span.start.line() > line {
            break;
        }
        if let Event::Scalar(_, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted, ..) = event {
            last = Some(span);
        }
    }
    if let Some(span) = last.filter(|span| span.end.line() == line && span.start.line() < line) {
        return Some((span.start.line(), span.start.col() + 1));
    }
    // The parser may have ended at the quotation mark that begins the next one.
    let lines: Vec<&str> = text.lines().collect();
    let is_odd = |text: &&&str| text.matches('"').count() % 2 == 1;
    let index = line.checked_sub(1)?;
    let own = lines.get(index).filter(|text| text.contains('"'))?;
    let above = lines[..index].iter().enumerate();
    let (index, text) = above.rev().find(|(_, text)| is_odd(text))?;
    let closes = own.matches('"').count() % 2 == 0;
    closes.then_some((index + 1, text.rfind('"')? + 1))
}

/// Where a JSON text is to be mended that a parser has refused at a place.
pub fn json(text: &str, at: Position, message: &str) -> Position {
    if message.starts_with("EOF") {
        return unclosed(text).unwrap_or(at);
    }
    let misses = [
        "expected `,` or",
        "expected `:`",
        "trailing comma",
        "control character",
    ];
    if misses.iter().any(|start| message.starts_with(start)) {
        return before(text, at).unwrap_or(at);
    }
    at
}

/// The last character before a place that is no white space.
fn before(text: &str, (line, column): Position) -> Option<Position> {
    let lines: Vec<&str> = text.lines().collect();
    let index = line.checked_sub(1)?;
    let own = lines.get(index)?.chars();
    let own: String = own.take(column.saturating_sub(1)).collect();
    let above = lines[..index].iter().enumerate().rev();
    let above = above.map(|(index, text)| (index + 1, text.trim_end()));
    let mut candidates = std::iter::once((line, own.trim_end())).chain(above);
    let (line, text) = candidates.find(|(_, text)| !text.is_empty())?;
    Some((line, text.chars().count()))
}

/// The first line that lies outside of what is not closed, as far as lines are indented.
fn unclosed(text: &str) -> Option<Position> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut left = None;
    let mut in_text = false;
    for (index, line) in text.lines().enumerate() {
        let mut is_escaped = false;
        for (at, c) in line.char_indices() {
            match c {
                '"' if !is_escaped => in_text = !in_text,
                '{' | '[' if !in_text => open.push((index, indent(line))),
                '}' | ']' if !in_text => {
                    let opened = open.pop()?;
                    let is_first = at == indent(line);
                    if is_first && indent(line) < opened.1 && left.is_none() {
                        left = Some(opened);
                    }
                }
                _ => {}
            }
            is_escaped = c == '\\' && !is_escaped;
        }
    }
    let (opened, depth) = left.or(open.last().copied())?;
    let mut below = text.lines().enumerate().skip(opened + 1);
    let is_outside = |line: &str| !line.trim().is_empty() && indent(line) <= depth;
    let (index, line) = below.find(|(_, line)| is_outside(line))?;
    Some((index + 1, indent(line) + 1))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::{json, yaml};

    #[test]
    fn what_is_not_closed_is_to_be_mended_where_it_begins() {
        let flow = "a: [b, c\nd: e\n";
        let message = "did not find expected ',' or ']' at line 2 column 2, while parsing a flow sequence at line 1 column 4";
        assert_eq!(yaml(flow, (2, 2), message), (1, 4));
        // A comma is missing within.
        let inner = "a: {\n  b: c\n  d: e }\n";
        let message = "did not find expected ',' or '}' at line 3 column 4, while parsing a flow mapping at line 1 column 4";
        assert_eq!(yaml(inner, (3, 4), message), (3, 4));
        let quote = "a: \"b\nc: d\ne: \"f\"\n";
        let message = "did not find expected key at line 3 column 5, while parsing a block mapping at line 1 column 1";
        assert_eq!(yaml(quote, (3, 5), message), (1, 4));
    }

    #[test]
    fn a_line_without_a_colon_is_to_be_mended_and_not_the_one_below() {
        let message = "mapping values are not allowed in this context at line 2 column 4";
        assert_eq!(yaml("  a b\n  c: d\n", (2, 4), message), (1, 3));
        assert_eq!(yaml("- a: b\n  -c: d\n    e: f\n", (3, 6), message), (2, 3));
        assert_eq!(yaml("a: b\n  c: d\n", (2, 4), message), (2, 4));
    }

    #[test]
    fn a_comma_is_to_be_mended_behind_the_value_before() {
        let text = "{\n  \"a\": 1\n\n  \"b\": 2\n}";
        assert_eq!(json(text, (4, 3), "expected `,` or `}`"), (2, 8));
        let trailing = "{\n  \"a\": 1,\n}";
        assert_eq!(json(trailing, (3, 1), "trailing comma"), (2, 9));
    }

    #[test]
    fn a_place_that_is_none_stays() {
        assert_eq!(json("{}", (0, 0), "trailing comma"), (0, 0));
        assert_eq!(json("{}", (9, 1), "trailing comma"), (9, 1));
        assert_eq!(yaml("a: \"b\"", (0, 0), ""), (0, 0));
        assert_eq!(yaml("a: \"b\"", (9, 1), ""), (9, 1));
    }

    #[test]
    fn a_brace_is_to_be_mended_where_lines_are_no_longer_within() {
        let text = "{\n  \"a\": {\n    \"b\": 1,\n  \"c\": {\n    \"d\": 2\n  }\n}\n";
        assert_eq!(json(text, (8, 1), "EOF while parsing an object"), (4, 3));
    }
}
