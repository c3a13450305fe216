//! A regular file never says "not yet", even at its end. So a loop can't wait for a disk:
//! the call that reads is the one that waits.

use std::fs::File;
use std::io::Write as _;
use std::rc::Rc;

use ch06_tasks::{Source, spawn_named};
use trace::Setting;

use crate::reading::reading;
use crate::runtime;

pub(crate) fn run(setting: &Setting) {
    let path = std::env::temp_dir().join(format!("unrolled-{}", std::process::id()));
    File::create(&path)
        .and_then(|mut file| file.write_all(b"four"))
        .expect("the directory for temporary files can be written");
    let file = File::open(&path).expect("it was written just now");
    let _ = std::fs::remove_file(&path);
    runtime(setting).block_on(async {
        let source = Rc::new(Source::new("file", file));
        let _ = spawn_named("reader", reading(source, 4, 2)).await;
    });
}
