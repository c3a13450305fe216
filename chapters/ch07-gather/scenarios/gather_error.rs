//! One of two fails. The other hasn't finished.

use ch06_tasks::{JoinError, sleep};
use ch07_gather::try_gather;
use trace::{Setting, say};

use crate::{runtime, seconds};

async fn download(file: &str, takes: u64, fails: bool) -> Result<String, String> {
    say!("{file}: starts");
    sleep(seconds(takes)).await;
    if fails {
        return Err(format!("{file}: no such file"));
    }
    say!("{file}: complete");
    Ok(file.to_owned())
}

/// What a download can come to, as one error.
#[derive(Debug)]
struct Failed(String);

impl From<JoinError> for Failed {
    fn from(error: JoinError) -> Self {
        Failed(error.to_string())
    }
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(async {
        let downloads = [("index", 2, false), ("picture", 1, true)];
        let downloads = downloads.map(|(file, takes, fails)| async move {
            download(file, takes, fails).await.map_err(Failed)
        });
        match try_gather(downloads).await {
            Ok(files) => say!("has {files:?}"),
            Err(Failed(error)) => say!("gives up: {error}"),
        }
        sleep(seconds(2)).await;
    });
}
