//! A scope that must say good-bye, and waits for the answer: on the way out through the
//! end, through a cancel, and through an abort.

use std::io;

use ch06_tasks::{sleep, spawn_named};
use ch09_streams::{BufReader, DuplexStream, duplex, finally, write_all};
use trace::{Setting, say};

use crate::{runtime, seconds};

/// Answers a good-bye, after a second.
async fn peer(stream: DuplexStream) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    match stream.next_line().await? {
        Some(line) => say!("hears {line:?}"),
        None => say!("hears nothing: the end"),
    }
    sleep(seconds(1)).await;
    let (mut stream, _) = stream.into_parts();
    write_all(&mut stream, b"good-bye\n").await
}

async fn good_bye(mut stream: DuplexStream) {
    say!("leaves");
    let _ = write_all(&mut stream, b"I am leaving\n").await;
    let answer = BufReader::new(stream).next_line().await;
    say!("hears {:?}", answer.ok().flatten());
}

/// Runs a session of two seconds; after one, `stop` may do something to it.
fn session(setting: &Setting, stop: fn(&ch06_tasks::Task)) {
    runtime(setting).block_on(async {
        let (ours, theirs) = duplex(64);
        let peer = spawn_named("peer", peer(theirs));
        let session = spawn_named("session", async {
            let work = async {
                say!("works");
                sleep(seconds(2)).await;
                say!("is done");
            };
            finally(work, || good_bye(ours)).await;
            say!("goes on after the scope");
        });
        sleep(seconds(1)).await;
        stop(&session);
        match session.await {
            Ok(()) => say!("the session returned"),
            Err(error) => say!("{error}"),
        }
        let _ = peer.await;
    });
}

pub(crate) fn run(setting: &Setting) {
    session(setting, |_| ());
}

pub(crate) fn run_cancelled(setting: &Setting) {
    session(setting, |task| _ = task.cancel());
}

pub(crate) fn run_aborted(setting: &Setting) {
    session(setting, ch06_tasks::Task::abort);
}
