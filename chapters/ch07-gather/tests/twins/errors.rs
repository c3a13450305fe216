//! Gather with errors and cancels.

use ch06_tasks::{JoinError, sleep, spawn};
use ch07_gather::{Gather, gather, gather_tasks, try_gather};
use trace::{Setting, say};

use super::{ms, py, run, sees_cancel, tick};

#[derive(Debug)]
enum Failed {
    ValueError(&'static str),
    Cancelled,
}

impl From<JoinError> for Failed {
    fn from(error: JoinError) -> Self {
        assert!(error.is_cancelled(), "{error}");
        Failed::Cancelled
    }
}

async fn fails(name: &'static str, tenths: u64) -> Result<&'static str, Failed> {
    job(name, tenths).await?;
    Err(Failed::ValueError(name))
}

async fn job(name: &'static str, tenths: u64) -> Result<&'static str, Failed> {
    sees_cancel(sleep(ms(tenths * 100)), || say!("{name} cancelled {}", tick())).await;
    say!("{name} ends {}", tick());
    Ok(name)
}

/// What `return_exceptions` gives, as a line.
fn said(results: Vec<Result<Result<&'static str, Failed>, JoinError>>) -> String {
    let one =
        |result: Result<_, JoinError>| match result.unwrap_or_else(|e| Err(e.into())) {
            Ok(name) => String::from(name),
            Err(Failed::ValueError(name)) => format!("ValueError {name}"),
            Err(Failed::Cancelled) => "CancelledError".to_owned(),
        };
    results.into_iter().map(one).collect::<Vec<_>>().join(", ")
}

async fn errors() {
    say!("-- results in argument order");
    say!("{}", try_gather([job("a", 20), job("b", 10)]).await.expect("none").join(" "));
    say!("-- first error at once, the others go on");
    let both: [(&str, u64); 2] = [("c", 10), ("d", 20)];
    let both = both.map(|(name, tenths)| async move {
        if name == "c" { fails(name, tenths).await } else { job(name, tenths).await }
    });
    let error = try_gather(both).await.expect_err("one fails");
    say!("{} {}", said(vec![Ok(Err(error))]), tick());
    sleep(ms(3000)).await;
    say!("-- errors returned");
    let both = [spawn(fails("e", 10)), spawn(job("f", 20))];
    say!("{}", said(gather_tasks(both).await));
}

async fn cancels() {
    say!("-- gather cancelled, children cancelled");
    let group = gather([job("g", 10), job("h", 20)]);
    sleep(ms(500)).await;
    say!("cancel {}", py(group.cancel()));
    let ends = group.await;
    assert!(ends.iter().all(Result::is_err));
    say!("gather cancelled {}", tick());
    say!("-- a child cancelled");
    let one = spawn(job("i", 10));
    let two = spawn(job("j", 10));
    let (stop, other) = (one.task(), two.task());
    let group = gather_tasks([one, two]);
    sleep(ms(500)).await;
    stop.cancel();
    let error = group.all_or_error().await.expect_err("one was cancelled");
    assert!(matches!(error, Failed::Cancelled));
    say!("propagated {}; the other is done: {}", tick(), py(other.is_finished()));
    sleep(ms(1000)).await;
    let one = spawn(job("k", 10));
    let stop = one.task();
    let group = gather_tasks([one, spawn(job("l", 10))]);
    sleep(ms(500)).await;
    stop.cancel();
    say!("{}", said(group.await));
    let of_none: Gather<()> = gather_tasks([]);
    say!("of none: {}", of_none.await.len());
}

pub(crate) fn gather_errors_and_cancels(setting: &Setting) {
    run(setting, async {
        errors().await;
        cancels().await;
    });
}
