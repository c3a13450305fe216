//! Whether the pages fit a phone, a tablet and a desk, and hold still while they load.

use crate::browser::Browser;
use crate::site::{pages, short};

/// Pixels, of a phone, a tablet and a desk.
const WIDTHS: [u32; 3] = [360, TABLET, 1280];

/// The one in the middle.
const TABLET: u32 = 768;

/// What sticks out on the right, and by how much.
const OVERFLOW: &str = "
    const root = document.documentElement;
    return root.scrollWidth - root.clientWidth;";

/// What moved on its own by now: the sum of all shifts, as browsers count them.
const SHIFT: &str = "
    const done = arguments[0];
    let sum = 0;
    const add = shifts => shifts.forEach(it => sum += it.hadRecentInput ? 0 : it.value);
    const watch = new PerformanceObserver(list => add(list.getEntries()));
    watch.observe({ type: 'layout-shift', buffered: true });
    const frames = n => n ? requestAnimationFrame(() => frames(n - 1)) : finish();
    const finish = () => { add(watch.takeRecords()); done(sum); };
    document.fonts.ready.then(() => frames(5));";

/// A page that is wider than its window, or moves by itself while it loads.
pub(crate) fn misfits(browser: &Browser, address: &str) -> Vec<String> {
    let (mut bad, page) = (Vec::new(), short(address));
    for width in WIDTHS {
        browser.width(width);
        // A tablet gets the page that the phone has loaded.
        if width != TABLET {
            let shift = shift(browser, address);
            if shift >= 0.1 {
                bad.push(format!("{page} at {width}: shifts by {shift:.3}"));
            }
        }
        let over = browser.run(OVERFLOW).as_i64().expect("a number");
        if over > 0 {
            bad.push(format!("{page} at {width}: {over} pixels too wide"));
        }
    }
    bad
}

/// The least shift of three loads, or the first that is small: what a busy machine adds is
/// not the page's.
fn shift(browser: &Browser, address: &str) -> f64 {
    let load = || {
        browser.open(address);
        browser.wait(SHIFT, Vec::new()).as_f64().expect("a number")
    };
    let mut least = load();
    for _ in 0..2 {
        if least >= 0.1 {
            least = least.min(load());
        }
    }
    least
}

#[test]
fn every_page_fits_and_holds_still() {
    let Some(browser) = Browser::start() else { return };
    let bad: Vec<_> = pages().iter().flat_map(|page| misfits(&browser, page)).collect();
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}
