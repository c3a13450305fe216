//! The bug gallery: each bug has a program that shows it, a twin without it, a page, and
//! a row in the table. And the trace betrays it, as the page says.

use crate::{PROGRAMS, chapters, path, scenarios};

/// A line, without its columns, that only one of the two traces has.
enum Sign {
    /// In the trace of the bug.
    Bug(&'static str),
    /// In that of the fix.
    Fix(&'static str),
}

/// A row: chapter, bug, twin, page and its anchor, sign.
struct Bug(&'static str, &'static str, &'static str, &'static str, Sign);

use Sign::{Bug as InBug, Fix as InFix};

const GALLERY: [Bug; 24] = [
    Bug(
        "ch05-futures",
        "missed-wake",
        "woken",
        "lost-wakes.md#missed-wake",
        InBug("0 ms 1 listener suspended, and nobody will wake it"),
    ),
    Bug(
        "ch05-futures",
        "stale-waker",
        "renewed-waker",
        "lost-wakes.md#stale-waker",
        InBug("0 ms 2 second suspended, and nobody will wake it"),
    ),
    Bug(
        "ch06-tasks",
        "bug-self-wake",
        "fixed-self-wake",
        "spins.md#a-future-that-wakes-itself",
        InBug("3 ms 4 tea suspended, gives way"),
    ),
    Bug(
        "ch02-sleep",
        "stubborn",
        "fixed-stubborn",
        "blocking.md",
        InBug("1000 ms 3 sleepy resumed"),
    ),
    Bug(
        "ch04-sockets",
        "bug-partial-write",
        "fixed-partial-write",
        "partial-write.md",
        InBug("0 ms 1 receiver prints: hears: hell"),
    ),
    Bug(
        "ch05-futures",
        "bug-polled-after-end",
        "fixed-polled-after-end",
        "after-the-end.md",
        InBug("20 ms 3 both finished: panicked, `async fn` resumed after completion"),
    ),
    Bug(
        "ch03-select",
        "bug-starved-sleeper",
        "busy-reader",
        "../ch03-select/bugs-loop.md#on-the-way-there",
        InFix("60 ms 6 sleepy resumed"),
    ),
    Bug(
        "ch06-tasks",
        "bug-timer-restarts",
        "fixed-timer-restarts",
        "dropped.md#a-limit-that-begins-anew",
        InBug("8 ms 6 caller suspended until 18 ms"),
    ),
    Bug(
        "ch05-futures",
        "bug-waker-kept",
        "fixed-waker-kept",
        "dropped.md#a-waker-that-stays",
        InBug("10 ms 3 listener woken by ringer"),
    ),
    Bug(
        "ch03-select",
        "bug-second-reader",
        "one-source",
        "../ch03-select/bugs-loop.md#one-place-per-descriptor",
        InFix("0 ms 2 first finished"),
    ),
    Bug(
        "ch03-select",
        "bug-spin-at-eof",
        "eof",
        "../ch03-select/bugs-reading.md#one-byte-at-a-time",
        InBug("10 ms 11 reader finished: failed, it would ask again for ever"),
    ),
    Bug(
        "ch04-sockets",
        "bug-edge-stops",
        "fixed-edge-stops",
        "edge.md",
        InBug("100 ms 5 reader prints: reads two"),
    ),
    Bug(
        "ch04-sockets",
        "bug-connect-ignored",
        "fixed-connect-ignored",
        "connect.md",
        InBug("0 ms 2 client prints: can't send"),
    ),
    Bug(
        "ch04-sockets",
        "bug-number-reused",
        "fixed-number-reused",
        "numbers.md",
        InBug("20 ms 3 ada prints: hears: ben's secret"),
    ),
    Bug(
        "ch03-select",
        "bug-timer-truncated",
        "fixed-timer-truncated",
        "spins.md#a-time-out-of-zero",
        InBug("2.2 ms 3 loop waits 0 ms (1 timer)"),
    ),
    Bug(
        "ch04-sockets",
        "bug-accept-spins",
        "fixed-accept-spins",
        "accept.md",
        InBug("0 ms 6 acceptor prints: it would go on for ever"),
    ),
    Bug(
        "ch07-gather",
        "bug-lost-branch",
        "fixed-lost-branch",
        "branches.md#a-branch-that-had-read-something",
        InFix("3 s 7 Task-1 prints: message: hi"),
    ),
    Bug(
        "ch07-gather",
        "bug-stalled-buffer",
        "fixed-stalled-buffer",
        "branches.md#a-buffer-that-stands-still",
        InBug("7 s 7 Task-1 prints: two: connected"),
    ),
    Bug(
        "ch08-queues",
        "bug-lock-order",
        "fixed-lock-order",
        "everybody-waits.md#two-locks-in-two-orders",
        InBug("10 ms 4 Ada to Ben suspended on Ben's account"),
    ),
    Bug(
        "ch08-queues",
        "bug-never-done",
        "fixed-never-done",
        "everybody-waits.md#a-job-that-is-never-done",
        InFix("20 ms 6 Task-1 woken by worker"),
    ),
    Bug(
        "ch08-queues",
        "bug-lost-call",
        "fixed-lost-call",
        "lost-call.md",
        InBug("10 ms 6 worker suspended on a call"),
    ),
    Bug(
        "ch08-queues",
        "bug-grows",
        "fixed-grows",
        "grows.md",
        InBug("60 ms 14 slow prints: takes 3, 3 wait"),
    ),
    Bug(
        "ch09-streams",
        "bug-short-read",
        "fixed-short-read",
        "framing.md",
        InBug("2 s 9 Task-1 prints: cooks \"se\""),
    ),
    Bug(
        "ch09-streams",
        "bug-reader-dropped",
        "fixed-reader-dropped",
        "framing.md#the-reader-that-was-dropped",
        InBug("0 ms 3 Task-1 prints: body: the stream ended after 0 bytes"),
    ),
];

fn read(page: &str) -> String {
    let file = path("book/src").join(page);
    std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// Every page of the gallery, one after the other.
fn gallery() -> String {
    let folder = path("book/src/bugs").read_dir().expect("the gallery's folder");
    let files = folder.map(|file| file.expect("readable").path());
    files.map(|file| std::fs::read_to_string(file).expect("a page is UTF-8")).collect()
}

#[test]
fn each_bug_is_betrayed_by_its_trace_and_its_twin_has_no_such_line() {
    for Bug(chapter, bug, twin, _, sign) in &GALLERY {
        let has = |scenario: &str, sign: &str| {
            let text = PROGRAMS.trace(chapter, scenario).expect("it runs").to_text();
            let folded = |line: &str| {
                line.split_whitespace().collect::<Vec<_>>().join(" ") == *sign
            };
            text.lines().any(folded)
        };
        let (sign, expected) = match sign {
            InBug(sign) => (sign, [true, false]),
            InFix(sign) => (sign, [false, true]),
        };
        let found = [bug, twin].map(|scenario| has(scenario, sign));
        assert_eq!(found, expected, "{chapter} {bug}, {twin}: {sign}");
    }
}

#[test]
fn each_bug_and_its_twin_are_snapshots_of_their_chapter() {
    for Bug(chapter, bug, twin, ..) in &GALLERY {
        for scenario in [bug, twin] {
            let snapshot = format!("chapters/{chapter}/tests/snapshots/{scenario}.snap");
            assert!(path(&snapshot).is_file(), "{snapshot}");
        }
    }
}

#[test]
fn each_bug_has_a_row_that_leads_to_its_page() {
    let index = read("bugs/index.md");
    let rows: Vec<_> = index.lines().filter(|line| line.starts_with("| [")).collect();
    assert_eq!(rows.len(), GALLERY.len());
    for (row, Bug(chapter, _, _, page, _)) in rows.iter().zip(&GALLERY) {
        let number = chapter[2..4].trim_start_matches('0');
        assert!(row.contains(&format!("]({page}) | {number} |")), "{page}: {row}");
    }
}

#[test]
fn each_bug_has_its_command_and_its_difference_on_a_page() {
    let gallery = gallery();
    for Bug(chapter, bug, twin, ..) in &GALLERY {
        let command = format!("\ncargo run -p {chapter} -- {bug}\n");
        assert!(gallery.contains(&command), "no page has{command}");
        let diff = format!("{{{{#diff scenarios {chapter} {bug} {twin}}}}}");
        assert!(gallery.contains(&diff), "no page has {diff}");
    }
}

#[test]
fn every_page_of_the_gallery_is_in_the_summary() {
    let summary = read("SUMMARY.md");
    for file in path("book/src/bugs").read_dir().expect("the gallery's folder") {
        let name = file.expect("readable").file_name().into_string().expect("ASCII");
        assert!(summary.contains(&format!("(bugs/{name})")), "bugs/{name}");
    }
}

#[test]
fn each_chapter_with_a_bug_links_to_the_gallery_from_its_last_page() {
    for Bug(chapter, _, _, page, _) in &GALLERY {
        let link = match page.strip_prefix("../") {
            Some(_) => "(../bugs/index.md)".to_owned(),
            None => format!("(../bugs/{page})"),
        };
        let last = read(&format!("{chapter}/last.md"));
        assert!(last.contains(&link), "{chapter}/last.md lacks {link}");
    }
}

/// A bug that was added, and told nowhere.
#[test]
fn every_scenario_with_a_bug_is_shown_on_a_page() {
    let chapter_3 = ["bugs-loop", "bugs-reading"];
    let told: String =
        chapter_3.map(|page| read(&format!("ch03-select/{page}.md"))).concat();
    let told = told + &gallery();
    for chapter in chapters() {
        let bugs = scenarios(&chapter).into_iter();
        for bug in bugs.filter(|it| it.starts_with("bug-") || it.starts_with("fixed-")) {
            let shown = |part: &str| part.split([' ', '}']).any(|word| word == bug);
            assert!(told.split("{{#").any(shown), "{chapter} {bug} is on no page");
        }
    }
}
