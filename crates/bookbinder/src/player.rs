//! What a picture's player is given: each event, in words too, and the code that acted.
//!
//! Invariant: the data hold every event of the picture, in order, and nothing that the
//! recording and the sources don't say. What follows from them (who is ready, which timer
//! is next) is the script's to work out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Map, Value, json};
use trace::{At, Event, On, Picture, Told, Trace, What};

use crate::listing::Source;
use crate::render::Renderer;
use crate::sources::Sources;

/// A longer trace is shown as a picture alone: more steps than this nobody takes, and
/// the page would get slow.
pub(crate) const MOST: usize = 300;

/// One trace of a figure.
pub(crate) struct Side<'a> {
    /// Its events.
    pub(crate) trace: &'a Trace,
    /// How it is drawn, in the order in which the drawings stand in the figure.
    pub(crate) pictures: Vec<&'a Picture>,
}

/// What the players of one page have in common.
#[derive(Debug, Default)]
pub(crate) struct OnPage {
    /// Its name.
    pub(crate) page: String,
    /// How often each id was asked for.
    ids: BTreeMap<String, usize>,
    /// The items whose text is in the page.
    items: BTreeSet<String>,
}

impl OnPage {
    /// An empty page.
    pub(crate) fn new(page: &str) -> Self {
        OnPage { page: page.to_owned(), ..OnPage::default() }
    }

    /// `id`, with a number behind it from the second time on.
    pub(crate) fn id(&mut self, id: &str) -> String {
        let times = self.ids.entry(id.to_owned()).or_default();
        *times += 1;
        if *times == 1 { id.to_owned() } else { format!("{id}-{times}") }
    }
}

/// The file at `path`, which begins at the workspace's root; none, if that is not a
/// chapter's.
fn source(sources: &Sources<'_>, path: &str) -> Option<Arc<Source>> {
    let (chapter, file) = path.strip_prefix("chapters/")?.split_once('/')?;
    let chapter = sources.chapter(chapter).ok()?;
    sources.file(&chapter, file).ok()
}

/// What the style sheet reserves room by: how many rows a player's state has at most, and
/// how many tasks they may name.
pub(crate) fn room(sides: &[Side<'_>]) -> (usize, usize) {
    let rows = |side: &Side<'_>| {
        let rows = side.trace.events.iter().filter_map(|event| row(&event.what));
        1 + rows.collect::<BTreeSet<_>>().len()
    };
    // The script names no more than six in a row.
    let tasks = |side: &Side<'_>| side.trace.tasks().len().min(7);
    let most = |of: &dyn Fn(&Side<'_>) -> usize| sides.iter().map(of).max().unwrap_or(0);
    (most(&rows), most(&tasks))
}

/// The row of the state that an event fills, beside the one of who runs.
fn row(what: &What) -> Option<&'static str> {
    match what {
        What::Spawned | What::Woken { .. } | What::Ready { .. } => Some("ready"),
        What::Waiting { .. } => Some("waits"),
        What::Suspended { on } => Some(match on {
            On::Timer { .. } => "timers",
            On::Turn => "ready",
            On::Readable(_) | On::Writable(_) => "descriptors",
            On::Value(_) | On::Task(_) | On::Future(_) | On::Nothing => "others",
        }),
        _ => None,
    }
}

/// The data of a figure with these `sides`, as it may stand between `<script>` tags.
pub(crate) fn data(
    renderer: Renderer<'_>,
    sides: &[Side<'_>],
    on_page: &mut OnPage,
) -> String {
    let mut code = Code { renderer, on_page, new: Map::new() };
    let sides: Vec<Value> = sides.iter().map(|one| side(one, &mut code)).collect();
    let data = json!({ "sides": sides, "sources": code.new }).to_string();
    // Neither `</script>` nor `<!--` may occur; in JSON `<` stands in strings alone.
    data.replace('<', "\\u003c")
}

fn side(side: &Side<'_>, code: &mut Code<'_, '_>) -> Value {
    let Side { trace, pictures } = side;
    let mut items = Vec::new();
    let told = trace.told();
    let events: Vec<Value> = trace
        .events
        .iter()
        .zip(&told)
        .map(|(it, told)| event(it, told, &mut items, code))
        .collect();
    let lines: Vec<&Vec<usize>> = pictures.iter().map(|picture| &picture.lines).collect();
    let has_loop = trace.events.iter().any(|event| event.turn > 0);
    json!({ "events": events, "items": items, "lines": lines, "has_loop": has_loop })
}

/// The event as the trace's schema has it, told in words, with its place in the code.
fn event(
    event: &Event,
    told: &Told,
    items: &mut Vec<String>,
    code: &mut Code<'_, '_>,
) -> Value {
    let mut value = serde_json::to_value(event).expect("strings and integers");
    value["time"] = json!(told.time);
    value["what"] = json!(told.what);
    if let Some(due) = &told.due {
        value["due"] = json!(due);
    }
    value["at"] = match code.item(&event.at) {
        None => Value::Null,
        Some((key, row)) => {
            let known = items.iter().position(|one| *one == key);
            let index = known.unwrap_or_else(|| {
                items.push(key);
                items.len() - 1
            });
            json!([index, row])
        }
    };
    value
}

/// The code that the events of a figure come from.
struct Code<'a, 'r> {
    /// Where it is read.
    renderer: Renderer<'r>,
    /// What stands in the page already.
    on_page: &'a mut OnPage,
    /// What doesn't: each item by its key.
    new: Map<String, Value>,
}

impl Code<'_, '_> {
    /// The item that has the line `at`, and which of its lines that is, from 0.
    fn item(&mut self, at: &At) -> Option<(String, usize)> {
        let source = source(self.renderer.sources, &at.file)?;
        let line = usize::try_from(at.line).ok()?;
        let item = source.items.as_ref()?.innermost(line)?;
        let file = at.file.trim_start_matches("chapters/");
        let first = *item.lines.start();
        let key = format!("{file}:{first}");
        if self.on_page.items.insert(key.clone()) {
            let text = source.piece(&item.lines);
            let (name, text) = (item.short(), text.trim_end());
            let item =
                json!({ "file": file, "name": name, "first": first, "text": text });
            self.new.insert(key.clone(), item);
        }
        Some((key, line - first))
    }
}
