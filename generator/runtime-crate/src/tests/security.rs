//! Which credentials a request carries.

use reqwest::Method;

use crate::runtime::request::Request;
use crate::runtime::security::{Carrier, Credentials, Scheme, Security, write_cookies};

const KEY: Scheme = Scheme::new("api_key", Carrier::Query("key"));
const SESSION: Scheme = Scheme::new("session", Carrier::Cookie("SID"));
const TOKEN: Scheme = Scheme::new("token", Carrier::Bearer);
const LOGIN: Scheme = Scheme::new("login", Carrier::Basic);
const HEADER: Scheme = Scheme::new("header", Carrier::Header("x-key"));

fn applied(given: &[&Scheme], security: Security) -> Result<Request, String> {
    let mut credentials = Credentials::default();
    for scheme in given {
        credentials.set(scheme, "a:b c".to_owned());
    }
    let mut request = Request::new("test", Method::GET);
    match credentials.apply(security, &mut request) {
        Ok(()) => Ok(request),
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn each_carrier_puts_the_credential_in_its_place() {
    let request = applied(&[&KEY], &[&[&KEY]]).unwrap();
    assert_eq!(request.query, [("key", "key=a%3Ab%20c".to_owned())]);
    let mut request = applied(&[&SESSION], &[&[&SESSION]]).unwrap();
    write_cookies(&mut request);
    assert_eq!(request.headers["cookie"], "SID=a%3Ab%20c");
    assert!(request.headers["cookie"].is_sensitive());
    let request = applied(&[&TOKEN], &[&[&TOKEN]]).unwrap();
    assert_eq!(request.headers["authorization"], "Bearer a:b c");
    assert!(request.headers["authorization"].is_sensitive());
    let request = applied(&[&HEADER], &[&[&HEADER]]).unwrap();
    assert_eq!(request.headers["x-key"], "a:b c");
    let request = applied(&[&LOGIN], &[&[&LOGIN]]).unwrap();
    assert_eq!(request.basic.as_deref(), Some("a:b c"));
}

#[test]
fn the_first_alternative_that_can_be_satisfied_is_used() {
    const EITHER: Security = &[&[&KEY, &SESSION], &[&TOKEN], &[&HEADER]];
    let request = applied(&[&KEY, &HEADER, &TOKEN], EITHER).unwrap();
    assert!(request.query.is_empty() && request.headers.contains_key("authorization"));
    let request = applied(&[&KEY, &SESSION, &TOKEN], EITHER).unwrap();
    assert!(!request.query.is_empty() && request.headers.is_empty());
    assert_eq!(
        applied(&[&KEY], EITHER).err().unwrap(),
        "`test` needs a credential: set `api_key` and `session`, or `token`, or `header` on the \
         client's builder"
    );
}

#[test]
fn no_requirement_sends_none_and_an_empty_alternative_counts_last() {
    const OPTIONAL: Security = &[&[], &[&TOKEN]];
    assert!(applied(&[&TOKEN], &[]).unwrap().headers.is_empty());
    assert!(applied(&[], OPTIONAL).unwrap().headers.is_empty());
    assert!(!applied(&[&TOKEN], OPTIONAL).unwrap().headers.is_empty());
}

/// What a document calls a header may be none; that is an error of the call, not a panic.
#[test]
fn names_and_content_types_that_no_header_can_have_are_refused() {
    const SPACED: Scheme = Scheme::new("spaced", Carrier::Header("x key"));
    const SECURITY: Security = &[&[&SPACED]];
    assert_eq!(
        applied(&[&SPACED], SECURITY).err().unwrap(),
        "`spaced` of `test` is sent in a header whose name is not valid"
    );
    let mut request = Request::new("test", Method::POST);
    request.body("text/\u{7f}", "");
    let problem = request.problem.map(|problem| problem.to_string());
    let expected = "`content-type` of `test` has control characters in its value";
    assert_eq!(problem.as_deref(), Some(expected));
}
