//! The document's words as rustdoc: lines of `CommonMark` in which nothing is code to be run,
//! markup to be trusted, or a link to somewhere unexpected.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use pulldown_cmark_to_cmark::cmark;

use crate::api::Docs;

/// The lines of something's documentation: title, description, notes; `fallback` when the
/// document says nothing.
pub(super) fn lines(docs: &Docs, fallback: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let title = docs.title.trim();
    let description = docs.description.trim();
    if !title.is_empty() && !description.starts_with(title) {
        parts.push(sentence(title));
    }
    if !description.is_empty() {
        parts.push(description.to_owned());
    }
    if parts.is_empty() {
        parts.push(fallback.to_owned());
    }
    parts.extend(docs.notes.iter().cloned());
    markdown(&parts.join("\n\n"))
}

/// The lines of one text.
pub(super) fn text(text: &str, fallback: &str) -> Vec<String> {
    let docs = Docs {
        description: text.to_owned(),
        ..Docs::default()
    };
    lines(&docs, fallback)
}

fn sentence(title: &str) -> String {
    if title.ends_with(['.', '!', '?', ':']) {
        title.to_owned()
    } else {
        format!("{title}.")
    }
}

/// Rewrites `CommonMark`: parsed, changed in the tree, written again.
pub(super) fn markdown(text: &str) -> Vec<String> {
    let text = visible(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut links = Vec::new();
    let events = Parser::new_ext(&text, options).filter_map(|event| harmless(event, &mut links));
    let mut written = String::new();
    if cmark(events, &mut written).is_err() {
        written.clone_from(&text);
    }
    let trimmed = written.trim().lines().map(str::trim_end);
    trimmed.map(str::to_owned).collect()
}

/// Code blocks are text, HTML is shown and not obeyed, links lead to the web, images are named.
/// `links` remembers for each open link whether it is kept.
fn harmless<'a>(event: Event<'a>, links: &mut Vec<bool>) -> Option<Event<'a>> {
    if let Event::Start(Tag::CodeBlock(_)) = event {
        let kind = CodeBlockKind::Fenced(CowStr::Borrowed("text"));
        return Some(Event::Start(Tag::CodeBlock(kind)));
    }
    if let Event::Html(html) | Event::InlineHtml(html) = event {
        return Some(Event::Text(html));
    }
    if let Event::Start(Tag::HtmlBlock) = event {
        return Some(Event::Start(Tag::Paragraph));
    }
    if let Event::End(TagEnd::HtmlBlock) = event {
        return Some(Event::End(TagEnd::Paragraph));
    }
    if let Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) = event {
        return None;
    }
    if let Event::Start(Tag::Link { dest_url, .. }) = &event {
        let kept = is_web(dest_url);
        links.push(kept);
        return kept.then_some(event);
    }
    if let Event::End(TagEnd::Link) = event {
        return links.pop().unwrap_or_default().then_some(event);
    }
    Some(event)
}

fn is_web(url: &str) -> bool {
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
}

/// One kind of line break, and no characters that hide or reorder others.
fn visible(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\t' => Some(' '),
            '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}' | '\u{202a}'..='\u{202e}' => None,
            c if c.is_control() || ('\u{2066}'..='\u{2069}').contains(&c) => None,
            c => Some(c),
        })
        .collect()
}
