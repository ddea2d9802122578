//! Documents in several files, and documents that are broken.

use std::fs;

use crate::place::{DOCUMENT, Place, code, stderr, stdout};

#[test]
fn a_document_may_be_in_several_files() {
    let place = Place::new();
    let response = "{ $ref: 'parts/responses.yaml#/Done' }";
    place.write(
        "api.yaml",
        &DOCUMENT
            .replace("{ description: Done. }", response)
            .replace("204", "200"),
    );
    place.write(
        "parts/responses.yaml",
        "Done: { description: Done., content: { application/json: { schema: \
         { $ref: '../types.json#/definitions/Pet' } } } }",
    );
    place.write(
        "types.json",
        r##"{"definitions":{"Pet":{"type":"object","properties":{"friend":{"$ref":"#/definitions/Pet"}}}}}"##,
    );
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let types = &place.files()[&place.path("client/src/types.rs")];
    assert!(types.contains("pub friend: Option<Box<Pet>>,"), "{types}");
    place.write(
        "parts/responses.yaml",
        "Done: { $ref: '../../outside.yaml#/Done' }",
    );
    let output = place.codegen(&["--strict"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("leads out of the document"),
        "{}",
        stderr(&output)
    );
}

/// A mapping names schemas by reference, which lead into other files, too; and a schema that stands
/// there is known by its own name.
#[test]
fn a_mapping_leads_into_other_files() {
    let place = Place::new();
    let response = "{ $ref: 'pets.yaml#/Done' }";
    place.write(
        "api.yaml",
        &DOCUMENT
            .replace("{ description: Done. }", response)
            .replace("204", "200"),
    );
    place.write(
        "pets.yaml",
        "Done: { description: Done., content: { application/json: { schema: { $ref: '#/definitions/Pet' } } } }\n\
         definitions:\n  \
           Pet: { oneOf: [{ $ref: './cat.yaml' }, { $ref: '#/definitions/Dog' }], \
             discriminator: { propertyName: kind, mapping: { cat: ./cat.yaml } } }\n  \
           Dog: { type: object, properties: { bark: { type: string } } }\n",
    );
    place.write(
        "cat.yaml",
        "type: object\nproperties: { lives: { type: integer } }\n",
    );
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let types = &place.files()[&place.path("client/src/types.rs")];
    let union: Vec<&str> = types
        .lines()
        .filter(|line| line.contains("lacks "))
        .collect();
    let tags: Vec<&str> = union
        .iter()
        .filter_map(|line| line.split(" = ").nth(1))
        .collect();
    assert_eq!(tags, ["[\"cat\"],", "[\"Dog\"],"], "{types}");
}

#[test]
fn bad_input_is_located_and_nothing_is_written() {
    let cases = [
        ("", "the document is empty"),
        ("a: [", "this is not YAML"),
        ("{\"a\": ]", "api.yaml:1:7"),
        ("swagger: '2.0'", "this is a Swagger 2 document"),
        ("openapi: 4.0.0\ninfo: {}", "= note: at #/openapi"),
    ];
    let deep = "[".repeat(10_000);
    let deep_yaml = format!("a: {}", "{b: ".repeat(10_000));
    let deep_list = "- ".repeat(10_000);
    let limits =
        [&deep, &deep_yaml, &deep_list].map(|document| (document.as_str(), "more than 127 deep"));
    let cases = cases.into_iter().chain(limits);
    for (document, expected) in cases {
        let place = Place::new();
        place.write("api.yaml", document);
        let output = place.codegen(&[]);
        assert_eq!(code(&output), 2, "{document}");
        assert!(
            stderr(&output).contains(expected),
            "{expected}\n{}",
            stderr(&output)
        );
        assert!(place.files().is_empty(), "{document}");
    }
    let place = Place::new();
    fs::remove_file(place.path("api.yaml")).unwrap();
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("`api.yaml` cannot be read"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_document_that_is_broken_in_places_gives_all_the_rest_unless_strict() {
    let cases = [
        (
            &DOCUMENT.replace("{ description: Done. }", "{ $ref: '#/x' }"),
            "at #/paths/~1a/get/responses/204/$ref",
        ),
        (
            &DOCUMENT.replace(", responses: { \"204\": { description: Done. } }", ""),
            "the operation declares no responses",
        ),
        (
            &DOCUMENT.replace("/a:", "/{x}:"),
            "nothing declares the path parameter `x`",
        ),
        (
            &DOCUMENT.replace("responses:", "parameters: [{ $ref: '#/x' }], responses:"),
            "`#/x` does not exist; the parameter is left out",
        ),
    ];
    for (document, expected) in cases {
        let place = Place::new();
        place.write("api.yaml", document);
        let output = place.codegen(&["--strict"]);
        assert_eq!(code(&output), 2, "{document}");
        assert!(place.files().is_empty(), "{document}");
        assert!(stderr(&output).contains("error["), "{}", stderr(&output));
        let output = place.codegen(&[]);
        assert_eq!(code(&output), 0, "{document}");
        let errors = stderr(&output);
        let warned = errors.contains("warning[") && !errors.contains("error[");
        assert!(warned && errors.contains(expected), "{expected}\n{errors}");
        let client = &place.files()[&place.path("client/src/one.rs")];
        assert!(client.contains("pub fn a("), "{client}");
    }
}

#[test]
fn yaml_may_start_with_a_brace_and_have_tabs_that_separate_nothing() {
    let place = Place::new();
    place.write(
        "api.yaml",
        "{openapi: 3.0.3, info: {title: A, version: '1'},\t\n\t# all paths\n paths: {}}\n",
    );
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
}

#[test]
fn files_are_read_where_something_in_them_is_reached() {
    let place = Place::new();
    place.write(
        "api.yaml",
        "openapi: 3.0.3\ninfo: { title: A, version: '1' }\npaths:\n  \
         /a: { get: { $ref: 'more.yaml#/get' } }\n",
    );
    place.write(
        "more.yaml",
        "get: { operationId: a, responses: { '204': { $ref: 'no.yaml' } } }\n\
         other: { $ref: broken.yaml }\n",
    );
    place.write("broken.yaml", "a: [\n");
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let found = stderr(&output);
    assert!(found.contains("more.yaml:1:"), "{found}");
    assert!(!found.contains("broken.yaml"), "{found}");
    place.write("no.yaml", "a: [\n");
    let output = place.codegen(&[]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("no.yaml:"), "{}", stderr(&output));
}

#[test]
fn codes_are_explained() {
    let explain = |code: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["explain", code]).output().unwrap()
    };
    let known = explain("unresolved-reference");
    assert_eq!(code(&known), 0);
    assert!(stdout(&known).starts_with("A `$ref` leads nowhere"));
    let unknown = explain("no-such-code");
    assert_eq!(code(&unknown), 2);
    assert!(stderr(&unknown).contains("these are: unreadable, syntax"));
}
