//! A loop reduced to its wait. The system's call takes whole milliseconds, and the rest is
//! cut off. A call that returns at once takes 0.1 ms.

use std::time::Duration;

use trace::{Came, How, On, Setting, say};

/// How long the call may wait.
fn timeout(left: Duration) -> Duration {
    let milliseconds = left.as_millis();
    Duration::from_millis(u64::try_from(milliseconds).expect("less than a day"))
}

pub(crate) fn run(setting: &Setting) {
    let (clock, observer) = (&setting.clock, &setting.observer);
    let (deadline, mut calls) = (Duration::from_micros(2_500), 0);
    observer.spawned("sleeper");
    observer.resumed("sleeper");
    observer.suspended("sleeper", On::timer(deadline));
    while clock.now() < deadline {
        observer.turn();
        let timeout = timeout(deadline.saturating_sub(clock.now()));
        observer.waiting(Some(timeout), 1, 0);
        clock.sleep_until(clock.now() + timeout);
        clock.work(Duration::from_micros(100));
        calls += 1;
        let due = clock.now() >= deadline;
        observer.ready(due.then(|| Came::Timer("sleeper".to_owned())));
    }
    observer.resumed("sleeper");
    observer.finished("sleeper", How::Returned(None));
    say!("calls, to wait once: {calls}");
}
