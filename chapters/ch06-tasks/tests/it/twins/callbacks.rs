//! Promises, callbacks, descriptors: what lies under the tasks.

use std::cell::{Cell, RefCell};
use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::rc::Rc;

use ch06_tasks::{
    Interest, Promise, Source, State, call_later, call_soon, catch_cancel, current_task,
    sleep, spawn, yield_now,
};
use trace::{Setting, say};

use super::{gather, ms, run, runtime, tick};

fn python(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

fn is_done<T>(promise: &Promise<T>) -> bool {
    promise.state() != State::Pending
}

/// `_state done() cancelled()` in Python's words.
fn words<T: Clone + 'static>(promise: &Promise<T>) -> [&'static str; 3] {
    let state = match promise.state() {
        State::Pending => "PENDING",
        State::Cancelled => "CANCELLED",
        State::Finished => "FINISHED",
    };
    [state, python(is_done(promise)), python(promise.state() == State::Cancelled)]
}

pub(crate) fn future_api(setting: &Setting) {
    run(setting, async {
        let f = Promise::new("a future");
        say!("{}", words(&f).join(" "));
        f.add_done_callback(|f| say!("callback: done {}", python(is_done(f))));
        f.set("value").expect("it is pending");
        let value = f.result().expect("it is done").expect("it is not cancelled");
        let [state, done, _] = words(&f);
        say!("{state} {done} {value} -- the callback has not run yet");
        yield_now().await;
        say!("--");
        f.set("again").expect_err("it is set");
        say!("InvalidStateError");
        f.add_done_callback(|_| say!("late callback"));
        say!("added to a done future: still not called synchronously");
        yield_now().await;
        let g = Promise::<()>::new("a future");
        let asked = python(g.cancel());
        let [state, done, cancelled] = words(&g);
        say!("cancel {asked} {state} {cancelled} {done}");
        g.await.expect_err("it was cancelled");
        say!("awaiting a cancelled future raises CancelledError");
        let h = Promise::<Result<(), &str>>::new("a future");
        h.set(Err("boom")).expect("it is pending");
        let error =
            h.result().expect("done").expect("not cancelled").expect_err("failed");
        say!("{} ValueError('{error}')", words(&h)[0]);
        let error = h.await.expect("it is not cancelled").expect_err("it failed");
        say!("ValueError {error}");
    });
}

pub(crate) fn foo_bar(setting: &Setting) {
    async fn bar(future: Promise<&'static str>) {
        say!("bar will sleep for 3 seconds");
        sleep(ms(3000)).await;
        say!("bar resolving the future");
        future.set("future is resolved").expect("it is pending");
    }
    async fn foo(future: Promise<&'static str>) {
        say!("foo will await the future");
        future.await.expect("it is not cancelled");
        say!("foo finds the future resolved");
    }
    run(setting, async {
        let future = Promise::new("a future");
        let both = [spawn(foo(future.clone())), spawn(bar(future))];
        let _ = gather(&both).await;
    });
    say!("{}", setting.clock.now().as_millis());
}

pub(crate) fn callback_and_stop(setting: &Setting) {
    let runtime = runtime(setting);
    let task = runtime.spawn(async {
        sleep(ms(1000)).await;
        "Future is done!"
    });
    let stopped = Rc::new(Cell::new(false));
    let stop = stopped.clone();
    task.promise().add_done_callback(move |task| {
        let result = task.result().expect("it is done").expect("a task");
        say!("{}", result.expect("it returned"));
        stop.set(true);
        call_soon(|| say!("scheduled after stop: runs when the loop runs again"));
    });
    runtime.run_until(|| stopped.get());
    say!("stopped {} running False", setting.clock.now().as_millis());
    runtime.block_on(async { sleep(ms(0)).await });
}

pub(crate) fn recv_chain(setting: &Setting) {
    async fn reader(socket: Rc<Source<UnixStream>>) {
        say!("recv would block: awaiting a new future");
        let promise = Promise::new("a future");
        let (setter, ready) = (promise.clone(), socket.clone());
        let readable = move || {
            say!("select said readable; future done: {}", python(is_done(&setter)));
            let mut buffer = [0; 6];
            let n = ready.get_ref().read(&mut buffer).expect("input");
            setter.set(text(&buffer[..n])).expect("it is pending");
            say!("set_result called; future done: {}", python(is_done(&setter)));
        };
        let _watch =
            socket.call_when_ready(Interest::READABLE, readable).expect("a socket");
        let data = promise.await.expect("it is not cancelled");
        say!("coroutine resumed with b'{data}' {}", tick());
        let read = |mut socket: &UnixStream| {
            let mut buffer = [0; 100];
            socket.read(&mut buffer).map(|n| text(&buffer[..n]))
        };
        let data = socket.async_io(Interest::READABLE, read).await.expect("input");
        say!("second recv: data is there, no suspension: b'{data}'");
    }
    fn text(bytes: &[u8]) -> String {
        String::from_utf8(bytes.to_vec()).expect("ASCII")
    }
    run(setting, async {
        let (a, mut b) = UnixStream::pair().expect("a pair");
        a.set_nonblocking(true).expect("a socket");
        let task = spawn(reader(Rc::new(Source::new("socket", a))));
        sleep(ms(1000)).await;
        b.write_all(b"hello world!").expect("room");
        say!("sent {}", tick());
        let _ = task.await;
    });
}

pub(crate) fn next_turn(setting: &Setting) {
    fn cb(name: String, again: u32) {
        say!("{name}");
        if again > 0 {
            call_soon(move || cb(name + "'", again - 1));
        }
    }
    run(setting, async {
        call_soon(|| cb("A".into(), 2));
        call_soon(|| cb("B".into(), 1));
        let task = spawn(async {
            say!("task step 1");
            yield_now().await;
            say!("task step 2");
        });
        call_soon(|| cb("C".into(), 0));
        let _ = task.await;
        say!("main resumed");
    });
}

/// The loop's turn, as the recorder stamps it on an event.
fn turn(setting: &Setting) -> u64 {
    setting.observer.ready([]);
    setting.observer.events().last().map_or(0, |event| event.turn)
}

/// Turns that an await takes.
async fn inline(setting: &Setting, future: impl IntoFuture) -> u64 {
    let before = turn(setting);
    future.await;
    turn(setting) - before
}

/// Turns from `cause`, in a callback, to the task that awaits the effect.
async fn effect<F: IntoFuture + 'static>(
    setting: &Setting,
    wait: impl FnOnce() -> F + 'static,
    cause: impl FnOnce() + 'static,
) -> u64 {
    let seen = Rc::new(Cell::new(0));
    let (caused, effected) = (seen.clone(), seen.clone());
    let (before, after) = (setting.clone(), setting.clone());
    let task = spawn(async move {
        wait().await;
        effected.set(turn(&after) - effected.get());
    });
    for _ in 0..5 {
        yield_now().await;
    }
    call_soon(move || {
        caused.set(turn(&before));
        cause();
    });
    let _ = task.await;
    seen.get()
}

pub(crate) fn latency(setting: &Setting) {
    async fn chain(n: u32, promise: Promise<()>) {
        match n {
            0 => promise.await.expect("it is set"),
            _ => Box::pin(chain(n - 1, promise)).await,
        }
    }
    run(setting, async {
        say!("-- iterations consumed by an await");
        say!("await coroutine(): {}", inline(setting, async {}).await);
        let done = Promise::new("a future");
        done.set(()).expect("it is pending");
        say!("await done future: {}", inline(setting, done).await);
        say!("sleep(0): {}", inline(setting, sleep(ms(0))).await);
        say!("create_task(nothing()): {}", inline(setting, spawn(async {})).await);
        say!("-- iterations from the cause to the resumption of the waiting task");
        let [f, f8, f9] = std::array::from_fn(|_| Promise::<()>::new("a future"));
        let [set, set8, set9] = [&f, &f8, &f9].map(|f| {
            let f = f.clone();
            move || f.set(()).expect("it is pending")
        });
        let n = effect(setting, move || f, set).await;
        say!("await future / set_result: {n}");
        let error = Promise::<Result<(), ()>>::new("a future");
        let fail = error.clone();
        let set1 = move || fail.set(Err(())).expect("it is pending");
        let n = effect(setting, move || error, set1).await;
        say!("await future / set_exception (caught): {n}");
        let n = effect(setting, move || spawn(f8), set8).await;
        say!("await task that awaits the future: {n}");
        let n = effect(setting, move || chain(5, f9), set9).await;
        say!("chain of 5 coroutines over a future: {n}");
        let held = Rc::new(RefCell::new(None));
        let holder = held.clone();
        let wait = || async move {
            *holder.borrow_mut() = current_task();
            let _ = catch_cancel(Promise::<()>::new("a future")).await;
        };
        let cancel = move || {
            held.borrow().as_ref().expect("it waits").cancel();
        };
        say!(
            "task.cancel() while it awaits a future: {}",
            effect(setting, wait, cancel).await
        );
        let (a, mut b) = UnixStream::pair().expect("a pair");
        a.set_nonblocking(true).expect("a socket");
        let recv = || async move {
            let source = Source::new("socket", a);
            let read = |mut socket: &UnixStream| socket.read(&mut [0]);
            source.async_io(Interest::READABLE, read).await
        };
        let n = effect(setting, recv, move || b.write_all(b"x").expect("room")).await;
        say!("sock_recv / peer sends (next select + 1): {n}");
        let n = inline(setting, sleep(ms(1000))).await;
        say!("sleep(1): one iteration for the timer, one for the task: {n}");
    });
}

pub(crate) fn order_in_a_turn(setting: &Setting) {
    run(setting, async {
        let (a, mut b) = UnixStream::pair().expect("a pair");
        a.set_nonblocking(true).expect("a socket");
        b.write_all(b"x").expect("room");
        let a = Source::new("socket", a);
        call_later(ms(0), || say!("timer registered first"));
        let both = [(Interest::WRITABLE, "writer"), (Interest::READABLE, "reader")];
        let watch =
            |(interest, name)| a.call_when_ready(interest, move || say!("{name}"));
        let _watches = both.map(watch);
        call_soon(|| say!("soon registered last"));
        say!("-- iteration");
        yield_now().await;
        say!("main");
        yield_now().await;
        say!("-- next iteration");
    });
}
