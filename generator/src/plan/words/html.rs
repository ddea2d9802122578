//! HTML within descriptions: what browsers only lay out is laid out in Markdown, and all else is text.

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

/// Elements that only mark text up.
const INLINE: [&str; 13] = [
    "abbr", "b", "code", "em", "font", "i", "small", "span", "strong", "sub", "sup", "tt", "u",
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
    // White space at the start of a line is none.
    let lines = html
        .split('\n')
        .map(|line| if is_block { line.trim_start() } else { line });
    let html = lines.collect::<Vec<_>>().join("\n");
    let mut rest = html.as_str();
    // What no tag ends behind is not searched again and again.
    let last = html.rfind('>').unwrap_or_default();
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        text(before, &mut events);
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let is_tag = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!".contains(c));
        let may_end = is_tag && html.len() - tag.len() < last;
        let end = may_end.then(|| tag.find('>')).flatten();
        let end = end.map_or(1, |end| end + 1);
        let name = tag[1..].trim_start_matches('/');
        let ends = |c: char| !c.is_ascii_alphanumeric();
        let name = name[..name.find(ends).unwrap_or(name.len())].to_ascii_lowercase();
        if name == "a" {
            events.push(if tag.starts_with("</") {
                Event::End(TagEnd::Link)
            } else {
                link(&tag[..end])
            });
        } else if BLOCKS.contains(&&*name) && is_block {
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

/// The start of a link to where an element `a` leads.
fn link<'a>(tag: &str) -> Event<'a> {
    let value = tag.split_once("href").map(|(_, rest)| rest.trim_start());
    let value = value.and_then(|rest| rest.strip_prefix('='));
    let value = value.unwrap_or_default().trim_start();
    let url = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].split(quote).next(),
        Some(_) | None => value.split(|c: char| c.is_whitespace() || c == '>').next(),
    };
    let owned = |text: &str| CowStr::from(text.to_owned());
    Event::Start(Tag::Link {
        link_type: LinkType::Inline,
        dest_url: owned(&url.unwrap_or_default().replace("&amp;", "&")),
        title: owned(""),
        id: owned(""),
    })
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
