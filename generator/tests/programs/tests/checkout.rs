//! The program that takes payments, against a server.

use payments::types::PaymentIntentCustomer;
use payments::{Client, Nullable};
use programs::checkout;
use wiremock::matchers::{body_string, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

#[tokio::test]
async fn a_customer_is_made_and_a_card_is_charged() {
    let server = MockServer::start().await;
    let answer = |status, body: &str| {
        ResponseTemplate::new(status).set_body_raw(body.to_owned(), "application/json")
    };
    let customer = "address[city]=London&address[country]=GB&email=ada%40example.com&name=Ada";
    let customer = Mock::given(path("/v1/customers")).and(body_string(encoded(customer)));
    customer
        .respond_with(answer(200, r#"{"id":"cus_1","name":"Ada"}"#))
        .mount(&server)
        .await;
    let charge = "amount=2000&currency=eur&confirm=true&customer=cus_1&expand[0]=customer\
                  &payment_method_data[type]=card&payment_method_data[card][number]=4242424242424242\
                  &payment_method_data[card][exp_month]=12&payment_method_data[card][exp_year]=2030\
                  &payment_method_data[card][cvc]=123";
    let charge = Mock::given(path("/v1/payment_intents")).and(body_string(encoded(charge)));
    let intent = r#"{"id":"pi_1","amount":2000,"customer":{"id":"cus_1"}}"#;
    charge
        .respond_with(answer(200, intent))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    let declined = r#"{"error":{"type":"card_error","message":"Your card was declined."}}"#;
    Mock::given(path("/v1/payment_intents"))
        .respond_with(answer(402, declined))
        .mount(&server)
        .await;

    let sources = query_param("expand[0]", "data.default_source");
    Mock::given(method("GET"))
        .and(path("/v1/customers"))
        .and(sources)
        .and(query_param("limit", "2"))
        .respond_with(answer(200, r#"[{"id":"cus_1"},{"id":"cus_2"}]"#))
        .mount(&server)
        .await;

    let client = Client::builder().base_url(server.uri()).build().unwrap();
    let customers = checkout::customers(&client).await.unwrap();
    assert_eq!(format!("{:?}", customers[1]), r#"Customer {"id":"cus_2"}"#);
    assert_eq!(checkout::customer(&client).await.unwrap().id, "cus_1");
    let intent = checkout::charge(&client, "cus_1").await.unwrap();
    assert!(matches!(
        intent.customer,
        Nullable::Value(PaymentIntentCustomer::Customer(_))
    ));
    let error = checkout::charge(&client, "cus_1").await.unwrap_err();
    let text = "402 Payment Required: Your card was declined. (PostPaymentIntents)";
    assert_eq!(error.to_string(), text);
}

/// Brackets are encoded in the names of a form.
fn encoded(text: &str) -> String {
    text.replace('[', "%5B").replace(']', "%5D")
}
