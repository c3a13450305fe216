//! Five thousand connections, all open at once. Nobody draws that: the loop is not
//! watched, and the program says how it went.

use std::net::SocketAddr;
use std::time::Duration;

use ch04_sockets::{
    AsyncIo, AsyncSleep, Coroutine, CoroutineState, Epoll, Event, EventLoop, Listener,
    Resumed, Stream, Task, connect,
};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use trace::{Observer, Setting, say};

use CoroutineState::{Complete, Yielded};

const CONNECTIONS: u64 = 5_000;

/// A listener's queue is short: so many connect in each millisecond.
const AT_ONCE: u64 = 50;

/// Connects at its time, sends a byte, receives it again, and stays for a second.
struct Guest {
    address: SocketAddr,
    at: GuestAt,
}

enum GuestAt {
    Home(Duration),
    Waiting,
    Connecting(AsyncIo<Stream>),
    Sending(Stream, AsyncIo<()>),
    Receiving(Stream, AsyncIo<Vec<u8>>),
    Staying(Stream),
}

impl Coroutine for Guest {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        loop {
            self.at = match &mut self.at {
                GuestAt::Home(until) => {
                    let event = AsyncSleep { until: *until };
                    self.at = GuestAt::Waiting;
                    return Ok(Yielded(event.into()));
                }
                GuestAt::Waiting => GuestAt::Connecting(connect("guest", self.address)?),
                GuestAt::Connecting(connect) => match connect.resume()? {
                    Yielded(event) => return Ok(Yielded(event)),
                    Complete(stream) => {
                        let send = stream.send_all(vec![7]);
                        GuestAt::Sending(stream, send)
                    }
                },
                GuestAt::Sending(stream, send) => match send.resume()? {
                    Yielded(event) => return Ok(Yielded(event)),
                    Complete(()) => GuestAt::Receiving(stream.clone(), stream.recv(1)),
                },
                GuestAt::Receiving(stream, recv) => match recv.resume()? {
                    Yielded(event) => return Ok(Yielded(event)),
                    Complete(bytes) if bytes == [7] => {
                        self.at = GuestAt::Staying(stream.clone());
                        let until = Duration::from_secs(1);
                        return Ok(Yielded(AsyncSleep { until }.into()));
                    }
                    Complete(bytes) => return Err(format!("received {bytes:?}").into()),
                },
                GuestAt::Staying(stream) => return Ok(Complete(stream.finish()?)),
            };
        }
    }
}

/// Accepts one connection and sends back what comes, until the guest has finished.
enum Host {
    Accepting(AsyncIo<Stream>),
    Receiving(Stream, AsyncIo<Vec<u8>>),
    Sending(Stream, AsyncIo<()>),
}

impl Coroutine for Host {
    type Yield = Event;
    type Return = ();

    fn resume(&mut self) -> Resumed<Self> {
        loop {
            *self = match self {
                Host::Accepting(accept) => match accept.resume()? {
                    Yielded(event) => return Ok(Yielded(event)),
                    Complete(stream) => receiving(&stream),
                },
                Host::Receiving(stream, recv) => match recv.resume()? {
                    Yielded(event) => return Ok(Yielded(event)),
                    Complete(bytes) if bytes.is_empty() => return Ok(Complete(())),
                    Complete(bytes) => {
                        Host::Sending(stream.clone(), stream.send_all(bytes))
                    }
                },
                Host::Sending(stream, send) => match send.resume()? {
                    Yielded(event) => return Ok(Yielded(event)),
                    Complete(()) => receiving(stream),
                },
            };
        }
    }
}

fn receiving(stream: &Stream) -> Host {
    Host::Receiving(stream.clone(), stream.recv(64))
}

pub(crate) fn run(setting: &Setting) {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).expect("there is a limit");
    let wanted = 2 * CONNECTIONS + 100;
    if hard < wanted {
        return say!("this machine allows {hard} descriptors, and this needs {wanted}");
    }
    setrlimit(Resource::RLIMIT_NOFILE, wanted, hard).expect("up to the hard limit");
    let listener = Listener::bind("listener", "127.0.0.1:0").expect("a free port");
    let address = listener.address().expect("it is bound");
    let poller = Box::new(Epoll::new().expect("descriptors to spare"));
    let mut event_loop = EventLoop::new(&setting.clock, &Observer::none(), poller);
    for n in 0..CONNECTIONS {
        let host = Host::Accepting(listener.accept("host"));
        event_loop.spawn(Task::new("host", host));
        let at = GuestAt::Home(Duration::from_millis(n / AT_ONCE));
        event_loop.spawn(Task::new("guest", Guest { address, at }));
    }
    let results = event_loop.run();
    let well = results.iter().filter(|result| result.is_ok()).count();
    say!("{well} of {} tasks ended well", results.len());
}
