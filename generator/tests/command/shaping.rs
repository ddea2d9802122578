//! Documents that are shaped before they are read.

use std::fs;
use std::process::Output;

use super::{CONFIG, folder, run, text};

/// Two tags, of which one is not as it should be, and a type that both need.
const SHOP: &str = r##"
openapi: 3.1.0
info: { title: Shop, version: "1" }
servers: [{ url: "https://example.com" }]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      tags: [pets]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: fmt, in: query, schema: { $ref: "#/components/schemas/Format" } }
      responses: { "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Pet" } } } } }
  /orders:
    get:
      operationId: listOrders
      tags: [orders]
      responses: { "200": { description: They., content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } } }
    post:
      operationId: createOrder
      tags: [orders, admin]
      responses: { "200": { description: It., content: { application/json: { schema: { $ref: "#/components/schemas/Nowhere" } } } } }
components:
  schemas:
    Pet: { type: object, required: [nm], properties: { nm: { type: string }, kind: { $ref: "#/components/schemas/Kind" } } }
    Kind: { type: object, discriminator: { propertyName: t }, properties: { t: { type: string } } }
    Cat: { allOf: [{ $ref: "#/components/schemas/Kind" }, { type: object, properties: { lives: { type: integer } } }] }
    Format: { type: string, enum: [a, b] }
    Order: { type: object, properties: { id: { type: string }, of: { $ref: "#/components/schemas/Broken" } } }
    Broken: { type: 7 }
"##;

/// What is generated of the shop with these settings: all files but the runtime's, and what is printed.
fn shop(settings: &str) -> (String, Output) {
    let folder = folder(Some(&format!("{CONFIG}strict = true\n{settings}")));
    fs::write(folder.path().join("pets.yaml"), SHOP).unwrap();
    for (name, text) in [
        (
            "mend.yaml",
            "overlay: 1.0.0\ninfo: { title: Mend, version: '1' }\nactions:\n- { target: $.components.schemas.Broken, update: { type: string } }\n- { target: \"$.paths['/orders'].post\", remove: true }\n",
        ),
        (
            "miss.yaml",
            "overlay: 1.1.0\ninfo: { title: Miss, version: '1' }\nactions:\n- { target: $.nowhere, remove: true }\n",
        ),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let output = run(folder.path(), &["generate"]);
    let mut files = String::new();
    let source = folder.path().join("client/src");
    for entry in fs::read_dir(source).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_file() {
            files += &fs::read_to_string(path).unwrap();
        }
    }
    (files, output)
}

#[test]
fn what_is_not_selected_need_not_be_right_and_leaves_nothing_behind() {
    for settings in [
        "include = { tags = [\"pets\"] }",
        "include = { paths = [\"/pets/*\"] }",
        "include = { operations = [\"getPet\"] }",
        "exclude = { tags = [\"orders\"] }",
        "exclude = { paths = [\"/o*s\"] }",
        "include = { paths = [\"*\"] }\nexclude = { operations = [\"listOrders\", \"createOrder\"] }",
    ] {
        let (files, output) = shop(settings);
        assert!(
            output.status.success(),
            "{settings}: {}",
            text(&output.stderr)
        );
        assert!(
            files.contains("pub struct Pet ") && files.contains("pub struct Cat "),
            "{settings}"
        );
        assert!(
            !files.contains("Order") && !files.contains("Broken"),
            "{settings}"
        );
        let printed = text(&output.stdout);
        assert!(printed.starts_with("pets: 1 operations"), "{printed}");
    }
    let (_, output) = shop("");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_selects_nothing_is_an_error_with_what_may_be_meant() {
    for (settings, meant) in [
        ("include = { tags = [\"pet\"] }", "did you mean `pets`?"),
        (
            "include = { operations = [\"getPets\"] }",
            "did you mean `getPet`?",
        ),
        (
            "exclude = { paths = [\"/order\"] }",
            "did you mean `/orders`?",
        ),
        ("include = { tag = [\"pets\"] }", "did you mean `tags`?"),
        (
            "pagination = { listOrder = { style = \"link\" } }",
            "did you mean `listOrders`?",
        ),
        ("globals = [\"fmd\"]", "did you mean `fmt`?"),
        (
            "lenient = [\"/components/schemas/Pets\"]",
            "which there is not",
        ),
        ("names = { getPat = \"get\" }", "did you mean `getPet`?"),
        ("names = { \"/paths/~1pets\" = \"get\" }", "can be named"),
    ] {
        let (_, output) = shop(settings);
        assert_eq!(output.status.code(), Some(2), "{settings}");
        let printed = text(&output.stderr);
        assert!(printed.contains(meant), "{settings}: {printed}");
    }
}

#[test]
fn overlays_are_applied_in_order_and_say_what_they_miss() {
    let (files, output) = shop("overlays = [\"mend.yaml\", \"miss.yaml\"]");
    let printed = text(&output.stderr);
    assert!(output.status.success(), "{printed}");
    assert!(files.contains("list_orders") && !files.contains("create_order"));
    assert!(
        printed.contains("action 1: `$.nowhere` matches nothing"),
        "{printed}"
    );
    let (_, output) = shop("overlays = [\"none.yaml\"]");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn names_are_given_by_pointer_or_by_name() {
    let (files, output) = shop(
        r#"include = { tags = ["pets"] }
[client.names]
getPet = "show"
Cat = "Feline"
"/components/schemas/Pet" = "Animal"
"/components/schemas/Pet/properties/nm" = "name"
"/components/schemas/Pet/properties/kind" = "species"
"/components/schemas/Format/enum/0" = "Short"
"/paths/~1pets~1{id}/get/parameters/1" = "format"
"#,
    );
    assert!(output.status.success(), "{}", text(&output.stderr));
    for name in [
        "pub fn show(",
        "pub struct Feline ",
        "pub struct Animal ",
        "pub name: String",
        "pub species: Option<Kind>",
        "Short = \"a\"",
        "pub fn format(",
    ] {
        assert!(files.contains(name), "{name}\n{files}");
    }
}

/// What refers to itself has no place for a name.
#[test]
fn a_parameter_that_leads_back_to_itself_has_no_name() {
    let folder = folder(Some(&format!(
        "{CONFIG}names = {{ \"/components/parameters/A\" = \"a\" }}\n"
    )));
    let document = SHOP.replace("components:\n", "components:\n  parameters:\n    A: { $ref: \"#/components/parameters/B\" }\n    B: { $ref: \"#/components/parameters/A\" }\n");
    fs::write(folder.path().join("pets.yaml"), document).unwrap();
    let output = run(folder.path(), &["generate"]);
    assert!(text(&output.stderr).contains("can be named"));
}

/// Path items in files of their own are selected as those in place are, and what they refer to back in the
/// document stays.
#[test]
fn path_items_of_other_files_are_selected_as_well() {
    for settings in [
        "include = { tags = [\"pets\"] }",
        "include = { operations = [\"getPet\"] }",
        "include = { paths = [\"/pets\"] }",
        "exclude = { tags = [\"orders\"] }",
    ] {
        let folder = folder(Some(&format!("{CONFIG}{settings}\n")));
        let files = [
            (
                "pets.yaml",
                "openapi: 3.1.0\ninfo: { title: Shop, version: '1' }\nservers: [{ url: https://example.com }]\npaths:\n  /pets: { $ref: paths/pets.yaml }\n  /orders: { $ref: paths/orders.yaml }\ncomponents:\n  schemas:\n    Pet: { type: object, properties: { name: { type: string } } }\n    Order: { type: object, properties: { id: { type: string } } }\n",
            ),
            (
                "paths/pets.yaml",
                "get:\n  operationId: getPet\n  tags: [pets]\n  responses: { '200': { description: It., content: { application/json: { schema: { $ref: ../pets.yaml#/components/schemas/Pet } } } } }\n",
            ),
            (
                "paths/orders.yaml",
                "get:\n  operationId: getOrder\n  tags: [orders]\n  responses: { '200': { description: It., content: { application/json: { schema: { $ref: ../pets.yaml#/components/schemas/Order } } } } }\n",
            ),
        ];
        fs::create_dir(folder.path().join("paths")).unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let output = run(folder.path(), &["generate"]);
        let printed = text(&output.stdout) + &text(&output.stderr);
        assert!(
            printed.starts_with("pets: 1 operations, 1 types,"),
            "{settings}: {printed}"
        );
        assert!(folder.path().join("client/src/pets.rs").is_file());
    }
}
