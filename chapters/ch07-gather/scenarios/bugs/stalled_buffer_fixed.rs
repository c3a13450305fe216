//! The same, with a task for each request: the loop polls them, whoever is busy.

use ch06_tasks::spawn;
use ch07_gather::as_completed;
use trace::Setting;

use super::{request, work_with};
use crate::runtime;

async fn user() {
    let requests = [request("one", 1), request("two", 2)];
    let mut answers = as_completed(requests.map(spawn));
    while let Some(answer) = answers.next().await {
        work_with(answer.expect("no request fails")).await;
    }
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(user());
}
