//! A coroutine and its state: what a caller may do, and when.
//!
//! Invariant: the body is resumed only when it can be: never from inside itself, never
//! after its end, and for the first time by `Next`.

use std::cell::{Cell, RefCell};
use std::fmt::Debug;

use trace::{How, Observer, On};

use crate::{Coroutine, CoroutineState, Exception, Resume, Resumed};
use CoroutineState::{Complete, Yielded};

/// A coroutine body under guard, with a name by which a trace knows it.
///
/// Its methods take `&self`: with `&mut self` the compiler would refuse what
/// [`Exception::AlreadyRunning`] is there to show.
#[derive(Debug)]
pub struct Generator<C> {
    /// As it appears in a trace.
    name: String,
    /// Told of each resumption and of how it ended.
    observer: Observer,
    /// Where it is in its life.
    state: Cell<State>,
    /// The state machine. Borrowed exactly while the state is [`State::Running`].
    body: RefCell<C>,
}

/// The four states of a generator's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Made, and not yet resumed: not one line of the body has run.
    Created,
    /// Inside a resumption.
    Running,
    /// At a `yield`.
    Suspended,
    /// At its end, by whichever way out.
    Closed,
}

impl<C: Coroutine<Send: Debug, Yield: Debug, Return: Debug>> Generator<C> {
    /// Guards `body`. Nothing of it runs yet.
    pub fn new(name: &str, body: C, observer: &Observer) -> Self {
        Generator {
            name: name.to_owned(),
            observer: observer.clone(),
            state: Cell::new(State::Created),
            body: RefCell::new(body),
        }
    }

    /// Where it is in its life.
    pub fn state(&self) -> State {
        self.state.get()
    }

    /// Resumes the body if its state allows that, and otherwise says why not.
    ///
    /// # Errors
    /// What the body raised, or the state's refusal. A refusal leaves the state as it
    /// is, except that an exception thrown into a body that never ran closes it.
    pub fn resume(&self, input: Resume<C::Send>) -> Resumed<C> {
        match (self.state(), input) {
            (State::Running, _) => Err(Exception::AlreadyRunning),
            (State::Created, Resume::Send(_)) => Err(Exception::NotStarted),
            (State::Closed, Resume::Next | Resume::Send(_)) => Err(Exception::Stop),
            (State::Created | State::Closed, Resume::Throw(exception)) => {
                self.skip(exception)
            }
            (State::Created | State::Closed, Resume::Close) => self.skip(Exception::Exit),
            (State::Created | State::Suspended, input) => self.run(input),
        }
    }

    /// Closed without running: no body that never started cleans up.
    fn skip(&self, exception: Exception) -> Resumed<C> {
        if self.state.replace(State::Closed) == State::Created {
            self.observer.ended(&self.name, How::Closed);
        }
        Err(exception)
    }

    fn run(&self, input: Resume<C::Send>) -> Resumed<C> {
        self.tell_resumed(&input);
        self.state.set(State::Running);
        let result = self.body.borrow_mut().resume(input);
        self.state.set(match result {
            Ok(Yielded(_)) => State::Suspended,
            Ok(Complete(_)) | Err(_) => State::Closed,
        });
        self.tell_left(&result);
        result
    }

    fn tell_resumed(&self, input: &Resume<C::Send>) {
        let with = match input {
            Resume::Next => return self.observer.resumed(&self.name),
            Resume::Send(value) => format!("send {value:?}"),
            Resume::Throw(exception) => format!("throw {exception}"),
            Resume::Close => "close".to_owned(),
        };
        self.observer.resumed_with(&self.name, with);
    }

    fn tell_left(&self, result: &Resumed<C>) {
        let how = match result {
            Ok(Yielded(value)) => {
                let value = On::Value(format!("{value:?}"));
                return self.observer.suspended(&self.name, value);
            }
            Ok(Complete(value)) => How::Returned(Some(format!("{value:?}"))),
            Err(Exception::Exit) => How::Closed,
            Err(exception) => How::Failed(exception.to_string()),
        };
        self.observer.finished(&self.name, how);
    }

    /// Asks the body to clean up and end. Closing twice, or before the start, is fine.
    ///
    /// # Errors
    /// [`Exception::IgnoredClose`] if the body yields (it stays suspended), or what its
    /// clean-up raised.
    pub fn close(&self) -> Result<(), Exception> {
        match self.resume(Resume::Close) {
            Ok(Yielded(_)) => Err(Exception::IgnoredClose),
            Ok(Complete(_)) | Err(Exception::Exit) => Ok(()),
            Err(exception) => Err(exception),
        }
    }
}

/// A generator is a coroutine too, so that generators can stand inside each other.
impl<C: Coroutine<Send: Debug, Yield: Debug, Return: Debug>> Coroutine for Generator<C> {
    type Send = C::Send;
    type Yield = C::Yield;
    type Return = C::Return;

    fn resume(&mut self, input: Resume<C::Send>) -> Resumed<C> {
        Generator::resume(self, input)
    }
}

/// `for value in generator`: an iterator that is its own state.
impl<C: Coroutine<Send: Debug, Yield: Debug, Return: Debug>> Iterator for Generator<C> {
    type Item = Result<C::Yield, Exception>;

    /// The next value; `None` at the end, whose return value is dropped.
    fn next(&mut self) -> Option<Self::Item> {
        match Generator::resume(self, Resume::Next) {
            Ok(Yielded(value)) => Some(Ok(value)),
            Ok(Complete(_)) | Err(Exception::Stop) => None,
            Err(exception) => Some(Err(exception)),
        }
    }
}
