//! Reading and writing a body of 1 MB: generated types beside derived code.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use plex_butler::types::GetButlerTasksResponse;
use serde::{Deserialize, Serialize};

/// The same types, as every other generator emits them.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Derived {
    #[serde(skip_serializing_if = "Option::is_none")]
    butler_tasks: Option<DerivedTasks>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct DerivedTasks {
    #[serde(skip_serializing_if = "Option::is_none")]
    butler_task: Option<Vec<DerivedTask>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DerivedTask {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schedule_randomized: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

fn body() -> String {
    let task = r#"{"name":"BackupDatabase","interval":3,"scheduleRandomized":false,"enabled":true,"title":"Backup Database","description":"Create a backup copy of the server's database in the configured backup directory"}"#;
    let tasks = vec![task; 1_000_000 / task.len()].join(",");
    format!(r#"{{"ButlerTasks":{{"ButlerTask":[{tasks}]}}}}"#)
}

fn decode(criterion: &mut Criterion) {
    let body = body();
    let mut group = criterion.benchmark_group("a body of 1 MB");
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("read, derived", |bencher| {
        bencher.iter_with_large_drop(|| serde_json::from_str::<Derived>(black_box(&body)));
    });
    group.bench_function("read, generated", |bencher| {
        bencher.iter_with_large_drop(|| {
            serde_json::from_str::<GetButlerTasksResponse>(black_box(&body))
        });
    });
    let derived = serde_json::from_str::<Derived>(&body).ok();
    let generated = serde_json::from_str::<GetButlerTasksResponse>(&body).ok();
    group.bench_function("write, derived", |bencher| {
        bencher.iter(|| serde_json::to_string(black_box(&derived)));
    });
    group.bench_function("write, generated", |bencher| {
        bencher.iter(|| serde_json::to_string(black_box(&generated)));
    });
    group.finish();
}

criterion_group!(benches, decode);
criterion_main!(benches);
