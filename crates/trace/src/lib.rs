//! What a loop did, written down: the event model, the observer that a loop owns, the
//! clock it asks, and four renderings of one recording.
//!
//! Invariant: a recording depends on nothing but the program. Under the virtual clock
//! ([`Clock::virtual_time`]) the same program gives the same trace on every machine.
//!
//! This crate observes and presents. It never decides: nothing here runs a coroutine,
//! picks the next one, or waits on its own account.
//!
//! # The schema, version 1
//!
//! A trace on paper is JSON Lines. The first line is the header, every other line an
//! event, in the order in which things happened:
//!
//! ```json
//! {"schema":1,"program":"ch02-sleep","scenario":"sleepy","clock":"virtual"}
//! {"t_ns":0,"turn":1,"task":"sleepy-1","event":"resumed","at":"src/event_loop.rs:52"}
//! {"t_ns":0,"turn":1,"task":"sleepy-1","event":"printed","at":"scenarios/sleepy.rs:20","text":"step 1"}
//! {"t_ns":0,"turn":1,"task":"sleepy-1","event":"suspended","at":"src/event_loop.rs:60","on":"timer","until_ns":50000000}
//! {"t_ns":0,"turn":3,"task":null,"event":"waiting","at":"src/event_loop.rs:44","timeout_ns":50000000,"timers":2,"descriptors":0}
//! {"t_ns":50000000,"turn":3,"task":null,"event":"ready","at":"src/event_loop.rs:46","came":[{"timer":"sleepy-1"}]}
//! ```
//!
//! Every event has these fields:
//!
//! | field | type | meaning |
//! |---|---|---|
//! | `t_ns` | integer | nanoseconds since the program's clock started |
//! | `turn` | integer | turn of the loop, from 1; 0 before the first |
//! | `task` | string or null | whose event it is; null is the loop itself |
//! | `event` | string | one of the eight kinds below |
//! | `at` | string | `file:line` of the code that acted |
//!
//! and its own:
//!
//! | `event` | its own fields |
//! |---|---|
//! | `spawned` | none: the loop has taken the task on |
//! | `resumed` | `with`: what was passed in, if anything was |
//! | `printed` | `text` |
//! | `suspended` | `on`, see below |
//! | `woken` | `by`: who made it ready to run |
//! | `finished` | `how`: `returned`, `failed`, `panicked`, `cancelled`, `closed`; `value`: what it returned, or the message |
//! | `waiting` | `timeout_ns` (null: until something comes), `timers`, `descriptors`: how many it waits for |
//! | `ready` | `came`: a list of `{"timer": TASK}`, `{"readable": SOURCE}`, `{"writable": SOURCE}`, `{"message": FROM}` |
//!
//! `suspended` says on what: `timer` (with `until_ns`), `turn` (it gave way, and is ready
//! again), `value` (it yielded `value` to its caller), `readable` and `writable` (with
//! `source`), `task` and `future` (with `name`), `nothing` (nobody will wake it).
//!
//! A later version may add kinds and fields. It raises `schema` only when it changes the
//! meaning of one that exists.

mod event;
mod units;
mod clock;
mod observer;
mod trace;
mod json;
mod text;
mod svg;
mod perfetto;
mod state;
mod program;

pub use clock::Clock;
pub use event::{At, Came, Event, How, On, What};
pub use json::ParseError;
pub use observer::{Observer, printed};
pub use program::{Scenario, Setting, main};
pub use state::{Done, State, Timer, Wake, Watched};
pub use svg::Picture;
pub use text::Told;
pub use trace::{Header, Trace};
