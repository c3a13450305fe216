//! One fold, twice: the terminal's player folds a recording in Rust (`trace::State`), the
//! book's in JavaScript (`book/theme/js/fold.js`). They must agree after every event.
//!
//! This needs Node, and nothing else in the project does: without it, the test says so
//! and is skipped, in CI too.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use trace::{State, Trace, Wake};

use crate::{PROGRAMS, path};

/// A longer recording has no player in the book.
const MOST: usize = 300;

/// Reads the script, then a JSON array of events per line; writes for each an array of
/// the states after 0, 1, 2 ... of them.
const SCRIPT: &str = "
    const fs = require('fs');
    globalThis.window = globalThis;
    (0, eval)(fs.readFileSync(process.argv[1], 'utf8'));
    for (const line of fs.readFileSync(0, 'utf8').trim().split('\\n')) {
      const events = JSON.parse(line);
      const states = [...events, null].map((_, n) => unrolled.fold(events, n));
      console.log(JSON.stringify(states));
    }";

/// The recording as the book's player is given it: each event with its words.
fn events(trace: &Trace) -> Value {
    let words = trace.told().into_iter();
    let event = |(event, told): (&trace::Event, trace::Told)| {
        let line = Trace { header: trace.header.clone(), events: vec![event.clone()] };
        let line = line.to_jsonl();
        let line = line.lines().nth(1).expect("a header, and the event");
        let mut event: Value = serde_json::from_str(line).expect("it is JSON");
        event["what"] = json!(told.what);
        if let Some(due) = told.due {
            event["due"] = json!(due);
        }
        event
    };
    trace.events.iter().zip(words).map(event).collect()
}

/// A state as the script has it, but for what it keeps for itself.
fn as_in_script(state: &State) -> Value {
    let ready = |one: &Wake| match &one.by {
        Some(by) => json!({ "task": one.task, "by": by }),
        None => json!({ "task": one.task }),
    };
    let timers = state
        .timers
        .iter()
        .map(|one| json!({ "task": one.task, "until_ns": one.until_ns, "due": one.due }));
    let watched = state.descriptors.iter().map(|one| {
        let on = if one.is_output { "writable" } else { "readable" };
        json!({ "task": one.task, "on": on, "source": one.source, "came": one.has_come })
    });
    let others = state.others.iter();
    let others = others.map(|one| json!({ "task": one.task, "what": one.what }));
    json!({
        "now": state.now_ns,
        "running": state.running,
        "ready": state.ready.iter().map(ready).collect::<Value>(),
        "timers": timers.collect::<Value>(),
        "descriptors": watched.collect::<Value>(),
        "others": others.collect::<Value>(),
        "waits": state.waits,
    })
}

/// What the script makes of the recordings; none without Node.
fn by_script(traces: &[Trace]) -> Option<Vec<Vec<Value>>> {
    let mut node = Command::new("node");
    node.args(["-e", SCRIPT]).arg(path("book/theme/js/fold.js"));
    let mut child = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let lines: String = traces.iter().map(|it| events(it).to_string() + "\n").collect();
    let mut stdin = child.stdin.take().expect("it is piped");
    let writer = std::thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let output = child.wait_with_output().expect("Node ends");
    assert!(output.status.success(), "Node fails; what it says stands above");
    writer.join().expect("it doesn't panic").expect("Node reads everything");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    Some(text.lines().map(|it| serde_json::from_str(it).expect("states")).collect())
}

#[test]
fn the_terminal_and_the_book_fold_a_recording_alike() {
    let named = crate::chapters().into_iter().flat_map(|chapter| {
        let scenarios = crate::scenarios(&chapter).into_iter();
        scenarios.map(move |scenario| (chapter.clone(), scenario))
    });
    let trace =
        |(chapter, scenario): (String, String)| PROGRAMS.trace(&chapter, &scenario);
    let traces = named.map(|it| trace(it).expect("every scenario leaves a recording"));
    let traces: Vec<Trace> = traces.filter(|it| it.events.len() <= MOST).collect();
    let Some(by_script) = by_script(&traces) else {
        return eprintln!("skipped: no Node on this machine");
    };
    assert_eq!(by_script.len(), traces.len());
    for (trace, mut states) in traces.iter().zip(by_script) {
        let told = trace.told();
        for (n, state) in states.iter_mut().enumerate() {
            state.as_object_mut().expect("a state").remove("early");
            let ours = State::after(&trace.events[..n], &told);
            let name = format!("{} {}", trace.header.program, trace.header.scenario);
            assert_eq!(as_in_script(&ours), *state, "{name}, after {n} events");
        }
    }
}
