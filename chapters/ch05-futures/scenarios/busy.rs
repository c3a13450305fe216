//! Step one: a `Future` of our own, that can only be asked "are you done?". Nobody says
//! when to ask, so one asks all the time.

use std::time::Duration;

use trace::{Clock, How, On, Setting, say};

/// Something that will be done.
trait Future {
    type Output;

    /// The output, if it is done.
    fn poll(&mut self) -> Option<Self::Output>;
}

/// Done when the clock shows `until`.
struct Sleep {
    clock: Clock,
    until: Duration,
}

impl Future for Sleep {
    type Output = ();

    fn poll(&mut self) -> Option<()> {
        (self.clock.now() >= self.until).then_some(())
    }
}

/// Asks everyone, again and again. A question takes a millisecond.
pub(crate) fn run(setting: &Setting) {
    let (clock, observer) = (&setting.clock, &setting.observer);
    let sleep = |ms| Sleep { clock: clock.clone(), until: Duration::from_millis(ms) };
    let mut futures = vec![("short", sleep(6)), ("long", sleep(12))];
    let mut polls = 0;
    while !futures.is_empty() {
        observer.turn();
        futures.retain_mut(|(name, future)| {
            polls += 1;
            observer.resumed(name);
            clock.work(Duration::from_millis(1));
            match future.poll() {
                None => observer.suspended(name, On::Nothing),
                Some(()) => observer.finished(name, How::Returned(None)),
            }
            future.clock.now() < future.until
        });
    }
    say!("{polls} polls, to learn two things");
}
