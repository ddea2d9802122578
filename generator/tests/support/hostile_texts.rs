//! Texts that are made to become code.

/// Texts that close what they stand in, or open what runs (`canaryX9__z` is to be found nowhere but in literals
/// and documentation).
pub const TEXTS: [(&str, &str); 56] = [
    ("fence", "a\n\n```\nfn canaryX9__z() {}\n```\n"),
    ("fence_of_rust", "```rust\ncanaryX9__z();\n```"),
    (
        "fence_of_should_panic",
        "```should_panic\ncanaryX9__z();\n```",
    ),
    (
        "fence_of_no_run",
        "```no_run\ninclude_str!(\"/etc/canaryX9__z\");\n```",
    ),
    (
        "fence_of_compile_fail",
        "```compile_fail\ncanaryX9__z();\n```",
    ),
    ("fence_of_edition", "```edition2018\ncanaryX9__z();\n```"),
    ("fence_of_attributes", "```{.rust}\ncanaryX9__z();\n```"),
    ("fence_of_two", "```json,rust\ncanaryX9__z();\n```"),
    ("fence_of_ignore", "```ignore\ncanaryX9__z();\n```"),
    ("fence_of_tildes", "~~~\ncanaryX9__z();\n~~~"),
    ("fence_open", "```\ncanaryX9__z();"),
    (
        "fence_long",
        "````````\n```\ncanaryX9__z();\n```\n````````\n```\ncanaryX9__z();\n```",
    ),
    ("fence_in_quote", "> ```\n> canaryX9__z();\n> ```"),
    ("fence_in_list", "- ```\n  canaryX9__z();\n  ```"),
    ("fence_in_item", "1. a\n\n       canaryX9__z();\n"),
    (
        "fence_behind_html",
        "<div>\n```\ncanaryX9__z();\n```\n</div>",
    ),
    (
        "fence_of_tildes_in_html",
        "<div>\n~~~\ncanaryX9__z();\n~~~\n</div>",
    ),
    (
        "fence_in_pre",
        "<pre>\n\n```\ncanaryX9__z();\n```\n\n    canaryX9__z();\n</pre>",
    ),
    (
        "fence_behind_entities",
        "<p>&#96;&#96;&#96;\ncanaryX9__z();\n&#96;&#96;&#96;</p>\n\n&#96;&#96;&#96;\ncanaryX9__z();\n&#x60;&#x60;&#x60;",
    ),
    (
        "fence_behind_escape",
        "\\```\ncanaryX9__z();\n\\```\n\n\\\n```\ncanaryX9__z();\n```",
    ),
    (
        "fence_behind_text",
        "text of\ndocument```\ncanaryX9__z();\n```",
    ),
    ("fence_within_code", "`a`\n\n```\ncanaryX9__z();\n```\n`"),
    ("fence_after_return", "a\r\r```\rcanaryX9__z();\r```"),
    (
        "fence_after_separator",
        "a\u{2028}\u{2028}```\u{2028}canaryX9__z();\u{2029}```",
    ),
    (
        "fence_after_next_line",
        "a\u{85}\u{85}```\u{85}canaryX9__z();\u{85}```",
    ),
    (
        "fence_after_vertical_tab",
        "a\u{b}\u{b}```\u{b}canaryX9__z();\u{c}```",
    ),
    ("indent", "a\n\n    canaryX9__z();\n"),
    ("indent_of_tabs", "a\n\n\tcanaryX9__z();\n"),
    ("indent_at_start", "    canaryX9__z();"),
    (
        "break_of_documentation",
        "a\u{1}\u{1} ```\u{1} canaryX9__z();\u{1} ```",
    ),
    ("comment_closed", "*/ fn canaryX9__z() {} /*"),
    ("comment_opened", "/* canaryX9__z"),
    ("comment_of_block", "/** canaryX9__z */ fn canaryX9__z() {}"),
    ("comment_of_module", "/*! canaryX9__z */"),
    (
        "slashes",
        "/ a\n// canaryX9__z\n/// canaryX9__z\n//! canaryX9__z",
    ),
    ("attribute", "\"] fn canaryX9__z() {} #[doc = \""),
    ("attribute_inner", "#![feature(canaryX9__z)]"),
    (
        "attribute_of_line",
        "#[line = \"canaryX9__z\"]\n#[line = \"\"]",
    ),
    (
        "attribute_of_include",
        "\"]\n#[doc = include_str!(\"/etc/canaryX9__z\")]",
    ),
    ("line_constant", "const LINE: () = ();\ncanaryX9__z"),
    ("string_closed", "\"; canaryX9__z(); \""),
    ("string_raw", "\"#; canaryX9__z(); r#\""),
    ("string_escaped", "\\\"; canaryX9__z(); \\"),
    ("string_nul", "a\0b\u{7}canaryX9__z\u{1b}[31m"),
    ("format", "{canaryX9__z} {0} {} {{ %s %n $canaryX9__z"),
    (
        "markup",
        "<script>canaryX9__z()</script><img src=x onerror=canaryX9__z()>",
    ),
    (
        "link",
        "[a](javascript:canaryX9__z) <javascript:canaryX9__z> ![a](data:canaryX9__z)",
    ),
    (
        "link_to_item",
        "[`canaryX9__z`] [canaryX9__z] [a][crate::canaryX9__z] [Self::canaryX9__z]",
    ),
    ("link_defined", "[a]\n\n[a]: javascript:canaryX9__z"),
    (
        "bidirectional",
        "a\u{202e}canaryX9__z\u{202c}\u{2066}b\u{2069}\u{200f}\u{61c}",
    ),
    (
        "invisible",
        "a\u{200b}\u{200d}\u{feff}\u{ad}\u{e0041}canaryX9__z",
    ),
    (
        "manifest",
        "a\"\n[dependencies]\ncanaryX9__z = \"1\"\n[[bin]]\nname = \"canaryX9__z\"",
    ),
    (
        "manifest_multiline",
        "'''\n[build-dependencies]\ncanaryX9__z = \"*\"\n\"\"\"",
    ),
    (
        "workflow",
        "::error::canaryX9__z\n::set-output name=a::canaryX9__z\n##[error]canaryX9__z",
    ),
    ("terminal", "\u{1b}]0;canaryX9__z\u{7}\u{9b}31m\u{90}"),
    ("path", "../../canaryX9__z\\..\\canaryX9__z/%2e%2e/~/.cargo"),
];
