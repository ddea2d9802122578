//! Which credentials a request carries.

use reqwest::Method;

use crate::runtime::auth::security::{
    Credential, CredentialLocation, Credentials, Scheme, Security,
};
use crate::runtime::send::request::Request;

const KEY: Scheme = Scheme::new("api_key", CredentialLocation::Query("key"));
const SESSION: Scheme = Scheme::new("session", CredentialLocation::Cookie("SID"));
const TOKEN: Scheme = Scheme::new("token", CredentialLocation::Bearer);
const LOGIN: Scheme = Scheme::new("login", CredentialLocation::Basic);
const OTHER: Scheme = Scheme::new("other", CredentialLocation::Http("Custom"));
const HEADER: Scheme = Scheme::new("header", CredentialLocation::Header("x-key"));

fn applied(given: &[&Scheme], security: Security) -> Result<Request, String> {
    let mut credentials = Credentials::default();
    for scheme in given {
        credentials.set(scheme, Credential::Text("a:b c".into()));
    }
    let mut request = Request::new("test", Method::GET);
    match credentials.apply(security, &mut request) {
        Ok(_) => Ok(request),
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn each_carrier_puts_the_credential_in_its_place() {
    let request = applied(&[&KEY], &[&[&KEY]]).unwrap();
    assert_eq!(request.head.query, [("key", "key=a%3Ab%20c".to_owned())]);
    let request = applied(&[&SESSION], &[&[&SESSION]]).unwrap();
    assert_eq!(request.head.headers["cookie"], "SID=a:b%20c");
    assert!(request.head.headers["cookie"].is_sensitive());
    let request = applied(&[&TOKEN], &[&[&TOKEN]]).unwrap();
    assert_eq!(request.head.headers["authorization"], "Bearer a:b c");
    assert!(request.head.headers["authorization"].is_sensitive());
    let request = applied(&[&HEADER], &[&[&HEADER]]).unwrap();
    assert_eq!(request.head.headers["x-key"], "a:b c");
    let request = applied(&[&OTHER], &[&[&OTHER]]).unwrap();
    assert_eq!(request.head.headers["authorization"], "Custom a:b c");
    let request = applied(&[&LOGIN], &[&[&LOGIN]]).unwrap();
    assert_eq!(request.head.headers["authorization"], "Basic YTpiIGM=");
    assert!(request.head.headers["authorization"].is_sensitive());
}

#[test]
fn the_first_alternative_that_can_be_satisfied_is_used() {
    const EITHER: Security = &[&[&KEY, &SESSION], &[&TOKEN], &[&HEADER]];
    let request = applied(&[&KEY, &HEADER, &TOKEN], EITHER).unwrap();
    assert!(request.head.query.is_empty() && request.head.headers.contains_key("authorization"));
    let request = applied(&[&KEY, &SESSION, &TOKEN], EITHER).unwrap();
    assert!(!request.head.query.is_empty() && request.head.headers.contains_key("cookie"));
    assert_eq!(request.head.headers.len(), 1);
    assert_eq!(
        applied(&[&KEY], EITHER).err().unwrap(),
        "`test` needs a credential: set `api_key` and `session`, or `token`, or `header` on the \
         client's builder"
    );
}

#[test]
fn no_requirement_sends_none_and_an_empty_alternative_counts_last() {
    const OPTIONAL: Security = &[&[], &[&TOKEN]];
    assert!(applied(&[&TOKEN], &[]).unwrap().head.headers.is_empty());
    assert!(applied(&[], OPTIONAL).unwrap().head.headers.is_empty());
    assert!(
        !applied(&[&TOKEN], OPTIONAL)
            .unwrap()
            .head
            .headers
            .is_empty()
    );
}

/// What a document calls a header may be none; that is an error of the call, not a panic.
#[test]
fn names_and_content_types_that_no_header_can_have_are_refused() {
    const SPACED: Scheme = Scheme::new("spaced", CredentialLocation::Header("x key"));
    const SECURITY: Security = &[&[&SPACED]];
    assert_eq!(
        applied(&[&SPACED], SECURITY).err().unwrap(),
        "`spaced` of `test` is sent in a header whose name is not valid"
    );
    let mut request = Request::new("test", Method::POST);
    request.body("text/\u{7f}", "");
    let problem = request.head.problem.map(|problem| problem.to_string());
    let expected = "`content-type` of `test` has control characters in its value";
    assert_eq!(problem.as_deref(), Some(expected));
}
