//! Every operation with every documented status, and responses that are not as documented.

use std::error::Error as _;
use std::time::Duration;

use plex_butler::butler::{
    GetButlerTasksError, StartAllTasksError, StartTaskError, StartTaskSuccess, StopAllTasksError,
    StopTaskError,
};
use plex_butler::types::{TaskName, Unauthorized};
use plex_butler::{ApiError, Error, HeaderMap, RawResponse, Response, StatusCode};
use wiremock::ResponseTemplate;

use crate::fixture::{
    BAD_REQUEST, Fixture, TASKS, UNAUTHORIZED, bad_request, kind, sent, unauthorized,
};

#[tokio::test]
async fn get_butler_tasks_200_is_its_body() {
    let fixture = Fixture::json(200, TASKS).await;
    let response = fixture.client.butler().get_butler_tasks().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    let tasks = response
        .into_inner()
        .butler_tasks
        .unwrap()
        .butler_task
        .unwrap();
    assert_eq!(tasks.len(), 2);
    assert_eq!(tasks[0].name.as_deref(), Some("BackupDatabase"));
    assert_eq!(tasks[0].interval, Some(3.0));
    assert_eq!(tasks[0].enabled, Some(true));
    assert_eq!(tasks[1].title, None);
    assert_eq!(fixture.request().await, sent("GET", "/butler"));
}

#[tokio::test]
async fn start_all_tasks_200_has_no_body() {
    let fixture = Fixture::empty(200).await;
    let response = fixture.client.butler().start_all_tasks().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(fixture.request().await, sent("POST", "/butler"));
}

#[tokio::test]
async fn stop_all_tasks_200_has_no_body() {
    let fixture = Fixture::empty(200).await;
    fixture.client.butler().stop_all_tasks().await.unwrap();
    assert_eq!(fixture.request().await, sent("DELETE", "/butler"));
}

#[tokio::test]
async fn start_task_tells_200_from_202() {
    for (status, expected) in [
        (200, StartTaskSuccess::Ok),
        (202, StartTaskSuccess::Accepted),
    ] {
        let fixture = Fixture::empty(status).await;
        let butler = fixture.client.butler();
        let started = butler
            .start_task(TaskName::RefreshPeriodicMetadata)
            .await
            .unwrap();
        assert_eq!(*started, expected);
        assert_eq!(
            fixture.request().await,
            sent("POST", "/butler/RefreshPeriodicMetadata")
        );
    }
}

#[tokio::test]
async fn stop_task_200_has_no_body() {
    let fixture = Fixture::empty(200).await;
    let butler = fixture.client.butler();
    butler.stop_task(TaskName::BackupDatabase).await.unwrap();
    assert_eq!(
        fixture.request().await,
        sent("DELETE", "/butler/BackupDatabase")
    );
}

#[tokio::test]
async fn every_400_is_typed() {
    let fixture = Fixture::json(400, BAD_REQUEST).await;
    let butler = fixture.client.butler();
    let GetButlerTasksError::BadRequest(body) = kind!(butler.get_butler_tasks()) else {
        panic!();
    };
    bad_request(&body);
    let StartAllTasksError::BadRequest(body) = kind!(butler.start_all_tasks()) else {
        panic!();
    };
    bad_request(&body);
    let StopAllTasksError::BadRequest(body) = kind!(butler.stop_all_tasks()) else {
        panic!();
    };
    bad_request(&body);
    let StartTaskError::BadRequest(body) = kind!(butler.start_task(TaskName::CleanOldBundles))
    else {
        panic!();
    };
    bad_request(&body);
    let StopTaskError::BadRequest(body) = kind!(butler.stop_task(TaskName::CleanOldBundles)) else {
        panic!();
    };
    bad_request(&body);
}

#[tokio::test]
async fn every_401_is_typed() {
    let fixture = Fixture::json(401, UNAUTHORIZED).await;
    let butler = fixture.client.butler();
    let GetButlerTasksError::Unauthorized(body) = kind!(butler.get_butler_tasks()) else {
        panic!();
    };
    unauthorized(&body);
    let StartAllTasksError::Unauthorized(body) = kind!(butler.start_all_tasks()) else {
        panic!();
    };
    unauthorized(&body);
    let StopAllTasksError::Unauthorized(body) = kind!(butler.stop_all_tasks()) else {
        panic!();
    };
    unauthorized(&body);
    let StartTaskError::Unauthorized(body) = kind!(butler.start_task(TaskName::CleanOldBundles))
    else {
        panic!();
    };
    unauthorized(&body);
    let StopTaskError::Unauthorized(body) = kind!(butler.stop_task(TaskName::CleanOldBundles))
    else {
        panic!();
    };
    unauthorized(&body);
}

#[tokio::test]
async fn stop_task_404_is_typed_and_has_no_body() {
    let fixture = Fixture::html(404).await;
    let butler = fixture.client.butler();
    let kind = kind!(butler.stop_task(TaskName::BackupDatabase));
    assert_eq!(kind, StopTaskError::NotFound);
}

#[tokio::test]
async fn an_error_says_what_the_server_says_and_keeps_the_answer() {
    let fixture = Fixture::json(401, UNAUTHORIZED).await;
    let error = fixture.client.butler().start_all_tasks().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "401 Unauthorized: User could not be authenticated (startAllTasks)"
    );
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(error.response().unwrap().text(), UNAUTHORIZED);
    let Error::Api(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.headers()["content-type"], "application/json");
    assert!(matches!(error.kind(), StartAllTasksError::Unauthorized(_)));
}

#[tokio::test]
async fn an_error_names_the_request_and_shows_no_secret() {
    let response = ResponseTemplate::new(401)
        .insert_header("x-request-id", "req_1")
        .insert_header("retry-after", "7")
        .insert_header("set-cookie", "session=s3cr3t")
        .set_body_raw(
            format!("{UNAUTHORIZED}{}", " ".repeat(4096)),
            "application/json",
        );
    let fixture = Fixture::answering(response).await;
    let error = fixture.client.butler().start_all_tasks().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "401 Unauthorized: User could not be authenticated (startAllTasks, request req_1)"
    );
    let message = error.message().unwrap();
    assert_eq!(message, "User could not be authenticated");
    assert_eq!(error.request_id(), Some("req_1"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert!(error.body_text().unwrap().starts_with(UNAUTHORIZED));
    assert!(!error.is_timeout() && !error.is_connect());
    let shown = format!("{error:?}");
    assert!(shown.contains("set-cookie") && shown.contains("could not be authenticated"));
    assert!(!shown.contains("s3cr3t") && shown.len() < 1500, "{shown}");
    let any: Error<serde_json::Value> = error.into_any();
    assert_eq!(any.kind().unwrap()["errors"][0]["code"], 1001);
}

#[tokio::test]
async fn the_body_of_a_success_is_kept_on_request() {
    let fixture = Fixture::json(200, TASKS).await;
    let tasks = fixture.client.butler().get_butler_tasks();
    let tasks = tasks.with_raw().await.unwrap();
    assert_eq!(tasks.raw(), Some(TASKS.as_bytes()));
    let names = tasks.map(|tasks| tasks.butler_tasks.unwrap().butler_task.unwrap().len());
    assert_eq!(*names, 2);
}

/// What a user writes, and tests without a server.
fn explain(error: &Error<StartAllTasksError>) -> String {
    match error.kind() {
        Some(StartAllTasksError::Unauthorized(_)) => "sign in again".to_owned(),
        _ => error.to_string(),
    }
}

#[test]
fn responses_and_errors_can_be_made_for_tests() {
    let response = RawResponse::new(StatusCode::UNAUTHORIZED, HeaderMap::new(), UNAUTHORIZED);
    let body: Unauthorized = response.json().unwrap();
    let error = ApiError::new(StartAllTasksError::Unauthorized(body), response);
    assert_eq!(explain(&Error::Api(Box::new(error))), "sign in again");
    let response = Response::new(3, StatusCode::OK, HeaderMap::new());
    assert_eq!(*response.map(|count| count + 1), 4);
}

#[tokio::test]
async fn an_html_401_stays_a_401_with_its_page() {
    let fixture = Fixture::html(401).await;
    let error = fixture
        .client
        .butler()
        .get_butler_tasks()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(
        error.to_string(),
        "401 Unauthorized: expected a JSON body, got text/html (getButlerTasks)"
    );
    let Error::Decode(error) = error else {
        panic!("{error:?}")
    };
    assert!(error.response().text().contains("nginx"));
    assert_eq!(error.headers()["content-type"], "text/html");
    assert!(error.source().is_some());
}

#[tokio::test]
async fn an_undocumented_status_is_kept_whole() {
    for status in [204, 500, 502, 503] {
        let fixture = Fixture::html(status).await;
        let error = fixture.client.butler().start_all_tasks().await.unwrap_err();
        let Error::UnexpectedStatus(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.status(), status);
        assert_eq!(error.headers()["content-type"], "text/html");
        let message = error.to_string();
        assert!(
            message.starts_with(&format!("undocumented status {status}")),
            "{message}"
        );
        if status != 204 {
            assert!(error.response().text().contains("nginx"));
        }
    }
    let fixture = Fixture::json(429, r#"{"error":{"message":"slow down"}}"#).await;
    let error = fixture.client.butler().start_all_tasks().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "undocumented status 429 Too Many Requests: slow down (startAllTasks)"
    );
}

#[tokio::test]
async fn an_empty_200_where_a_body_is_documented_is_a_decode_error() {
    let fixture = Fixture::empty(200).await;
    let error = fixture
        .client
        .butler()
        .get_butler_tasks()
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "200 OK: expected a body, got none (getButlerTasks)"
    );
    let Error::Decode(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!((error.status().as_u16(), error.path()), (200, "."));
}

#[tokio::test]
async fn a_wrong_type_is_named_by_its_path_and_the_body_kept() {
    let body = r#"{"ButlerTasks":{"ButlerTask":[{"interval":1},{"interval":"daily"}]}}"#;
    let fixture = Fixture::json(200, body).await;
    let error = fixture
        .client
        .butler()
        .get_butler_tasks()
        .await
        .unwrap_err();
    let message = error.to_string();
    assert!(
        message.contains("invalid type: string \"daily\""),
        "{message}"
    );
    let Error::Decode(error) = error else {
        panic!("{error:?}")
    };
    assert_eq!(error.path(), "ButlerTasks.ButlerTask[1].interval");
    assert_eq!(error.status(), 200);
    assert_eq!(error.response().text(), body);
}
