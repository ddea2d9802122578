//! Pages without an end.

use reqwest::Method;

use super::{SECURITY, Server, json, read};
use crate::runtime::read::pages::{Next, Paging};
use crate::runtime::send::request::Request;
use crate::runtime::{Call, Items};
use serde_json::Value;

/// Reads all items; how many, and why there are no more.
async fn all(server: &Server, next: Next) -> (usize, Option<String>) {
    let mut request = Request::new("list", Method::GET);
    request.path("/things");
    let call = Call::new(&server.core(), request, SECURITY, read);
    let paging = Paging {
        items: &["items"],
        next,
        more: &[],
    };
    let mut items = Items::<Value, Value, Value>::new(call, paging);
    let mut count = 0;
    while let Some(item) = items.next().await {
        match item {
            Ok(_) => count += 1,
            Err(error) => return (count, Some(error.to_string())),
        }
        assert!(count < 1000);
    }
    (count, None)
}

/// A server with a page for each request.
fn pages(page: impl Fn(usize) -> String + Send + Sync + 'static) -> Server {
    let number = std::sync::atomic::AtomicUsize::new(0);
    Server::new(move |_, connection| {
        while connection.request() {
            let number = number.fetch_add(1, std::sync::atomic::Ordering::AcqRel);
            connection.send(json("200 OK", &page(number)));
        }
    })
}

#[tokio::test]
async fn cursors_that_lead_back_are_an_error() {
    let server = pages(|number| {
        let cursor = ["b", "c"][number % 2];
        format!(r#"{{"items":[{number}],"next":"{cursor}"}}"#)
    });
    let (count, error) = all(&server, Next::Cursor("cursor", &["next"])).await;
    assert_eq!(count, 3);
    assert!(error.unwrap().contains("was there before"));
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn a_relative_address_is_relative_to_that_of_its_page() {
    let next = ["more/2", "3", "?page=4", "?page=5", ""];
    let server = pages(move |number| format!(r#"{{"items":[1],"next":"{}"}}"#, next[number]));
    let (count, error) = all(&server, Next::Url(&["next"])).await;
    assert_eq!((count, error), (5, None));
    let received = server.received();
    let paths: Vec<&str> = received
        .iter()
        .filter_map(|request| request.split(' ').nth(1))
        .collect();
    let expected = [
        "/api/things",
        "/api/more/2",
        "/api/more/3",
        "/api/more/3?page=4",
        "/api/more/3?page=5",
    ];
    assert_eq!(paths, expected);
}

#[tokio::test]
async fn too_many_empty_pages_are_an_error() {
    let server = pages(|number| format!(r#"{{"items":[],"next":"{number}"}}"#));
    let (count, error) = all(&server, Next::Cursor("cursor", &["next"])).await;
    assert_eq!(count, 0);
    assert!(error.unwrap().contains("have no items"));
    assert_eq!(server.received().len(), 21);
}

#[tokio::test]
async fn a_page_that_comes_again_is_an_error() {
    for next in [Next::Page("page", 1), Next::Offset("offset")] {
        let server = pages(|_| r#"{"items":[1,2,3]}"#.to_owned());
        let (count, error) = all(&server, next).await;
        assert_eq!(count, 3);
        assert!(error.unwrap().contains("the same as the one before"));
        assert_eq!(server.received().len(), 2);
    }
}

/// Servers that give the cursor of the last page once more mean that it is the last one.
#[tokio::test]
async fn the_same_cursor_once_more_is_the_end() {
    let server = pages(|number| format!(r#"{{"items":[{number}],"next":"end"}}"#));
    assert_eq!(
        all(&server, Next::Cursor("cursor", &["next"])).await,
        (2, None)
    );
}
