//! Whether the pages complain to the console, or ask for anything outside the book.

use serde_json::Value;

use crate::browser::Browser;
use crate::site::{BOOK, address, pages, short};

/// What a page writes to the console above the level of a remark, and what it fetches from
/// elsewhere than `home`.
pub(crate) fn noises(browser: &Browser, home: &str, page: &str) -> Vec<String> {
    let _ = (browser.log("browser"), browser.log("performance"));
    browser.open(page);
    let complaints =
        browser.log("browser").into_iter().filter(|it| it["level"] != "INFO");
    let complaints = complaints.map(|it| it["message"].to_string());
    let asked = browser.log("performance").into_iter().filter_map(|it| request(&it));
    let away = asked.filter(|it| !(it.starts_with(home) || it.starts_with("data:")));
    let away = away.map(|it| format!("asks for {it}"));
    complaints.chain(away).map(|what| format!("{}: {what}", short(page))).collect()
}

/// The address in an entry about a request.
fn request(entry: &Value) -> Option<String> {
    let message: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
    let message = &message["message"];
    let is_request = message["method"] == "Network.requestWillBeSent";
    let address = message["params"]["request"]["url"].as_str()?;
    is_request.then(|| address.to_owned())
}

#[test]
fn no_page_complains_or_asks_for_anything_outside() {
    let Some(browser) = Browser::start() else { return };
    let home = address(&BOOK);
    let bad: Vec<_> =
        pages().iter().flat_map(|page| noises(&browser, &home, page)).collect();
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
