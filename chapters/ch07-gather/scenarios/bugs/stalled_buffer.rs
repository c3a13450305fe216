//! Two requests go out together. Whoever uses the answers takes five seconds for each.

use trace::Setting;

use super::{Buffer, request, work_with};
use crate::runtime;

async fn user() {
    let requests = [request("one", 1), request("two", 2)];
    let mut answers = Buffer(requests.map(Box::pin).into());
    while let Some(answer) = answers.next().await {
        work_with(answer).await;
    }
}

pub(crate) fn run(setting: &Setting) {
    runtime(setting).block_on(user());
}
