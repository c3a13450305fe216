//! JSON Lines: what is written reads back the same, and what is wrong is named.

use std::time::Duration;

use trace::{At, Came, Event, Header, How, On, Trace, What};

/// A trace with every kind of event, of suspension, of end and of arrival.
fn everything() -> Trace {
    let on = [
        On::timer(Duration::from_millis(50)),
        On::Turn,
        On::Nothing,
        On::Value("1".into()),
        On::Readable("pipe".into()),
        On::Writable("pipe".into()),
        On::Task("other".into()),
        On::Future("mailbox".into()),
    ];
    let how = [
        How::Returned(None),
        How::Returned(Some("\"quoted\" \\ \n ünïcode".into())),
        How::Failed("boom".into()),
        How::Panicked("oh".into()),
        How::Cancelled,
        How::Closed,
    ];
    let came = vec![
        Came::Timer("a".into()),
        Came::Readable("pipe".into()),
        Came::Writable("pipe".into()),
        Came::Message("thread".into()),
    ];
    let mut all = vec![
        What::Spawned,
        What::Resumed { with: None },
        What::Resumed { with: Some("send 1".into()) },
        What::Printed { text: "</script>\t".into() },
        What::Woken { by: "timer".into() },
        What::Waiting { timeout_ns: None, timers: 0, descriptors: 2 },
        What::Waiting { timeout_ns: Some(u64::MAX), timers: 1, descriptors: 0 },
        What::Ready { came },
    ];
    all.extend(on.map(|on| What::Suspended { on }));
    all.extend(how.map(|how| What::Finished { how }));
    let event = |(i, what): (usize, What)| Event {
        t_ns: u64::try_from(i).expect("small") * 1_000,
        turn: 7,
        task: (!matches!(what, What::Waiting { .. } | What::Ready { .. }))
            .then(|| "a b".into()),
        at: At { file: "C:/odd:path.rs".into(), line: 3 },
        what,
    };
    let events = all.into_iter().enumerate().map(event).collect();
    let (program, scenario) = ("ch00-all".to_owned(), "everything".to_owned());
    Trace { header: Header { program, scenario, virtual_time: true }, events }
}

#[test]
fn what_is_written_reads_back_the_same() {
    let trace = everything();
    assert_eq!(Trace::from_jsonl(&trace.to_jsonl()), Ok(trace));
}

#[test]
fn every_line_has_the_five_common_fields_in_order() {
    for line in everything().to_jsonl().lines().skip(1) {
        let keys = ["\"t_ns\":", "\"turn\":", "\"task\":", "\"event\":", "\"at\":"];
        let places =
            keys.map(|key| line.find(key).unwrap_or_else(|| panic!("{key} in {line}")));
        assert!(places.is_sorted(), "{line}");
    }
}

#[test]
fn the_schema_of_each_kind_is_a_snapshot() {
    insta::assert_snapshot!(everything().to_jsonl());
}

/// Fails to read `text`, and says so in these words.
fn check_refused(text: &str, words: &str) {
    let error = Trace::from_jsonl(text).expect_err("it is no trace");
    assert_eq!(error.to_string(), words);
}

const HEADER: &str = r#"{"schema":1,"program":"p","scenario":"s","clock":"virtual"}"#;

#[test]
fn an_empty_text_has_no_header() {
    check_refused("\n\n", "line 1 of the trace: no header: the text is empty");
}

#[test]
fn another_schema_is_refused() {
    let header = HEADER.replace(":1,", ":2,");
    check_refused(&header, "line 1 of the trace: schema 2, but this reads 1");
}

#[test]
fn a_missing_field_is_named_with_its_line() {
    let text = format!("{HEADER}\n\n{{\"t_ns\":0}}");
    check_refused(&text, "line 3 of the trace: `turn` is missing, or no integer");
}

#[test]
fn an_unknown_kind_is_named() {
    let event = r#"{"t_ns":0,"turn":0,"task":null,"event":"danced","at":"a.rs:1"}"#;
    check_refused(
        &format!("{HEADER}\n{event}"),
        "line 2 of the trace: no event is called \"danced\"",
    );
}

#[test]
fn a_place_without_a_line_is_refused() {
    let event = r#"{"t_ns":0,"turn":0,"task":null,"event":"spawned","at":"a.rs"}"#;
    check_refused(
        &format!("{HEADER}\n{event}"),
        "line 2 of the trace: `at` is \"a.rs\", not FILE:LINE",
    );
}

#[test]
fn fields_of_a_later_version_are_passed_over() {
    let event = r#"{"t_ns":0,"turn":0,"task":"a","event":"spawned","at":"a.rs:1","colour":"red"}"#;
    assert!(Trace::from_jsonl(&format!("{HEADER}\n{event}")).is_ok());
}

#[test]
fn a_field_that_may_be_null_may_not_be_missing_or_of_another_type() {
    let waiting = |own: &str| {
        let common = r#""t_ns":0,"turn":0,"task":null,"event":"waiting","at":"a.rs:1""#;
        format!("{HEADER}\n{{{common},\"timers\":0,\"descriptors\":0{own}}}")
    };
    check_refused(&waiting(""), "line 2 of the trace: `timeout_ns` is missing");
    let soon = waiting(",\"timeout_ns\":\"soon\"");
    check_refused(
        &soon,
        "line 2 of the trace: `timeout_ns` is neither null nor of its type",
    );
    assert!(Trace::from_jsonl(&waiting(",\"timeout_ns\":null")).is_ok());
}

#[test]
fn an_unknown_clock_is_refused() {
    let header = HEADER.replace("virtual", "sundial");
    check_refused(&header, "line 1 of the trace: no clock is called \"sundial\"");
}
