//! Who may do what when. The scenarios show the ways that programs take; these are the
//! corners.

use ch01_generators::{
    Coroutine, CoroutineState, Exception, Generator, Resume, Resumed, State, yield_from,
};
use trace::Observer;

use CoroutineState::{Complete, Yielded};

/// Yields 1, 2, 3 ... and counts how often its body ran.
#[derive(Default)]
struct Counter {
    resumed: i32,
}

impl Coroutine for Counter {
    type Send = &'static str;
    type Yield = i32;
    type Return = ();

    fn resume(&mut self, input: Resume<&'static str>) -> Resumed<Self> {
        self.resumed += 1;
        input.value()?;
        Ok(Yielded(self.resumed))
    }
}

/// A generator that has been resumed `times` times.
fn counter(times: i32) -> Generator<Counter> {
    let generator = Generator::new("counter", Counter::default(), &Observer::none());
    for n in 1..=times {
        assert_eq!(generator.resume(Resume::Next), Ok(Yielded(n)));
    }
    generator
}

fn boom() -> Exception {
    Exception::Error("boom".to_owned())
}

#[test]
fn a_value_sent_before_the_first_yield_is_refused_and_nothing_is_lost() {
    let generator = counter(0);
    assert_eq!(generator.resume(Resume::Send("early")), Err(Exception::NotStarted));
    assert_eq!(generator.state(), State::Created);
    assert_eq!(generator.resume(Resume::Next), Ok(Yielded(1)));
}

#[test]
fn an_error_thrown_before_the_first_resumption_closes_a_body_that_never_ran() {
    let generator = counter(0);
    assert_eq!(generator.resume(Resume::Throw(boom())), Err(boom()));
    assert_eq!(generator.state(), State::Closed);
    assert_eq!(generator.resume(Resume::Next), Err(Exception::Stop));
}

#[test]
fn an_error_that_is_not_caught_ends_the_generator() {
    let generator = counter(1);
    assert_eq!(generator.resume(Resume::Throw(boom())), Err(boom()));
    assert_eq!(generator.state(), State::Closed);
}

#[test]
fn after_the_end_next_and_send_stop_and_throw_raises() {
    let generator = counter(1);
    assert_eq!(generator.close(), Ok(()));
    assert_eq!(generator.resume(Resume::Next), Err(Exception::Stop));
    assert_eq!(generator.resume(Resume::Send("late")), Err(Exception::Stop));
    assert_eq!(generator.resume(Resume::Throw(boom())), Err(boom()));
    assert_eq!(generator.close(), Ok(()));
}

/// Must never run.
struct Untouched;

impl Coroutine for Untouched {
    type Send = ();
    type Yield = ();
    type Return = ();

    fn resume(&mut self, input: Resume<()>) -> Resumed<Self> {
        panic!("it ran, with {input:?}")
    }
}

#[test]
fn closing_before_the_start_runs_nothing() {
    let generator = Generator::new("untouched", Untouched, &Observer::none());
    assert_eq!(generator.close(), Ok(()));
    assert_eq!(generator.state(), State::Closed);
    assert_eq!(generator.resume(Resume::Next), Err(Exception::Stop));
}

#[test]
fn sending_nothing_special_is_the_same_as_next() {
    let generator = counter(1);
    assert_eq!(generator.resume(Resume::Send("anything")), Ok(Yielded(2)));
}

/// Fails in its clean-up.
struct BadCleanUp;

impl Coroutine for BadCleanUp {
    type Send = ();
    type Yield = ();
    type Return = ();

    fn resume(&mut self, input: Resume<()>) -> Resumed<Self> {
        match input {
            Resume::Close => Err(boom()),
            _ => Ok(Yielded(())),
        }
    }
}

#[test]
fn an_error_in_the_clean_up_reaches_whoever_closes() {
    let generator = Generator::new("bad", BadCleanUp, &Observer::none());
    assert_eq!(generator.resume(Resume::Next), Ok(Yielded(())));
    assert_eq!(generator.close(), Err(boom()));
    assert_eq!(generator.state(), State::Closed);
}

/// Returns when it is closed, as a body with `finally: return` does.
struct ReturnsWhenClosed;

impl Coroutine for ReturnsWhenClosed {
    type Send = ();
    type Yield = ();
    type Return = &'static str;

    fn resume(&mut self, input: Resume<()>) -> Resumed<Self> {
        Ok(match input {
            Resume::Close => Complete("closed in good order"),
            _ => Yielded(()),
        })
    }
}

#[test]
fn a_body_may_answer_close_by_returning() {
    let generator = Generator::new("returns", ReturnsWhenClosed, &Observer::none());
    assert_eq!(generator.resume(Resume::Next), Ok(Yielded(())));
    assert_eq!(generator.close(), Ok(()));
    assert_eq!(generator.state(), State::Closed);
}

/// Yields whatever comes in: also when it is closed.
struct Clinging;

impl Coroutine for Clinging {
    type Send = ();
    type Yield = ();
    type Return = ();

    fn resume(&mut self, _: Resume<()>) -> Resumed<Self> {
        Ok(Yielded(()))
    }
}

/// Delegates to a [`Clinging`] from its first line to its last.
struct Around(Generator<Clinging>);

impl Coroutine for Around {
    type Send = ();
    type Yield = ();
    type Return = ();

    fn resume(&mut self, input: Resume<()>) -> Resumed<Self> {
        yield_from(&self.0, input)
    }
}

#[test]
fn an_inner_generator_that_ignores_close_makes_the_outer_one_fail() {
    let inner = Generator::new("inner", Clinging, &Observer::none());
    let outer = Generator::new("outer", Around(inner), &Observer::none());
    assert_eq!(outer.resume(Resume::Next), Ok(Yielded(())));
    assert_eq!(outer.close(), Err(Exception::IgnoredClose));
    assert_eq!(outer.state(), State::Closed);
}

/// Fails at once.
struct Failing;

impl Coroutine for Failing {
    type Send = ();
    type Yield = ();
    type Return = ();

    fn resume(&mut self, _: Resume<()>) -> Resumed<Self> {
        Err(boom())
    }
}

#[test]
fn an_iterator_yields_an_error_and_then_ends() {
    let items: Vec<_> = Generator::new("failing", Failing, &Observer::none()).collect();
    assert_eq!(items, [Err(boom())]);
}

#[test]
fn without_an_observer_a_generator_runs_the_same() {
    let silent = counter(3);
    assert_eq!(silent.state(), State::Suspended);
    assert_eq!(silent.close(), Ok(()));
}
