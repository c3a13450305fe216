//! A regular file never says "not yet", even at its end. So a loop can't wait for a disk:
//! the call that reads is the one that waits.

use std::fs::File;
use std::io::Write as _;

use ch04_sockets::{EventLoop, Stream, Task};
use trace::Setting;

use crate::poller;
use crate::reading::Reading;

pub(crate) fn run(setting: &Setting) {
    let path = std::env::temp_dir().join(format!("unrolled-{}", std::process::id()));
    File::create(&path)
        .and_then(|mut file| file.write_all(b"four"))
        .expect("the directory for temporary files can be written");
    let file = File::open(&path).expect("it was written just now");
    let _ = std::fs::remove_file(&path);
    let source = Stream::new("file", file);
    let mut event_loop = EventLoop::new(&setting.clock, &setting.observer, poller());
    event_loop.spawn(Task::new("reader", Reading::new(&source, 4, 2)));
    let _ = event_loop.run();
}
