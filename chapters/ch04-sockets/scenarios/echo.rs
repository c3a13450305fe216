//! Three clients and a server of two workers. What a client says comes back; the third
//! waits in line until a worker is free.

use ch04_sockets::{EventLoop, Listener, Task};
use trace::{Setting, say};

use crate::peer::{Act, Peer};
use crate::poller;
use crate::worker::Worker;

pub(crate) fn run(setting: &Setting) {
    let listener = Listener::bind("listener", "127.0.0.1:0").expect("a free port");
    let address = listener.address().expect("it is bound");
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    for (name, socket, connections) in
        [("worker-1", "socket-1", 2), ("worker-2", "socket-2", 1)]
    {
        let worker = Worker::new(&listener, socket, connections);
        event_loop.spawn(Task::new(name, worker));
    }
    for (name, text) in [("ada", "hello"), ("ben", "good day"), ("cyd", "hi")] {
        let acts = [Act::Say(text), Act::Hear, Act::Finish, Act::Hear];
        let client = Peer::new(name, address, &setting.clock, &acts);
        event_loop.spawn(Task::new(name, client));
    }
    let results = event_loop.run();
    say!("{} ended well", results.iter().filter(|result| result.is_ok()).count());
}
