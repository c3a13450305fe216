//! The player under a picture, used as a reader uses it.
//!
//! Invariant: a step is told by what the figure holds then, all of it: its text, its marks
//! and its attributes.

use serde_json::{Value, json};

use crate::browser::{Browser, press};
use crate::site::{BOOK, address, pages, short};

/// Walks to the end of every player of a page and back, by its buttons. Gives the figures'
/// lengths, and the steps at which something is odd.
const THERE_AND_BACK: &str = "
    const lengths = [], odd = [];
    for (const figure of document.querySelectorAll('figure.player')) {
        const press = act => figure.querySelector(`[data-act=${act}]`).click();
        const slider = figure.querySelector('input[type=range]');
        const state = () => [figure.dataset.at, slider.value, figure.innerHTML].join();
        const last = Number(slider.max), there = [];
        press('start');
        for (let step = 1; step <= last; step++) {
            if (Number(figure.dataset.at) !== step) odd.push(`${figure.id}: not at ${step}`);
            there.push(state());
            if (step > 1 && state() === there[step - 2]) odd.push(`${figure.id}: ${step} shows nothing new`);
            press('next');
        }
        for (let step = last; step >= 1; step--) {
            if (state() !== there[step - 1]) odd.push(`${figure.id}: ${step} is another on the way back`);
            press('previous');
        }
        press('end');
        if (state() !== there[last - 1]) odd.push(`${figure.id}: the end is another by its button`);
        press('start');
        if (state() !== there[0]) odd.push(`${figure.id}: the start is another by its button`);
        lengths.push(last);
    }
    return [lengths, odd];";

#[test]
fn every_player_goes_to_its_end_and_back_through_the_same_states() {
    let Some(browser) = Browser::start() else { return };
    let (mut players, mut odd) = (0, Vec::new());
    for page in pages() {
        browser.open(&page);
        let found = browser.run(THERE_AND_BACK);
        let list = |at: usize| found[at].as_array().cloned().expect("two lists");
        players += list(0).len();
        odd.extend(list(1).iter().map(|it| format!("{}: {it}", short(&page))));
    }
    assert!(players > 0, "no page has a player");
    assert!(odd.is_empty(), "{}", odd.join("\n"));
}

/// A page with a player of at least 14 steps, in front of whose figure the focus is.
const PAGE: &str = "ch02-sleep/smallest-loop.html";

/// The figure is `figure` in a script behind this.
const FIGURE: &str = "
    const figure = [...document.querySelectorAll('figure.player')]
        .find(it => it.querySelector('input[type=range]').max >= 14);";

fn in_figure(browser: &Browser, script: &str) -> Value {
    browser.run(&format!("{FIGURE}\n{script}"))
}

/// The step that the figure shows.
fn step(browser: &Browser) -> u64 {
    let step = in_figure(browser, "return Number(figure.dataset.at)");
    step.as_u64().expect("a number from 1")
}

fn opened(fragment: &str) -> Option<Browser> {
    let browser = Browser::start()?;
    browser.open(&format!("{}{fragment}", address(&BOOK.join(PAGE))));
    Some(browser)
}

fn path(browser: &Browser) -> Value {
    browser.run("return location.pathname")
}

#[test]
fn the_keyboard_is_enough_and_arrows_turn_no_page_while_the_figure_has_the_focus() {
    let Some(browser) = opened("") else { return };
    let here = path(&browser);
    let before = "
        const all = [...document.querySelectorAll('a[href], button, input, [tabindex=\"0\"]')];
        const shown = all.filter(it => it.getClientRects().length);
        shown.findLast(it => it.compareDocumentPosition(figure) == 4).focus();";
    in_figure(&browser, before);
    press(&browser, "Tab", 9);
    let inside = in_figure(&browser, "return figure.contains(document.activeElement)");
    assert_eq!(inside, json!(true), "the figure is next in order of tabs");
    let last = in_figure(&browser, "return figure.querySelector('input').max");
    let last: u64 = last.as_str().and_then(|it| it.parse().ok()).expect("a number");
    let keys = [
        ("ArrowRight", 39, 2),
        ("ArrowRight", 39, 3),
        ("ArrowLeft", 37, 2),
        ("End", 35, last),
        ("ArrowRight", 39, last),
        ("Home", 36, 1),
        ("ArrowLeft", 37, 1),
    ];
    for (key, code, expected) in keys {
        press(&browser, key, code);
        assert_eq!(step(&browser), expected, "after {key}");
    }
    assert_eq!(path(&browser), here, "the page is the same");
    in_figure(&browser, "document.activeElement.blur()");
    press(&browser, "ArrowRight", 39);
    let turned = "
        const done = arguments[0];
        const look = () => location.pathname.endsWith('smallest-loop.html') ? setTimeout(look, 20) : done(true);
        look();";
    assert!(browser.try_wait(turned), "outside of it, an arrow turns the page");
}

#[test]
fn the_slider_goes_to_any_step() {
    let Some(browser) = opened("") else { return };
    let slide = "
        const slider = figure.querySelector('input[type=range]');
        slider.value = 5;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        return figure.querySelector('[data-step]').textContent;";
    let count = in_figure(&browser, slide);
    assert!(count.as_str().is_some_and(|it| it.starts_with("5 of ")), "{count}");
    assert_eq!(step(&browser), 5);
}

#[test]
fn an_address_names_a_step_and_follows_the_reader() {
    let Some(browser) = opened("") else { return };
    let id = in_figure(&browser, "return figure.id");
    let id = id.as_str().filter(|it| !it.is_empty()).expect("the figure has an id");
    browser.open("about:blank");
    browser.open(&format!("{}#{id}&step=12", address(&BOOK.join(PAGE))));
    assert_eq!(step(&browser), 12);
    in_figure(&browser, "figure.querySelector('[data-act=next]').click()");
    let follows = "
        const done = arguments[0];
        const look = () => location.hash.endsWith('step=13') ? done(true) : setTimeout(look, 20);
        look();";
    assert!(browser.try_wait(follows), "the address says 13");
    assert_eq!(browser.run("return location.hash"), json!(format!("#{id}&step=13")));
}

#[test]
fn on_a_phone_each_control_is_in_sight_and_can_be_hit() {
    let Some(browser) = opened("") else { return };
    browser.width(360);
    let small = in_figure(
        &browser,
        "return [...figure.querySelectorAll('button, input, [data-line]')].filter(it => {
            const { left, right, height, width } = it.getBoundingClientRect();
            return left < 0 || right > 360 || height < 24 && it.tagName == 'BUTTON' || width < 24;
        }).map(it => it.outerHTML);",
    );
    assert_eq!(small, json!([]));
}

#[test]
fn who_wants_no_motion_gets_none() {
    let Some(browser) = opened("") else { return };
    let calm =
        json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    browser.devtools("Emulation.setEmulatedMedia", &calm);
    let moving = in_figure(
        &browser,
        "figure.querySelector('[data-act=next]').click();
        const all = [figure, ...figure.querySelectorAll('*')];
        const moves = it => getComputedStyle(it).transitionDuration != '0s'
            || getComputedStyle(it).scrollBehavior == 'smooth';
        return [document.getAnimations().length, all.filter(moves).map(it => it.outerHTML)];",
    );
    assert_eq!(moving, json!([0, []]));
}
