//! Items that are read page by page.

use reqwest::Method;
use serde_json::{Value, json};
use wiremock::matchers::{path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::socket::read_nothing;
use crate::runtime::auth::security::{CredentialLocation, Scheme};
use crate::runtime::encode::parameter::Parameter;
use crate::runtime::exchange::builder::CoreBuilder;
use crate::runtime::read::pages::{Next, Paging};
use crate::runtime::send::request::Request;
use crate::runtime::{Call, Items};

const KEY: Scheme = Scheme::new("key", CredentialLocation::Query("key"));

/// All items, and the queries that the server was asked with.
async fn read(
    server: &MockServer,
    paging: Paging,
    build: impl FnOnce(&mut Request),
) -> (Vec<Result<u32, String>>, Vec<String>) {
    let mut builder = CoreBuilder::default();
    builder.base_url(format!("{}/api", server.uri()));
    builder.credential(&KEY, "k".to_owned());
    let core = builder.build("").unwrap();
    let mut request = Request::new("list", Method::GET);
    request.path("/things");
    build(&mut request);
    let call = Call::new(&core, request, &[&[&KEY]], read_nothing);
    let mut items = Items::new(call, paging);
    let mut list = Vec::new();
    while let Some(item) = items.next().await {
        list.push(item.map_err(|error: crate::runtime::Error<_>| error.to_string()));
    }
    let requests = server.received_requests().await.unwrap();
    let queries = requests
        .iter()
        .map(|r| r.url.query().unwrap_or_default().to_owned());
    (list, queries.collect())
}

fn paging(items: &'static [&'static str], next: Next) -> Paging {
    Paging {
        items,
        next,
        more: &[],
    }
}

async fn mount(server: &MockServer, name: &str, value: Option<&str>, response: ResponseTemplate) {
    let mock = Mock::given(path("/api/things"));
    let mock = match value {
        Some(value) => mock.and(query_param(name, value)),
        None => mock.and(query_param_is_missing(name)),
    };
    mock.respond_with(response).mount(server).await;
}

fn response(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

#[tokio::test]
async fn a_cursor_leads_to_the_next_page() {
    let server = MockServer::start().await;
    let page = |items: Value, next: Value| {
        response(json!({ "data": items, "meta": { "next": next }, "more": true }))
    };
    mount(&server, "after", None, page(json!([1, 2]), json!("a&b"))).await;
    mount(&server, "after", Some("a&b"), page(json!([]), json!("c"))).await;
    mount(&server, "after", Some("c"), page(json!([3]), json!(null))).await;
    let by = paging(&["data"], Next::Cursor("after", &["meta", "next"]));
    let (items, queries) = read(&server, by, |request| {
        request.parameter(Parameter::query("limit"), 2);
    })
    .await;
    assert_eq!(items, [Ok(1), Ok(2), Ok(3)]);
    assert_eq!(
        queries,
        [
            "limit=2&key=k",
            "limit=2&after=a%26b&key=k",
            "limit=2&after=c&key=k"
        ]
    );
}

#[tokio::test]
async fn there_is_no_page_after_one_that_says_so_or_is_the_same() {
    let server = MockServer::start().await;
    let page = response(json!({ "data": [1], "next": "same", "has_more": true }));
    mount(&server, "nothing", None, page).await;
    let by = paging(&["data"], Next::Cursor("after", &["next"]));
    let (items, queries) = read(&server, by, |_| {}).await;
    assert_eq!((items.len(), queries.len()), (2, 2));

    let server = MockServer::start().await;
    let page = response(json!({ "data": [{ "id": 7 }], "has_more": false }));
    mount(&server, "nothing", None, page).await;
    let by = Paging {
        more: &["has_more"],
        ..paging(&["data"], Next::Last("starting_after", "id"))
    };
    let (items, queries) = read(&server, by, |_| {}).await;
    // The items are no numbers here.
    assert!(
        items[0]
            .as_ref()
            .is_err_and(|error| error.contains("unexpected body"))
    );
    assert_eq!((items.len(), queries.len()), (1, 1));
}

#[tokio::test]
async fn numbers_of_items_and_pages_are_counted() {
    let server = MockServer::start().await;
    mount(&server, "offset", Some("5"), response(json!([1, 2]))).await;
    mount(&server, "offset", Some("7"), response(json!([3]))).await;
    mount(&server, "offset", Some("8"), ResponseTemplate::new(204)).await;
    let by = paging(&[], Next::Offset("offset"));
    let (items, queries) = read(&server, by, |request| {
        request.parameter(Parameter::query("limit"), 2);
        request.parameter(Parameter::query("offset"), 5);
    })
    .await;
    assert_eq!(items, [Ok(1), Ok(2), Ok(3)]);
    assert_eq!(
        queries,
        [
            "limit=2&offset=5&key=k",
            "limit=2&offset=7&key=k",
            "limit=2&offset=8&key=k"
        ]
    );

    let server = MockServer::start().await;
    mount(&server, "page", None, response(json!([1]))).await;
    mount(&server, "page", Some("1"), response(json!([2]))).await;
    mount(&server, "page", Some("2"), response(json!([]))).await;
    let (items, queries) = read(&server, paging(&[], Next::Page("page", 0)), |_| {}).await;
    assert_eq!(items, [Ok(1), Ok(2)]);
    assert_eq!(queries, ["key=k", "page=1&key=k", "page=2&key=k"]);
}

#[tokio::test]
async fn addresses_are_followed_on_the_same_server_only() {
    let server = MockServer::start().await;
    let link = "<https://example.com/a,b>; rel=\"first\", </api/things?page=2&key=other>; rel=\"Next last\"";
    mount(
        &server,
        "page",
        None,
        response(json!([1])).insert_header("link", link),
    )
    .await;
    let link = "<?page=3>; title=\"x\"; Rel = next";
    mount(
        &server,
        "page",
        Some("2"),
        response(json!([2])).insert_header("link", link),
    )
    .await;
    let link = "<http://127.0.0.1:1/api/things?page=4>; rel=\"next\"";
    mount(
        &server,
        "page",
        Some("3"),
        response(json!([3])).insert_header("link", link),
    )
    .await;
    let (items, queries) = read(&server, paging(&[], Next::Link), |request| {
        request.parameter(Parameter::query("limit"), 1);
    })
    .await;
    let foreign = "the next page of `list` is on another server".to_owned();
    assert_eq!(items, [Ok(1), Ok(2), Ok(3), Err(foreign)]);
    assert_eq!(
        queries,
        ["limit=1&key=k", "page=2&key=other", "page=3&key=k"]
    );

    let server = MockServer::start().await;
    let next = format!("{}/api/things?page=2", server.uri());
    mount(
        &server,
        "page",
        None,
        response(json!({ "items": [1], "next": next })),
    )
    .await;
    mount(&server, "page", Some("2"), ResponseTemplate::new(500)).await;
    let (items, _) = read(&server, paging(&["items"], Next::Url(&["next"])), |_| {}).await;
    assert_eq!(items, [Ok(1)]);
}
