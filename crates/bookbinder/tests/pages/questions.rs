//! Questions: what a page shows of them, and what is said to one whose key is wrong.

use std::fs;

use bookbinder::{Page, Workspace, page, questions};

use crate::fixture::{root, workbook};

/// The fixture with `questions` as those of its first chapter, and some of its second's.
fn with(questions: &str) -> (tempfile::TempDir, Workspace) {
    let dir = tempfile::tempdir().expect("the system has a place for temporary files");
    let write = |file: &str, text: &str| {
        let to = dir.path().join(file);
        fs::create_dir_all(to.parent().expect("a file is in a folder"))
            .and_then(|()| fs::write(to, text))
            .expect("a temporary file can be written");
    };
    let manifests = ["", "chapters/ch01-kinds/", "chapters/ch02-more/"];
    for file in manifests.map(|it| format!("{it}Cargo.toml")) {
        let text = fs::read_to_string(root().join(&file)).expect("a manifest");
        write(&file, &text);
    }
    write("book/questions/ch01-kinds.toml", questions);
    write("book/questions/ch02-more.toml", &format!("[taken]\n{ALL}{END}"));
    let workspace = Workspace::find(dir.path()).expect("the copy is a workbook");
    (dir, workspace)
}

/// What all questions here have.
const ALL: &str = "of = \"nap\"\nask = \"What *then*?\"\nwhy = \"So.\"\n";

/// A rule, and what belongs to it.
const END: &str = "fact = 'end'\nanswer = '50 ms'\n\
                   wrong = [{ is = '1 ms', why = 'No.' }, { is = '2 ms', why = 'No.' }]\n";

/// A page that asks the question `q`, which consists of `lines` and what all have.
fn asked(lines: &str) -> Result<Page, String> {
    let all =
        format!("[q]\nof = \"nap\"\nask = \"What *then*?\"\nwhy = \"So.\"\n{lines}");
    let (_dir, workspace) = with(&all);
    let page = page(&workspace, &workbook().1, "p.md", "{{#question q}}\n");
    page.map_err(|error| error.to_string())
}

/// The question is shown as this text.
#[track_caller]
fn check(lines: &str, expected: &str) {
    let page = asked(lines).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(page.shown[0].text, expected, "\n{}", page.shown[0].text);
}

/// The build stops, and says where, and this.
#[track_caller]
fn refused(lines: &str, expected: &str) {
    let error = asked(lines).expect_err("the question is wrong");
    let place = "p.md:1: book/questions/ch01-kinds.toml: q: ";
    assert!(error.starts_with(place), "{error}");
    assert!(error[place.len()..].contains(expected), "{error}");
}

/// `rule`, its answer, and two wrong choices.
fn choices(rule: &str, answer: &str, wrong: [&str; 2]) -> String {
    let wrong = wrong.map(|is| format!("{{ is = '{is}', why = 'No.' }}")).join(", ");
    format!("{rule}\nanswer = '{answer}'\nwrong = [{wrong}]\n")
}

#[test]
fn events_are_shuffled_and_their_order_is_that_of_the_trace() {
    let events = "events = ['nap finished', 'loop waits *', 'nap prints: *']\n";
    check(
        events,
        "What then?\n\
         - nap prints: zz <z>\n- nap finished\n- loop waits 50 ms (1 timer)\n\
         1. nap prints: zz <z>: at 0 ms, turn 1, after nap resumed\n\
         2. loop waits 50 ms (1 timer): at 0 ms, turn 2, after nap suspended until 50 ms\n\
         3. nap finished: at 50 ms, turn 3, made ready by timer of nap\n\
         So.\ncargo run -p ch01-kinds -- nap\n",
    );
    assert_eq!(asked(events), asked(events), "each build shuffles alike");
}

#[test]
fn the_places_of_the_form_are_those_of_the_answer() {
    let page =
        asked("events = ['nap finished', 'loop waits *', 'nap prints: *']\n").unwrap();
    let html = page.markdown;
    assert!(
        html.contains("<li data-place=\"2\"><span><code>nap finished</code>"),
        "{html}"
    );
    assert!(html.contains("aria-label=\"Later: nap prints: zz &lt;z&gt;\""), "{html}");
    assert!(html.contains("<legend>What <em>then</em>?</legend>"), "{html}");
    assert!(!html.trim().contains("\n\n"), "it is one block of Markdown: {html}");
}

#[test]
fn no_name_shuffles_events_into_their_own_order() {
    let events = "events = ['nap prints: *', 'loop waits *', 'nap finished']\n";
    for number in 0..40 {
        let one =
            format!("[q{number}]\nof = 'nap'\nask = 'What?'\nwhy = 'So.'\n{events}");
        let (_dir, workspace) = with(&one);
        let ask = format!("{{{{#question q{number}}}}}\n");
        let page = page(&workspace, &workbook().1, "p.md", &ask).unwrap();
        let places = page.markdown.split("data-place=\"").skip(1);
        let places: Vec<&str> = places.map(|rest| &rest[..1]).collect();
        assert_ne!(places, ["0", "1", "2"], "q{number}");
    }
}

#[test]
fn each_rule_takes_its_answer_from_the_trace() {
    let rules = [
        ("wakes = 'nap finished'", "timer of nap", ["nap", "loop"]),
        ("next = 'nap suspended*'", "loop waits 50 ms (1 timer)", ["nap resumed", "x"]),
        ("count = 'nap resumed'", "2", ["1", "3"]),
        ("time = 'nap finished'", "50 ms", ["0 ms", "60 ms"]),
        ("turn = 'nap finished'", "3", ["1", "2"]),
        ("fact = 'prints'", "1", ["0", "2"]),
    ];
    for (rule, answer, wrong) in rules {
        let right = asked(&choices(rule, answer, wrong));
        assert!(right.is_ok(), "{rule}: {right:?}");
        let said = format!("the answer is `{}`, and the trace says `{answer}`", wrong[0]);
        refused(&choices(rule, wrong[0], [answer, wrong[1]]), &said);
        let said = format!("`{answer}` stands among the wrong choices");
        refused(&choices(rule, answer, [wrong[0], answer]), &said);
    }
}

#[test]
fn numbers_stand_by_size_and_the_rows_that_decide_stand_in_the_answer() {
    check(
        &choices("time = 'nap finished'", "50 ms", ["100 ms", "5 ms"]),
        "What then?\n- 5 ms\n- 50 ms\n- 100 ms\n\
         Right: 50 ms. So.\nWrong: 100 ms. No.\nWrong: 5 ms. No.\n \
         time  turn  who   what\n…\n50 ms     3  nap   finished\n",
    );
}

#[test]
fn what_happens_is_decided_by_rows_in_order_or_by_a_row_that_is_not_there() {
    let question = |answer: &str, wrong: &str| {
        format!(
            "happens = true\nanswer = {{ say = 'A', {answer} }}\n\
             wrong = [{{ say = 'B', {wrong}, why = 'No.' }}, \
             {{ say = 'C', rows = 'nap finished: failed*', why = 'No.' }}]\n"
        )
    };
    let in_order = "rows = ['loop waits *', 'nap finished']";
    let turned = "rows = ['nap finished', 'loop waits *']";
    assert!(asked(&question(in_order, turned)).is_ok());
    assert!(asked(&question("none = 'nap woken*'", turned)).is_ok());
    refused(&question(turned, in_order), "no `loop waits *` after `nap finished`");
    refused(&question(in_order, "none = 'nap woken*'"), "`B` stands among the wrong");
    refused(&question("none = 'nap fin*'", turned), "no `nap fin*`, and line 7 of the");
    refused(
        &question("rows = 'nap sleeps'", turned),
        "no row of the trace of nap ends in",
    );
    refused(&question("why = 'x'", turned), "`A` needs either `rows`");
}

#[test]
fn an_event_needs_a_row_of_its_own() {
    let events =
        |one: &str| format!("events = ['nap prints: *', 'loop waits *', '{one}']\n");
    refused(&events("nap finish"), "ends in `nap finish`; did you mean `nap finished`?");
    refused(
        &events("nap resumed"),
        "`nap resumed` is 2 rows of the trace of nap (lines 1, 6)",
    );
    assert!(asked(&events("3 nap resumed")).is_ok());
    assert!(asked(&events("line 6: 50 ms 3 nap resumed")).is_ok());
    refused(&events("1 nap prints: zz <z>"), "is the row of another event, too");
    let two = "events = ['1 nap resumed', '3 nap resumed', 'nap finished']\n";
    refused(two, "two events read `nap resumed`: give each a `say`");
}

#[test]
fn the_answer_must_not_stand_above_and_must_stand_below() {
    let next =
        choices("next = 'nap suspended*'", "loop waits 50 ms (1 timer)", ["a", "b"]);
    assert!(asked(&format!("{next}given = '1-3'\nshow = '3-5'\n")).is_ok());
    refused(&format!("{next}given = '1-4'\n"), "`given` shows a row that decides");
    refused(&format!("{next}show = '5-6'\n"), "`show` leaves out what decides: line 4");
    refused(&format!("{next}show = '4-9'\n"), "ends after the trace, of 7 lines");
    refused(&format!("{next}show = '6-5'\n"), "is written \"3-9\"");
}

#[test]
fn a_question_that_is_not_whole_says_what_it_lacks() {
    refused("", "decided by one of events, wakes, next, count");
    refused("fact = 'end'\nturn = 'x'\n", "this one has turn and fact");
    refused("fact = 'end'\nanswer = '50 ms'\nwrong = []\n", "1 choices: there are three");
    refused("fact = 'end'\nanswers = '50 ms'\n", "did you mean `answer`?");
    refused("fact = 'end'\nwrong = []\n", "it lacks its `answer`");
    refused(&choices("fact = 'ends'", "50 ms", ["1", "2"]), "did you mean `end`?");
    refused("events = ['nap finished']\n", "1 events: three to six");
    let silent = "fact = 'end'\nanswer = '50 ms'\nwrong = [{ is = '1 ms' }]\n";
    refused(silent, "the wrong choice `1 ms` lacks its `why`");
    let other = "fact = 'end'\nanswer = { is = '50 ms', say = 'soon' }\nwrong = []\n";
    refused(other, "the choice `soon` says something else than its `is`");
    refused(&choices("wakes = 'nap prints: *'", "x", ["y", "z"]), "its task just began");
}

#[test]
fn names_are_known_and_belong_to_one_question() {
    let (_dir, workspace) = with("");
    let error =
        page(&workspace, &workbook().1, "p.md", "{{#question take}}\n").unwrap_err();
    let expected =
        "no question in book/questions is called `take`; did you mean `taken`?";
    assert!(error.to_string().contains(expected), "{error}");
    let twice =
        questions(&with(&format!("[taken]\n{ALL}{END}")).1).unwrap_err().to_string();
    let expected = "ch02-more.toml: taken: book/questions/ch01-kinds.toml: taken has the \
                    same name";
    assert!(twice.contains(expected), "{twice}");
    let broken = questions(&with("[q\n").1).unwrap_err().to_string();
    assert!(broken.contains("book/questions/ch01-kinds.toml"), "{broken}");
}

#[test]
fn questions_are_listed_with_what_they_are_about() {
    let (_dir, workspace) = with(&format!("[one]\n{ALL}{END}"));
    let all = questions(&workspace).unwrap();
    let names: Vec<_> = all.iter().map(|it| (&*it.chapter, &*it.name, it.rule)).collect();
    assert_eq!(names, [("ch01-kinds", "one", "fact"), ("ch02-more", "taken", "fact")]);
}

#[test]
fn two_events_of_one_resumption_are_told_apart_by_the_row_between() {
    check(
        "events = ['3 nap resumed', 'nap finished', 'loop woke: *']\n",
        "What then?\n- loop woke: timer of nap\n- nap finished\n- nap resumed\n\
         1. loop woke: timer of nap: at 50 ms, turn 2, after loop waits 50 ms (1 timer)\n\
         2. nap resumed: at 50 ms, turn 3, made ready by timer of nap\n\
         3. nap finished: at 50 ms, turn 3, after nap resumed\n\
         So.\ncargo run -p ch01-kinds -- nap\n",
    );
}
