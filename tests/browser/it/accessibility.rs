//! Whether everybody can read the pages: the rules of `axe-core`, in each of the five
//! themes.
//!
//! Invariant: only `<main>` counts. What is around it is mdBook's own.

use serde_json::{Value, json};

use crate::browser::{Browser, skip, tool};
use crate::site::{pages, short};

/// mdBook's themes. The first is looked at by all rules, the others by those of colour.
const THEMES: [&str; 5] = ["light", "rust", "coal", "navy", "ayu"];

/// `axe-core`, or none and a line that says so.
pub(crate) fn rules() -> Option<String> {
    let file = tool("axe_playwright_python/axe.min.js");
    let Some(file) = file else {
        skip("axe-core (`pip install --require-hashes -r .ci/tools.txt`, as in .ci/run)");
        return None;
    };
    Some(std::fs::read_to_string(file).expect("a script is UTF-8"))
}

/// Opens what is folded, and leaves one span of each colour in a box of code: a stage's
/// difference has thousands, and axe looks at each for some milliseconds.
const PREPARE: &str = "
    document.querySelectorAll('main details').forEach(it => it.open = true);
    for (const box of document.querySelectorAll('main pre > code')) {
        const seen = new Set();
        for (const span of box.querySelectorAll('span[class^=hljs]')) {
            const kind = span.className + ' in ' + span.parentElement.className;
            if (seen.has(kind)) span.replaceWith(...span.childNodes);
            seen.add(kind);
        }
        box.normalize();
    }";

/// What breaks these rules in `<main>`, in a line each.
const CHECK: &str = "
    const [options, done] = arguments;
    const say = (rule, node) => `${rule.id}: ${node.target}: ${node.failureSummary}`;
    axe.run('main', { resultTypes: ['violations'], ...options }).then(
        found => done(found.violations.flatMap(rule => rule.nodes.map(it => say(rule, it)))),
        error => done([`axe: ${error}`]));";

/// What breaks a rule of accessibility in a page: all rules in the first theme, those of
/// colour in the others.
pub(crate) fn barriers(browser: &Browser, rules: &str, address: &str) -> Vec<String> {
    browser.width(1280);
    browser.open(address);
    browser.run(rules);
    browser.run(PREPARE);
    let mut all = Vec::new();
    for theme in THEMES {
        browser.run(&format!("document.getElementById('mdbook-theme-{theme}')?.click()"));
        let options = match theme {
            "light" => json!({}),
            _ => json!({ "runOnly": ["color-contrast"] }),
        };
        all.extend(broken(browser, options).map(|it| format!("{theme}: {it}")));
    }
    all.iter().map(|it| format!("{}, {it}", short(address))).collect()
}

/// What breaks the rules that `options` choose.
fn broken(browser: &Browser, options: Value) -> impl Iterator<Item = String> {
    let found = browser.wait(CHECK, vec![options]);
    let found = found.as_array().cloned().expect("the script gives a list");
    found.into_iter().map(|it| it.as_str().unwrap_or_default().replace('\n', " "))
}

#[test]
fn everybody_can_read_every_page_in_every_theme() {
    let (Some(browser), Some(rules)) = (Browser::start(), rules()) else { return };
    let all: Vec<_> =
        pages().iter().flat_map(|page| barriers(&browser, &rules, page)).collect();
    assert!(all.is_empty(), "{}", all.join("\n"));
}
