//! The book on paper, printed by the real browser.
//!
//! Invariant: what is looked at is the file that a reader gets.

use std::fs;

use crate::browser::Browser;
use crate::site::{BOOK, address, left, pages, workbook};

#[test]
fn the_book_is_printed_on_a4_each_page_on_a_new_sheet() {
    if Browser::start().is_none() {
        return;
    }
    let file = left().join("book.pdf");
    let _ = fs::remove_file(&file);
    workbook(&["read", "--pdf", "--no-open", "--out", &file.to_string_lossy()]);
    let pdf = fs::read(&file).expect("it is where it was asked for");
    let pdf = String::from_utf8_lossy(&pdf);
    let sheets = pdf.lines().filter(|line| line.ends_with("/Type /Page")).count();
    let a4 = pdf.matches("/MediaBox [0 0 594.95").count();
    assert!(sheets >= pages().len(), "{sheets} sheets for {} pages", pages().len());
    assert_eq!(a4, sheets, "sheets of A4");
    assert!(pdf.contains("/Title (How to use it)"), "bookmarks from the headings");
}

/// What a sheet can't hold, or hasn't.
const ON_PAPER: &str = "
    const shown = it => it.getClientRects().length > 0;
    const all = what => [...document.querySelectorAll(`main ${what}`)].filter(shown);
    const sheet = 277 * 96 / 25.4;
    const high = all('figure.picture svg').filter(it => it.clientHeight > sheet);
    const inside = it => [...it.children].some(it => it.tagName != 'SUMMARY' && shown(it));
    const closed = all('details').filter(it => !it.closest('.diff') && !inside(it));
    const open = all('.diff details').filter(inside);
    const off = all('.buttons, button').length;
    const menu = [...document.querySelectorAll('#mdbook-menu-bar, #mdbook-sidebar')];
    return [
        `${high.length} pictures are higher than a sheet`,
        `${closed.length} answers are closed`,
        `${open.length} differences are open`,
        `${off} buttons`,
        `${menu.filter(shown).length} menus`,
    ].filter(it => !it.startsWith('0 '));";

#[test]
fn on_paper_answers_are_open_pictures_whole_and_buttons_gone() {
    let Some(browser) = Browser::start() else { return };
    let print = serde_json::json!({ "media": "print" });
    browser.width(673);
    browser.open(&address(&BOOK.join("print.html")));
    let on_screen = browser.run(ON_PAPER);
    assert!(on_screen.as_array().is_some_and(|it| it.len() >= 3), "{on_screen}");
    browser.devtools("Emulation.setEmulatedMedia", &print);
    assert_eq!(browser.run(ON_PAPER), serde_json::json!([]));
}
