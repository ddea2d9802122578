//! A program that takes payments.

use payments::types::{Customer, Error as Declined, PaymentIntent};
use payments::types::{
    PostCustomersRequestAddress as Address, PostPaymentIntentsRequestCard as Card,
    PostPaymentIntentsRequestPaymentMethodData as Method,
};
use payments::{Client, Error};

/// Makes a customer.
pub async fn customer(client: &Client) -> Result<Customer, Error<Declined>> {
    let address = Address::new().city("London").country("GB");
    let call = client.customers().create().name("Ada").address(address);
    Ok(call.email("ada@example.com").await?.into_inner())
}

/// Lists customers, with their sources.
pub async fn customers(client: &Client) -> Result<Vec<Customer>, Error<Declined>> {
    let call = client.customers().list().expand(["data.default_source"]);
    Ok(call.limit(2).await?.into_inner())
}

/// Charges a card.
pub async fn charge(client: &Client, customer: &str) -> Result<PaymentIntent, Error<Declined>> {
    let card = Card::new("4242424242424242", 12, 2030).cvc("123");
    let call = client
        .payment_intents()
        .create(2000, "eur")
        .confirm(true)
        .customer(customer);
    let call = call
        .payment_method_data(Method::new(card))
        .expand(["customer"]);
    Ok(call.await?.into_inner())
}
