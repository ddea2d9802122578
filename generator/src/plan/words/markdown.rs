//! The document's words as rustdoc: lines of `CommonMark` in which nothing is code to be run,
//! markup to be trusted, or a link to somewhere unexpected.

use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream,
};
use pulldown_cmark_to_cmark::{
    Options as WriterOptions, calculate_code_block_token_count, cmark_with_options,
};

use super::html;
use crate::text::visible;

/// Rewrites `CommonMark`: parsed, changed in the tree, written again. Nothing where it cannot be
/// written, or where more quotes and lists lie in each other than anybody reads.
pub(super) fn rewritten(text: &str) -> Option<Vec<String>> {
    let text = visible(text);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut open = Open::default();
    let events = TextMergeStream::new(Parser::new_ext(&text, options));
    let events = shallow(whole_html(events))?.into_iter();
    let events: Vec<Event<'_>> = events
        .flat_map(|event| harmless(event, &mut open))
        .collect();
    // A fence is longer than all that stands within.
    let longest = calculate_code_block_token_count(&events).unwrap_or_default();
    let usual = WriterOptions::default();
    let options = WriterOptions {
        code_block_token_count: longest.max(usual.code_block_token_count),
        ..usual
    };
    let mut written = String::new();
    cmark_with_options(events.iter(), &mut written, options).ok()?;
    let trimmed = written.trim().lines().map(str::trim_end);
    let mut lines: Vec<String> = trimmed.map(str::to_owned).collect();
    let mut is_code = false;
    lines.dedup_by(|line, before| {
        is_code ^= line.starts_with("```");
        !is_code && line.is_empty() && before.is_empty()
    });
    Some(lines)
}

/// The lines of a block of HTML as one: a tag may go over several.
fn whole_html<'a>(events: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
    let mut whole: Vec<Event<'a>> = Vec::new();
    let mut html = String::new();
    for event in events {
        if let Event::Html(next) = event {
            html.push_str(&next);
            continue;
        }
        if !html.is_empty() {
            whole.push(Event::Html(CowStr::from(std::mem::take(&mut html))));
        }
        whole.push(event);
    }
    whole
}

/// The events, unless blocks lie deep in each other: each line would start with the signs of all of them.
fn shallow(events: Vec<Event<'_>>) -> Option<Vec<Event<'_>>> {
    const DEEPEST: usize = 32;
    let mut depth = 0_usize;
    for event in &events {
        if let Event::Start(_) = event {
            depth += 1;
        } else if let Event::End(_) = event {
            depth -= 1;
        }
        if depth > DEEPEST {
            return None;
        }
    }
    Some(events)
}

/// What the text is within.
#[derive(Default)]
struct Open {
    code: bool,
    /// For each open link whether it is kept.
    links: Vec<bool>,
}

/// Code blocks are text, HTML is read as the text that it marks up or shown, and never obeyed, links
/// lead to the web, and so do images, which are not loaded. Where other links lead depends on where the
/// text is shown ("Relative References in URLs"), which is not here.
fn harmless<'a>(event: Event<'a>, open: &mut Open) -> Vec<Event<'a>> {
    if let Event::Start(Tag::CodeBlock(_)) = event {
        open.code = true;
        let kind = CodeBlockKind::Fenced(CowStr::Borrowed("text"));
        return vec![Event::Start(Tag::CodeBlock(kind))];
    }
    if let Event::End(TagEnd::CodeBlock) = event {
        open.code = false;
    }
    if let Event::Html(html) | Event::InlineHtml(html) = &event {
        let is_block = matches!(event, Event::Html(_));
        let events = html::plain(html, is_block).into_iter();
        return events.flat_map(|event| harmless(event, open)).collect();
    }
    if let Event::Start(Tag::HtmlBlock) = event {
        return vec![Event::Start(Tag::Paragraph)];
    }
    if let Event::End(TagEnd::HtmlBlock) = event {
        return vec![Event::End(TagEnd::Paragraph)];
    }
    if let Event::Start(Tag::Image {
        link_type,
        dest_url,
        title,
        id,
    }) = event
    {
        let link = Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        };
        return harmless(Event::Start(link), open);
    }
    if let Event::End(TagEnd::Image) = event {
        return harmless(Event::End(TagEnd::Link), open);
    }
    if let Event::Start(Tag::Link { dest_url, .. }) = &event {
        let kept = is_web(dest_url) && open.links.is_empty();
        open.links.push(kept);
        return Vec::from_iter(kept.then_some(event));
    }
    if let Event::End(TagEnd::Link) = event {
        return Vec::from_iter(open.links.pop().unwrap_or_default().then_some(event));
    }
    if let Event::Text(text) = &event
        && !open.code
        && open.links.is_empty()
    {
        return linked(text);
    }
    if let Event::Text(text) = &event
        && !open.code
    {
        return escaped(text, WITHIN_LINKS);
    }
    vec![event]
}

/// Addresses in a text become links.
fn linked<'a>(text: &str) -> Vec<Event<'a>> {
    let owned = |text: &str| CowStr::from(text.to_owned());
    let mut events = Vec::new();
    let mut rest = text;
    while let Some(start) = ["http://", "https://"]
        .iter()
        .filter_map(|s| rest.find(s))
        .min()
    {
        let (before, address) = rest.split_at(start);
        let ends = |c: char| c.is_whitespace() || "<>\"'`()[]{}".contains(c);
        let address = &address[..address.find(ends).unwrap_or(address.len())];
        let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*']);
        events.extend(escaped(before, SIGNS));
        events.push(Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: owned(address),
            title: owned(""),
            id: owned(""),
        }));
        events.push(Event::Text(owned(address)));
        events.push(Event::End(TagEnd::Link));
        rest = &rest[start + address.len()..];
    }
    events.extend(escaped(rest, SIGNS));
    events
}

/// Brackets are escaped: to rustdoc they are links to items, or HTML. So are backslashes, which would escape
/// what stands behind them, and what fences are made of: text that was HTML may start a line.
const SIGNS: &[char] = &['[', '<', '\\', '`', '~'];

/// Within a link, a bracket would end it.
const WITHIN_LINKS: &[char] = &['[', ']', '<', '\\', '`', '~'];

/// A text with backslashes before these signs.
fn escaped<'a>(text: &str, signs: &[char]) -> Vec<Event<'a>> {
    let mut events = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(signs) {
        let (before, after) = rest.split_at(at);
        let (sign, behind) = after.split_at(1);
        events.push(Event::Text(CowStr::from(before.to_owned())));
        // One tilde alone is nothing but itself.
        let is_plain = sign == "~" && !behind.starts_with('~');
        let start = if is_plain { "" } else { "\\" };
        events.push(Event::InlineHtml(CowStr::from(format!("{start}{sign}"))));
        rest = behind;
    }
    events.push(Event::Text(CowStr::from(rest.to_owned())));
    events
}

fn is_web(url: &str) -> bool {
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
}
