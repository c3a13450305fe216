//! One thing that happened, and the vocabulary for saying it.
//!
//! Invariant: an event holds only what was known when it happened. Whatever can be
//! worked out from the events before it (who is ready, how long it slept) is left out.

use std::fmt;
use std::panic::Location;

/// One line of a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Nanoseconds since the program's clock started.
    pub t_ns: u64,
    /// The loop's turn, from 1; 0 before the first.
    pub turn: u64,
    /// Whose event it is; `None` is the loop itself.
    pub task: Option<String>,
    /// The code that acted.
    pub at: At,
    /// What happened.
    pub what: What,
}

/// A place in the source: the code that acted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// Path as the compiler was given it: relative to the workspace.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
}

/// The eight kinds of event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The loop has taken the task on.
    Spawned,
    /// The task runs, from here to its next suspension or its end.
    Resumed {
        /// What was passed in, if anything was.
        with: Option<String>,
    },
    /// The program said something.
    Printed {
        /// The line, without its newline.
        text: String,
    },
    /// The task left, and can come back.
    Suspended {
        /// What it waits for.
        on: On,
    },
    /// Somebody made the task ready to run.
    Woken {
        /// Who: a task's name, `timer`, a source.
        by: String,
    },
    /// The task left for good.
    Finished {
        /// In which way.
        how: How,
    },
    /// The loop has nothing to run and waits.
    Waiting {
        /// Nanoseconds at most; `None`: until something comes.
        timeout_ns: Option<u64>,
        /// Timers that are set.
        timers: usize,
        /// Descriptors that are watched.
        descriptors: usize,
    },
    /// The loop's wait is over.
    Ready {
        /// What ended it, in the order in which the loop serves it.
        came: Vec<Came>,
    },
}

/// What a suspended task waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum On {
    /// A moment on the program's clock.
    Timer {
        /// Nanoseconds since the clock started.
        until_ns: u64,
    },
    /// Nothing but its next turn: it gave way to the others.
    Turn,
    /// Its caller: it yielded this value.
    Value(String),
    /// Input on a source.
    Readable(String),
    /// Room for output on a source.
    Writable(String),
    /// The end of another task.
    Task(String),
    /// Anything else that can be awaited, by name.
    Future(String),
    /// Nothing at all: nobody will wake it.
    Nothing,
}

/// How a task ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// It returned; a value worth showing is shown.
    Returned(Option<String>),
    /// It ended with an error.
    Failed(String),
    /// It panicked, with this message.
    Panicked(String),
    /// It was asked to stop, and did.
    Cancelled,
    /// Its owner closed it before its end.
    Closed,
}

/// What ended a wait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// The timer of this task is due.
    Timer(String),
    /// This source has input.
    Readable(String),
    /// This source has room for output.
    Writable(String),
    /// Another thread called.
    Message(String),
}

impl From<&'static Location<'static>> for At {
    fn from(place: &'static Location<'static>) -> Self {
        At { file: place.file().replace('\\', "/"), line: place.line() }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}
