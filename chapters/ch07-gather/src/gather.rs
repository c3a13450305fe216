//! To wait for several tasks and have all their results, in the order in which they were
//! started and not the one in which they ended.
//!
//! Invariant: no task is forgotten. A gather that is cancelled cancels its tasks, and waits
//! for them; one that returns early, at the first error, lets them go on.

use std::convert::Infallible;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::rc::Rc;

use ch06_tasks::{JoinError, JoinHandle, Task, catch_cancel, resume_cancel, spawn};

use crate::JoinSet;
use crate::ends::Ends;

/// Tasks that have been started. Awaited it gives what each came to, in order.
#[must_use = "the tasks run, but nobody hears what becomes of them"]
pub struct Gather<T: 'static>(Vec<JoinHandle<T>>);

/// Starts a task for each of `futures`, in this order. Awaited it gives what each came to:
/// its value, or its panic or cancel.
pub fn gather<F>(futures: impl IntoIterator<Item = F>) -> Gather<F::Output>
where
    F: Future<Output: 'static> + 'static,
{
    Gather(futures.into_iter().map(spawn).collect())
}

/// As [`gather`], for tasks that were started before.
pub fn gather_tasks<T>(tasks: Vec<JoinHandle<T>>) -> Gather<T> {
    Gather(tasks)
}

/// As [`gather`], but gives the plain values; or, at once, the first error. The other
/// tasks go on, and nobody hears of them.
///
/// # Errors
/// The first in time, not in order. A panic or a cancel is one too.
pub async fn try_gather<T, E, F>(
    futures: impl IntoIterator<Item = F>,
) -> Result<Vec<T>, E>
where
    T: 'static,
    E: From<JoinError> + 'static,
    F: Future<Output = Result<T, E>> + 'static,
{
    let Gather(tasks) = gather(futures);
    let mut values: Vec<Option<T>> = tasks.iter().map(|_| None).collect();
    let take = |number: usize, result: Result<Result<T, E>, JoinError>| {
        match result.unwrap_or_else(|error| Err(error.into())) {
            Ok(value) => values[number] = Some(value),
            Err(error) => return ControlFlow::Break(error),
        }
        ControlFlow::Continue(())
    };
    match collect(tasks, take).await {
        ControlFlow::Break(error) => Err(error),
        ControlFlow::Continue(()) => Ok(values.into_iter().flatten().collect()),
    }
}

/// As [`gather`], but no more than `limit` tasks at a time: the next starts when one ends.
///
/// # Panics
/// For a limit of 0.
pub async fn gather_bounded<F>(
    limit: usize,
    futures: impl IntoIterator<Item = F>,
) -> Vec<Result<F::Output, JoinError>>
where
    F: Future<Output: 'static> + 'static,
{
    assert!(limit > 0, "nothing could ever run");
    let (mut set, mut results) = (JoinSet::new(), Vec::new());
    for future in futures {
        if set.len() == limit {
            results.extend(set.join_next_numbered().await);
        }
        set.spawn(future);
    }
    while let Some(result) = set.join_next_numbered().await {
        results.push(result);
    }
    results.sort_by_key(|(number, _)| *number);
    results.into_iter().map(|(_, result)| result).collect()
}

impl<T> Gather<T> {
    /// The tasks, in order.
    pub fn tasks(&self) -> impl Iterator<Item = Rc<Task>> {
        self.0.iter().map(JoinHandle::task)
    }

    /// Asks those to stop that have not ended. False: all have.
    pub fn cancel(&self) -> bool {
        cancel_all(&self.0)
    }
}

impl<T> IntoFuture for Gather<T> {
    type Output = Vec<Result<T, JoinError>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output>>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let mut results: Vec<_> = self.0.iter().map(|_| None).collect();
            let take = |number: usize, result| {
                results[number] = Some(result);
                ControlFlow::<Infallible>::Continue(())
            };
            let _ = collect(self.0, take).await;
            results.into_iter().flatten().collect()
        })
    }
}

/// Hands over what tasks come to, in order of completion, until `take` has enough.
async fn collect<T, B>(
    mut tasks: Vec<JoinHandle<T>>,
    mut take: impl FnMut(usize, Result<T, JoinError>) -> ControlFlow<B>,
) -> ControlFlow<B> {
    let ends = Ends::of("a gather", &tasks);
    let each = async {
        for _ in 0..tasks.len() {
            let number = ends.next().await;
            take(number, (&mut tasks[number]).await)?;
        }
        ControlFlow::Continue(())
    };
    match catch_cancel(each).await {
        Ok(flow) => flow,
        Err(why) => {
            cancel_all(&tasks);
            Ends::of("a gather", &tasks).skip(tasks.len()).await;
            resume_cancel(why).await
        }
    }
}

fn cancel_all<T>(tasks: &[JoinHandle<T>]) -> bool {
    // All of them: `any` would stop at the first.
    tasks.iter().filter(|task| task.cancel()).count() > 0
}
