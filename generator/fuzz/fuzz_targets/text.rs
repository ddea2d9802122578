//! A text becomes identifiers, documentation, pages and a manifest, wherever it stands in a document.

#![no_main]

use butler_codegen::document::Source;
use butler_codegen::generate;
use butler_codegen::settings::Settings;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/hostile_document.rs"]
mod hostile_document;

fuzz_target!(|text: &str| {
    let source = Source::new("a.json", hostile_document::document(1, text).to_string());
    let settings = Settings {
        name: "fuzzed".to_owned(),
        version: "0.1.0".to_owned(),
        docs: true,
        ..Settings::default()
    };
    let Ok(generated) = generate(&source, &settings) else {
        return;
    };
    for file in generated.files {
        let strange = file.text.chars().find(|c| c.is_control() && *c != '\n');
        assert_eq!(strange, None, "{}", file.path);
        if file.path.ends_with(".toml") {
            assert!(
                file.text.parse::<toml_edit::DocumentMut>().is_ok(),
                "{}",
                file.text
            );
        }
        let is_own = file.path.ends_with(".rs") && !file.path.starts_with("src/runtime/");
        let parsed = is_own.then(|| syn::parse_file(&file.text));
        if let Some(Err(error)) = parsed {
            panic!("{}: {error}\n{text:?}", file.path);
        }
    }
});
