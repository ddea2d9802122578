//! Templates: `/butler/{taskName}`, `{protocol}://{ip}:{port}`.

use crate::api::Segment;

/// Takes a template apart. A brace that is not closed is text.
pub fn segments(template: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut rest = template;
    while let Some((before, name, after)) = next_parameter(rest) {
        if !before.is_empty() {
            segments.push(Segment::Literal(before.to_owned()));
        }
        segments.push(Segment::Parameter(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        segments.push(Segment::Literal(rest.to_owned()));
    }
    segments
}

fn next_parameter(template: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = template.split_once('{')?;
    let (name, after) = after.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::segments;
    use crate::api::Segment::{Literal, Parameter};

    #[test]
    fn parameters_and_text_alternate() {
        assert_eq!(
            segments("/a/{b}.{c}:d"),
            [
                Literal("/a/".into()),
                Parameter("b".into()),
                Literal(".".into()),
                Parameter("c".into()),
                Literal(":d".into()),
            ]
        );
        assert_eq!(segments("/{open"), [Literal("/{open".into())]);
    }
}
