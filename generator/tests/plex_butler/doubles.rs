//! The test double of the client.

use std::panic::{AssertUnwindSafe, catch_unwind};

use plex_butler::butler::{GetButlerTasksError, StartTaskSuccess, StopTaskError};
use plex_butler::mock::Mock;
use plex_butler::types::{BadRequest, TaskName};
use plex_butler::{Client, Error, Phase, Response, StatusCode, TransportError};

#[tokio::test]
async fn operations_answer_what_they_are_told_to() {
    let mock = Mock::new();
    let client = Client::from(&mock);
    mock.butler()
        .start_task()
        .returns(StartTaskSuccess::Accepted);
    mock.butler().stop_task().fails(StopTaskError::NotFound);

    let started = client.butler().start_task(TaskName::BackupDatabase).await;
    let started = started.unwrap();
    assert_eq!(*started, StartTaskSuccess::Accepted);
    assert_eq!(started.status(), StatusCode::ACCEPTED);
    let stopped = client.butler().stop_task(TaskName::BackupDatabase).await;
    let error = stopped.unwrap_err();
    assert_eq!(error.kind(), Some(&StopTaskError::NotFound));
    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.to_string(), "404 Not Found (stopTask)");
}

#[tokio::test]
async fn answers_are_given_in_turn_and_by_argument() {
    let mock = Mock::new();
    let client = Client::from(&mock);
    let butler = client.butler();
    let start = mock.butler().start_task();
    let backup = || butler.start_task(TaskName::BackupDatabase);
    start.with(backup()).returns(StartTaskSuccess::Ok).times(1);
    start.with(backup()).returns(StartTaskSuccess::Accepted);
    let refused = GetButlerTasksError::BadRequest(BadRequest::new());
    start.fails(refused.clone());

    assert_eq!(*backup().await.unwrap(), StartTaskSuccess::Ok);
    assert_eq!(*backup().await.unwrap(), StartTaskSuccess::Accepted);
    let other = butler.start_task(TaskName::CleanOldBundles).await;
    assert_eq!(other.unwrap_err().kind(), Some(&refused));
    assert_eq!(start.calls().len(), 3);
    assert_eq!(start.with(backup()).calls().len(), 2);
    assert_eq!(start.calls()[2].path(), "/butler/CleanOldBundles");
}

#[tokio::test]
async fn an_answer_may_be_any_error() {
    let mock = Mock::new();
    let client = Client::from(&mock);
    mock.butler().start_all_tasks().responds(|call| {
        assert_eq!(call.operation(), "startAllTasks");
        Err(Error::Transport(TransportError::new(
            Phase::Connect,
            "no route",
        )))
    });
    let error = client.butler().start_all_tasks().await.unwrap_err();
    assert!(error.is_connect() && error.is_retryable());
    let none = client
        .butler()
        .start_all_tasks()
        .timeout(std::time::Duration::ZERO);
    assert!(none.await.is_err_and(|error| error.is_connect()));
}

#[tokio::test]
async fn values_of_the_caller_are_refused_as_ever() {
    let mock = Mock::new();
    let client = Client::from(&mock);
    let call = client.butler().start_all_tasks().header("no name", "");
    assert!(matches!(call.await, Err(Error::InvalidRequest(_))));
}

#[tokio::test]
async fn what_is_not_expected_fails() {
    let mock = Mock::new();
    let client = Client::from(&mock);
    let called = tokio::spawn(client.butler().start_all_tasks().into_future());
    let panic = called.await.unwrap_err().into_panic();
    let text = panic.downcast_ref::<String>().unwrap();
    assert_eq!(
        text,
        "the test double has no answer for `startAllTasks`: POST /butler"
    );

    mock.butler().start_all_tasks().responds(|_| {
        Ok(Response::new(
            (),
            StatusCode::OK,
            plex_butler::HeaderMap::new(),
        ))
    });
    mock.butler().stop_all_tasks().returns(()).times(2);
    client.butler().start_all_tasks().await.unwrap();
    client.butler().stop_all_tasks().await.unwrap();
    let dropped = catch_unwind(AssertUnwindSafe(|| drop(mock)));
    let panic = dropped.unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert_eq!(text, "expected 2 calls of `stopAllTasks`, got 1");
}
