//! How long a document takes from text to files.

use std::hint::black_box;
use std::path::Path;

use butler_codegen::diagnostic::Diagnostics;
use butler_codegen::document::Source;
use butler_codegen::settings::Settings;
use butler_codegen::{generate, understand};
use criterion::{Criterion, criterion_group, criterion_main};

fn pipeline(criterion: &mut Criterion) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/butler.yaml");
    let source = Source::read(&path).expect("spec/butler.yaml is part of the project");
    let settings = Settings {
        name: "plex-butler".to_owned(),
        version: "0.1.0".to_owned(),
        ..Settings::default()
    };
    criterion.bench_function("butler: text to meaning", |bencher| {
        bencher.iter(|| understand(black_box(&source), &settings, &mut Diagnostics::default()));
    });
    criterion.bench_function("butler: text to files", |bencher| {
        bencher.iter(|| generate(black_box(&source), &settings));
    });
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
