//! Tests of the tests: a page with one planted fault, which its check must find.

use std::fs;

use tempfile::TempDir;

use crate::accessibility::{barriers, rules};
use crate::browser::Browser;
use crate::layout::misfits;
use crate::quiet::noises;
use crate::site::address;

/// A page of its own with `inside` in its `<main>`, and where it is.
fn page(inside: &str) -> (TempDir, String) {
    let folder = tempfile::tempdir().expect("a temporary directory");
    let file = folder.path().join("page.html");
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>A page</title></head>\
         <body><main><h1>A page</h1>{inside}</main></body></html>"
    );
    fs::write(&file, html).expect("written");
    (folder, address(&file))
}

#[test]
fn a_sound_page_has_no_fault_and_a_planted_one_is_found() {
    let (Some(browser), Some(rules)) = (Browser::start(), rules()) else { return };
    let found = |inside: &str| {
        let (folder, page) = page(inside);
        let mut all = barriers(&browser, &rules, &page);
        all.extend(misfits(&browser, &page));
        all.extend(noises(&browser, &address(folder.path()), &page));
        all.join("\n")
    };
    assert_eq!(found("<p>Nothing wrong.</p>"), "");
    let check = |inside: &str, fault: &str| {
        let found = found(inside);
        assert!(found.contains(fault), "{inside}: {found}");
    };
    check("<p style=\"color:#bbb\">Faint.</p>", "color-contrast");
    check("<details><summary>More</summary><img src=\"#\"></details>", "image-alt");
    check("<div style=\"width:400px\">Wide.</div>", "at 360: ");
    check("<script>console.error('a complaint')</script>", "a complaint");
    check("<img alt=\"far\" src=\"http://127.0.0.1:9/far.png\">", "asks for http://127.");
    let late = "const it = document.createElement('div'); it.style.height = '400px';\
                const first = document.querySelector('main').firstChild;\
                requestAnimationFrame(() => requestAnimationFrame(() => first.before(it)))";
    check(
        &format!("<p>{}</p><script>{late}</script>", "Text. ".repeat(500)),
        "shifts by",
    );
}
