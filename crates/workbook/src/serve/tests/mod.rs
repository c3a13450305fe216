//! The server, asked over raw sockets: hostile requests, ordinary ones, and slow peers.
//!
//! Invariant: what is tested is what runs: the same loop, the same limits but where a test
//! says otherwise. Time-outs pass on the virtual clock, so no test waits.

mod attacks;
mod files;
mod peers;

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::{OnceLock, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ch06_tasks::Builder;
use tempfile::TempDir;

use super::{Limits, Serving, Site, interrupt};

/// What no answer may contain.
const SECRET: &str = "the key to the safe";

/// How long the page `long.txt` is: more than any socket's buffers hold.
const LONG: usize = 32 * 1024 * 1024;

/// A small book, with secrets beside it, above it and linked from it.
fn site() -> Site {
    let dir = TempDir::new().unwrap();
    let root = dir.path().join("book");
    fs::create_dir_all(root.join("ch01/.git")).unwrap();
    let page = "<h1>One</h1><script>page()</script>";
    for (name, text) in [
        ("../secret.html", SECRET),
        (".env", SECRET),
        ("ch01/.git/config", SECRET),
        ("index.html", "<h1>The book</h1>"),
        ("404.html", "<h1>Not here</h1>"),
        ("ch01/index.html", page),
        ("ch01/with space.html", "spacious"),
        ("book.js", "console.log('book')"),
        ("picture.svg", "<svg/>"),
    ] {
        fs::write(root.join(name), text).unwrap();
    }
    fs::write(root.join("long.txt"), long()).unwrap();
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, root.join(name));
    link("../secret.html", "link.html").unwrap();
    link("..", "up").unwrap();
    Site::read(&root).unwrap()
}

/// Bytes of which none is where another could be.
fn long() -> &'static [u8] {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    BYTES.get_or_init(|| (0..LONG / 8).flat_map(usize::to_le_bytes).collect())
}

/// A server in a thread of its own, on the real clock.
struct Running {
    address: SocketAddr,
    stop: Box<dyn Fn() + Send>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    fn start() -> Self {
        let (started, starts) = mpsc::channel();
        let thread = thread::spawn(move || {
            let serving =
                Serving::on(Builder::new(), site(), 0, Limits::default()).unwrap();
            let stop = serving.server.stop.clone();
            let stop = serving.runtime.enter(|| interrupt::from_afar(stop));
            started.send((serving.listener.local_addr().unwrap(), stop)).unwrap();
            serving.run();
        });
        let (address, stop) = starts.recv().unwrap();
        Running { address, stop: Box::new(stop), thread: Some(thread) }
    }

    /// Sends `request`, with the server's name for `{host}`; returns what comes back.
    fn ask(&self, request: &str) -> String {
        let request = request.replace("{host}", &self.address.to_string());
        let request = request.replace("{port}", &self.address.port().to_string());
        String::from_utf8_lossy(&self.send(request.as_bytes())).into_owned()
    }

    fn send(&self, request: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        // It may hang up in the middle of something long.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        (self.stop)();
        let ended = self.thread.take().unwrap().join();
        assert!(ended.is_ok() || thread::panicking());
    }
}
