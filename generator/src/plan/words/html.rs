//! HTML within descriptions: what browsers only lay out is laid out in Markdown, and all else is text.

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// Elements that only mark text up.
const INLINE: [&str; 14] = [
    "a", "abbr", "b", "code", "em", "font", "i", "small", "span", "strong", "sub", "sup", "tt", "u",
];

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 20] = [
    "blockquote",
    "br",
    "center",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tbody",
    "td",
    "tr",
    "ul",
];

/// The text of a piece of HTML; within a block of it, also where its lines end.
pub(super) fn plain<'a>(html: &str, is_block: bool) -> Vec<Event<'a>> {
    let mut events = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        text(before, &mut events);
        let is_tag = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c));
        let end = match tag.find('>') {
            Some(end) if is_tag => end + 1,
            Some(_) | None => 1,
        };
        let name = tag[1..].trim_start_matches('/');
        let ends = |c: char| !c.is_ascii_alphanumeric();
        let name = name[..name.find(ends).unwrap_or(name.len())].to_ascii_lowercase();
        if BLOCKS.contains(&&*name) && is_block {
            events.extend([Event::End(TagEnd::Paragraph), Event::Start(Tag::Paragraph)]);
        } else if BLOCKS.contains(&&*name) {
            text(" ", &mut events);
        } else if !INLINE.contains(&&*name) {
            text(&tag[..end], &mut events);
        }
        rest = &tag[end..];
    }
    text(rest, &mut events);
    events
}

fn text(text: &str, events: &mut Vec<Event<'_>>) {
    let text = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (entity, sign)| {
        text.replace(entity, sign)
    });
    if !text.is_empty() {
        events.push(Event::Text(CowStr::from(text)));
    }
}
