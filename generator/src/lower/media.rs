//! Media types: the one place where their text is read.

use crate::api::{Codec, MediaType, Range};

/// What a media type means.
pub(super) fn media_type(text: &str) -> MediaType {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    let (top, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    MediaType {
        codec: codec(&essence, top, subtype),
        range: match (top, subtype) {
            ("*", _) => Range::All,
            (_, "*") => Range::Subtypes,
            (..) => Range::Single,
        },
        is_text: top == "text",
        is_binary: is_binary(&essence, top),
        words: words(text),
        stem: words(text.trim_end_matches("+json")),
        text: text.to_owned(),
    }
}

/// The media types of a list ("Encoding Object", `contentType`).
pub(super) fn media_types(list: &str) -> Vec<MediaType> {
    let texts = list.split(',').map(str::trim);
    texts
        .filter(|text| !text.is_empty())
        .map(media_type)
        .collect()
}

fn codec(essence: &str, top: &str, subtype: &str) -> Codec {
    match essence {
        "application/json" | "text/json" => Codec::Json,
        "application/xml" | "text/xml" => Codec::Xml,
        "application/x-www-form-urlencoded" => Codec::Form,
        "multipart/form-data" => Codec::FormData,
        "text/event-stream" => Codec::Events,
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonlines"
        | "application/json-seq"
        | "application/stream+json" => Codec::Lines,
        _ if subtype.ends_with("+json") => Codec::Json,
        _ if subtype.ends_with("+xml") => Codec::Xml,
        _ if top == "multipart" => Codec::Multipart,
        _ if top == "text" => Codec::Text,
        // What can be anything is taken for JSON, unless its schema says otherwise.
        "*/*" => Codec::Json,
        _ => Codec::Bytes,
    }
}

fn is_binary(essence: &str, top: &str) -> bool {
    matches!(top, "image" | "audio" | "video")
        || matches!(
            essence,
            "application/octet-stream" | "application/zip" | "application/pdf"
        )
}

/// The words that tell a media type from others.
fn words(text: &str) -> String {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let (kind, name) = essence.split_once('/').unwrap_or(("", essence));
    let name = name.strip_prefix("vnd.").unwrap_or(name);
    let name = name.strip_prefix("x-").unwrap_or(name);
    let words = if name == "*" { kind } else { name };
    words.replace(|c: char| !c.is_ascii_alphanumeric(), " ")
}

#[cfg(test)]
mod tests {
    use super::{media_type, media_types};
    use crate::api::{Codec, Range};

    #[test]
    fn parameters_and_case_say_nothing_of_the_codec() {
        for (text, codec) in [
            ("application/json; charset=utf-8", Codec::Json),
            ("Application/JSON", Codec::Json),
            ("application/problem+json", Codec::Json),
            ("application/stream+json", Codec::Lines),
            ("application/atom+xml", Codec::Xml),
            ("multipart/form-data; boundary=x", Codec::FormData),
            ("multipart/mixed", Codec::Multipart),
            ("text/event-stream;charset=utf-8", Codec::Events),
            ("text/csv", Codec::Text),
            ("image/png", Codec::Bytes),
            ("*/*", Codec::Json),
            ("json", Codec::Bytes),
        ] {
            assert_eq!(media_type(text).codec, codec, "{text}");
        }
    }

    #[test]
    fn ranges_are_sent_as_the_usual_type_of_their_codec() {
        let any = media_type("*/*");
        assert_eq!((any.range, any.sent_as()), (Range::All, "application/json"));
        let text = media_type("text/*");
        assert_eq!(
            (text.range, text.sent_as()),
            (Range::Subtypes, "text/plain")
        );
        assert_eq!(
            media_type("text/csv; header=present").sent_as(),
            "text/csv; header=present"
        );
    }

    #[test]
    fn words_leave_out_what_all_have() {
        let diff = media_type("application/vnd.github.diff+json");
        assert_eq!(
            (&*diff.words, &*diff.stem),
            ("github diff json", "github diff")
        );
        assert_eq!(media_type("text/*").words, "text");
    }

    #[test]
    fn a_list_is_taken_apart() {
        let list = media_types("image/png, image/*,");
        let texts: Vec<&str> = list.iter().map(|ty| ty.text.as_str()).collect();
        assert_eq!(texts, ["image/png", "image/*"]);
    }
}
