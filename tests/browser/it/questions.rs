//! The questions in the pages, answered as a reader answers them.
//!
//! Invariant: what is checked is what the page says then. Which answer is right, the page
//! knows: entry 0, and the places of the events.

use serde_json::{Value, json};

use crate::browser::{Browser, press};
use crate::site::{BOOK, address, pages, short};

/// A page with questions of both kinds.
const PAGE: &str = "ch02-sleep/last.html";

fn opened() -> Option<Browser> {
    let browser = Browser::start()?;
    browser.open(&address(&BOOK.join(PAGE)));
    Some(browser)
}

/// `right`, `wrong`, or nothing, as the question `form` in `script` was judged last.
fn verdict(browser: &Browser, form: &str) -> Value {
    browser.run(&format!("return {form}.querySelector('.said').dataset.verdict ?? ''"))
}

/// The first question of a choice; the first in which events are put in order.
const CHOICE: &str = "document.querySelector('form.question:has(input[type=radio])')";
const ORDER: &str = "document.querySelector('form.question:has(.events)')";

#[test]
fn a_choice_is_made_and_judged_by_keyboard() {
    let Some(browser) = opened() else { return };
    browser.run(&format!("{CHOICE}.querySelector('input[value=\"1\"]').focus()"));
    press(&browser, " ", 32);
    press(&browser, "Enter", 13);
    assert_eq!(verdict(&browser, CHOICE), json!("wrong"));
    let chosen = format!("return {CHOICE}.querySelector('input:checked').value");
    for _ in 0..4 {
        if browser.run(&chosen) == json!("0") {
            break;
        }
        press(&browser, "ArrowDown", 40);
    }
    press(&browser, "Enter", 13);
    assert_eq!(verdict(&browser, CHOICE), json!("right"));
}

#[test]
fn events_are_put_in_order_and_judged_by_keyboard() {
    let Some(browser) = opened() else { return };
    let check = format!("{ORDER}.querySelector('.act button').focus()");
    browser.run(&check);
    press(&browser, "Enter", 13);
    assert_eq!(verdict(&browser, ORDER), json!("wrong"), "they are shuffled");
    let count =
        browser.run(&format!("return {ORDER}.querySelectorAll('.events li').length"));
    let count = count.as_u64().expect("a number");
    for place in 0..count {
        let item = format!("{ORDER}.querySelector('.events li[data-place=\"{place}\"]')");
        browser.run(&format!("{item}.querySelector('.moves button').focus()"));
        let at = format!("return [...{item}.parentNode.children].indexOf({item})");
        while browser.run(&at).as_u64().is_some_and(|at| at > place) {
            press(&browser, "ArrowUp", 38);
        }
    }
    browser.run(&check);
    press(&browser, "Enter", 13);
    assert_eq!(verdict(&browser, ORDER), json!("right"));
    let here = browser.run("return location.pathname");
    assert!(
        here.as_str().is_some_and(|it| it.ends_with(PAGE)),
        "no page was turned: {here}"
    );
}

/// Gives each answer of each choice in a page. Returns how many there are, and which are
/// judged as they shouldn't be, or without a reason.
const EACH: &str = "
    const odd = [];
    const all = [...document.querySelectorAll('form.question input[type=radio]')];
    for (const input of all) {
        input.checked = true;
        input.form.requestSubmit();
        const said = input.form.querySelector('.said');
        const expected = input.value === '0' ? 'right' : 'wrong';
        const reason = said.querySelector('.decides')?.textContent.trim();
        if (said.dataset.verdict !== expected || !reason) odd.push(`${input.name} ${input.value}`);
    }
    return [all.length, odd];";

#[test]
fn every_answer_of_every_choice_is_judged_and_given_a_reason() {
    let Some(browser) = Browser::start() else { return };
    let (mut answers, mut odd) = (0, Vec::new());
    for page in pages() {
        browser.open(&page);
        let found = browser.run(EACH);
        answers += found[0].as_u64().expect("a number");
        let list = found[1].as_array().cloned().expect("a list");
        odd.extend(list.iter().map(|it| format!("{}: {it}", short(&page))));
    }
    assert!(answers > 0, "no page asks anything");
    assert!(odd.is_empty(), "{}", odd.join("\n"));
}
