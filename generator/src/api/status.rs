//! Statuses of responses.

use std::fmt;

/// The key of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// A range of a hundred codes, by its first digit.
    Range(u16),
    /// Every code that is not declared.
    Default,
}

impl Status {
    /// Whether it is one of success (2xx).
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }

    /// Whether it is a redirect, which is not followed. That nothing has changed (304) is none.
    pub fn is_redirect(self) -> bool {
        matches!(self, Self::Code(300..=303 | 305..=308) | Self::Range(3))
    }

    /// Its words: those of its reason phrase ("HTTP Status Code Registry").
    pub fn words(self) -> String {
        match self {
            Self::Code(code) => match reason(code) {
                Some(reason) => reason.to_owned(),
                None => format!("status {code}"),
            },
            Self::Range(1) => "informational".to_owned(),
            Self::Range(2) => "successful".to_owned(),
            Self::Range(3) => "redirection".to_owned(),
            Self::Range(4) => "client error".to_owned(),
            Self::Range(_) => "server error".to_owned(),
            Self::Default => "other".to_owned(),
        }
    }

    /// The status as people know it: `404 Not Found`.
    pub fn label(self) -> String {
        match self {
            Self::Code(code) => match reason(code) {
                Some(reason) => format!("{code} {reason}"),
                None => code.to_string(),
            },
            Self::Range(_) => format!("{self} {}", self.words()),
            Self::Default => "any other status".to_owned(),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// The reason phrase of a status code.
fn reason(code: u16) -> Option<&'static str> {
    let found = REASONS.binary_search_by_key(&code, |(code, _)| *code);
    found.ok().map(|index| REASONS[index].1)
}

/// The reason phrases in the order of their codes (RFC 9110, section 15, and the "HTTP Status Code
/// Registry").
const REASONS: [(u16, &str); 61] = [
    (100, "Continue"),
    (101, "Switching Protocols"),
    (102, "Processing"),
    (103, "Early Hints"),
    (200, "OK"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "Non-Authoritative Information"),
    (204, "No Content"),
    (205, "Reset Content"),
    (206, "Partial Content"),
    (207, "Multi-Status"),
    (208, "Already Reported"),
    (226, "IM Used"),
    (300, "Multiple Choices"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (304, "Not Modified"),
    (305, "Use Proxy"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (407, "Proxy Authentication Required"),
    (408, "Request Timeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Length Required"),
    (412, "Precondition Failed"),
    (413, "Content Too Large"),
    (414, "URI Too Long"),
    (415, "Unsupported Media Type"),
    (416, "Range Not Satisfiable"),
    (417, "Expectation Failed"),
    (418, "I'm a teapot"),
    (421, "Misdirected Request"),
    (422, "Unprocessable Content"),
    (423, "Locked"),
    (424, "Failed Dependency"),
    (425, "Too Early"),
    (426, "Upgrade Required"),
    (428, "Precondition Required"),
    (429, "Too Many Requests"),
    (431, "Request Header Fields Too Large"),
    (451, "Unavailable For Legal Reasons"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Timeout"),
    (505, "HTTP Version Not Supported"),
    (506, "Variant Also Negotiates"),
    (507, "Insufficient Storage"),
    (508, "Loop Detected"),
    (511, "Network Authentication Required"),
];
