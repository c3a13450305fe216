//! Why a class with `parts` and `pos` isn't enough.

use std::process::Command;

/// The lines that the scenario printed, each with who printed it.
fn printed(scenario: &str) -> Vec<(String, String)> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_ch01-generators"));
    let output = program.args([scenario, "--trace", "jsonl"]).output().expect("built");
    let jsonl = String::from_utf8(output.stdout).expect("a trace is UTF-8");
    let trace = trace::Trace::from_jsonl(&jsonl).expect("a trace reads back");
    let said = trace.events.into_iter().filter_map(|event| match event.what {
        trace::What::Printed { text } => Some((event.task.unwrap_or_default(), text)),
        _ => None,
    });
    said.collect()
}

fn place(lines: &[(String, String)], who: &str, what: &str) -> usize {
    let found = lines.iter().position(|(task, text)| task == who && text == what);
    found.unwrap_or_else(|| panic!("{who} never said {what:?}: {lines:?}"))
}

#[test]
fn a_part_is_called_before_what_it_needs_is_there() {
    let lines = printed("parts-too-early");
    assert!(place(&lines, "client", "uses None") < place(&lines, "server", "answers"));
}

#[test]
fn a_part_that_may_suspend_is_called_again_when_it_is() {
    let lines = printed("suspend");
    assert!(
        place(&lines, "main", "both messages sent")
            < place(&lines, "client-1", "got message 1")
    );
}
