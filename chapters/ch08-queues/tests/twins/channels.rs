//! Mailboxes, answers, choices. What Python does with queues and futures.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use ch06_tasks::{Promise, State, sleep, spawn_named, yield_now};
use ch08_queues::mpsc::{Receiver, Sender, UnboundedSender, channel, unbounded_channel};
use ch08_queues::{Choice, oneshot};
use trace::{Setting, say};

use super::{gather, ms, run};

enum Letter {
    Item(u32),
    /// Whoever gets this answers.
    Ask(oneshot::Sender<()>),
}

type Out = Rc<RefCell<Vec<String>>>;

async fn last(mut letters: Receiver<Letter>, out: Out) {
    while let Some(letter) = letters.recv().await {
        match letter {
            Letter::Ask(answer) => answer.send(()).expect("it is awaited"),
            Letter::Item(n) => {
                yield_now().await;
                out.borrow_mut().push(n.to_string());
            }
        }
    }
}

async fn first(mut letters: Receiver<Letter>, then: Sender<Letter>, through: bool) {
    while let Some(letter) = letters.recv().await {
        match letter {
            Letter::Ask(answer) if !through => answer.send(()).expect("it is awaited"),
            letter => then.try_send(letter).unwrap_or_else(|_| panic!("there is room")),
        }
    }
}

async fn talk(hops: u32) {
    let out = Rc::new(RefCell::new(vec!["begin".to_owned()]));
    let ((near, letters), (far, passed)) = (channel(9), channel(9));
    let tasks = [
        spawn_named("last", last(passed, out.clone())),
        spawn_named("first", first(letters, far, hops == 2)),
    ];
    let send = |letter| near.try_send(letter).unwrap_or_else(|_| panic!("there is room"));
    (1..=5).for_each(|n| send(Letter::Item(n)));
    if hops > 0 {
        let (sender, answer) = oneshot::channel();
        send(Letter::Ask(sender));
        answer.await.expect("it is answered");
    }
    out.borrow_mut().push("end".to_owned());
    say!("acknowledged after {hops} hops: {}", out.borrow().join(" "));
    for task in tasks {
        task.cancel();
    }
}

pub(crate) fn mailbox(setting: &Setting) {
    run(setting, async {
        for hops in 0..3 {
            talk(hops).await;
        }
    });
}

pub(crate) fn exit_code(setting: &Setting) {
    async fn set_later<T>(promise: Promise<T>, after: Duration, value: T) {
        sleep(after).await;
        let _ = promise.set(value);
    }
    for after in [500, 1500] {
        run(setting, async {
            let (output, code) = (Promise::new("output"), Promise::new("code"));
            let hello = set_later(output.clone(), ms(1000), "hello");
            let zero = set_later(code.clone(), ms(after), 0);
            let tasks = [spawn_named("output", hello), spawn_named("code", zero)];
            say!("output {}", output.await.expect("it is set"));
            match code.state() {
                State::Pending => say!("looks: not yet"),
                _ => say!("looks: {}", code.result().expect("done").expect("it is set")),
            }
            say!("waits: {}", code.await.expect("it is set"));
            let _ = gather(&tasks).await;
        });
    }
}

/// Two more for each channel.
fn fill(senders: &[UnboundedSender<String>; 2], numbers: [u32; 2]) {
    for n in numbers {
        for (sender, letter) in senders.iter().zip(["a", "b"]) {
            sender.send(format!("{letter}{n}")).expect("there is a receiver");
        }
    }
}

async fn four(choice: &mut Choice<'_, String>) -> String {
    let mut got = Vec::new();
    for _ in 0..4 {
        let (_, item) = choice.recv().await.expect("there are four");
        got.push(format!("'{item}'"));
    }
    format!("[{}]", got.join(", "))
}

pub(crate) fn choice(setting: &Setting) {
    async fn later(sender: UnboundedSender<String>, after: u64, item: &str) {
        sleep(ms(after)).await;
        sender.send(item.to_owned()).expect("there is a receiver");
    }
    run(setting, async {
        let ((a, mut first), (b, mut second)) =
            (unbounded_channel(), unbounded_channel());
        let senders = [a, b];
        fill(&senders, [1, 2]);
        let mut choice = Choice::by_priority(vec![&mut first, &mut second]);
        say!("{}", four(&mut choice).await);
        choice.try_recv().map_or_else(|| say!("None"), |it| say!("{it:?}"));
        let late = choice.recv_timeout(ms(1000)).await;
        late.map_or_else(|_| say!("None"), |it| say!("{it:?}"));
        fill(&senders, [3, 4]);
        say!("{}", four(&mut Choice::fair(vec![&mut first, &mut second])).await);
        let task = spawn_named("later", later(senders[1].clone(), 1000, "late"));
        let mut choice = Choice::by_priority(vec![&mut first, &mut second]);
        say!("{}", choice.recv().await.expect("it comes").1);
        let _ = task.await;
        let (results, mut tagged) = unbounded_channel();
        let tasks =
            [("t1", 2000, "from 1"), ("t2", 1000, "from 2")].map(|(name, after, it)| {
                spawn_named(name, later(results.clone(), after, it))
            });
        let (one, two) = (tagged.recv().await, tagged.recv().await);
        say!("{}, {}", one.expect("it comes"), two.expect("it comes"));
        let _ = gather(&tasks).await;
    });
}
