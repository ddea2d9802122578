//! The commands among the client's examples, run against a server on this machine.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Output, Stdio};

use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn example(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["run", "--quiet", "--offline", "--package", "plex-butler"])
        .args(["--example", name, "--"])
        .args(arguments)
        .env_remove("PLEX_URL")
        .env_remove("PLEX_TOKEN");
    command
}

fn text(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_are_listed() {
    let server = MockServer::start().await;
    let tasks = r#"{"ButlerTasks":{"ButlerTask":[
        {"name":"BackupDatabase","interval":3,"enabled":true,"title":"Backup Database"},
        {"name":"CleanOldBundles","enabled":false}]}}"#;
    Mock::given(method("GET"))
        .and(path("/butler"))
        .and(header("x-plex-token", "abc"))
        .respond_with(ResponseTemplate::new(200).set_body_raw(tasks, "application/json"))
        .mount(&server)
        .await;
    let output = example("list_tasks", &[&server.uri(), "abc"])
        .output()
        .unwrap();
    let (code, listed, _) = text(&output);
    assert_eq!(code, Some(0));
    let lines: Vec<Vec<&str>> = listed
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    let first = [
        "BackupDatabase",
        "on",
        "every",
        "3",
        "days",
        "Backup",
        "Database",
    ];
    assert_eq!(lines, [&first[..], &["CleanOldBundles", "off"]]);

    let refused = example("list_tasks", &[&server.uri(), "wrong"])
        .output()
        .unwrap();
    let (code, _, error) = text(&refused);
    assert_eq!(code, Some(1));
    assert!(
        error.starts_with("error: undocumented status 404 Not Found"),
        "{error}"
    );
    let (code, _, error) = text(&example("list_tasks", &[]).output().unwrap());
    assert_eq!(code, Some(1));
    assert_eq!(error, "error: set PLEX_URL, or give it as an argument\n");
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_task_is_started_and_stopped() {
    for (started, said, stopped, ended) in [
        (200, "is running", 200, "was stopped"),
        (202, "was running already", 404, "had ended"),
    ] {
        let server = MockServer::start().await;
        for (verb, status) in [("POST", started), ("DELETE", stopped)] {
            Mock::given(method(verb))
                .and(path("/butler/BackupDatabase"))
                .respond_with(ResponseTemplate::new(status))
                .expect(1)
                .mount(&server)
                .await;
        }
        // The program itself has to get the signal, not the command that runs it.
        let (code, ..) = text(&example("run_task", &["NoSuchTask"]).output().unwrap());
        assert_eq!(code, Some(2));
        let mut child = example("run_task", &["BackupDatabase", &server.uri(), "abc"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert_eq!(line, format!("BackupDatabase {said}; Ctrl-C stops it\n"));
        let id = child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-INT", &id])
                .status()
                .unwrap()
                .success()
        );
        let mut rest = String::new();
        output.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, format!("BackupDatabase {ended}\n"));
        assert!(child.wait().unwrap().success());
    }
}
