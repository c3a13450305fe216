//! To wait for several tasks and have all their results, in the order in which they were
//! started and not the one in which they ended.
//!
//! Invariant: no task is forgotten. A gather that is cancelled cancels its tasks, and
//! waits for them; one that returns at the first error lets the others go on.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::ControlFlow::{self, Break, Continue};
use std::pin::Pin;
use std::rc::Rc;

use ch06_tasks::{
    Cancelled, JoinError, JoinHandle, Task, catch_cancel, resume_cancel, spawn,
};

use crate::ends::Ends;

/// Tasks that have been started. Awaited it gives what each came to, in order. Dropped it
/// leaves them to themselves.
#[must_use = "the tasks run, but nobody hears what becomes of them"]
pub struct Gather<T: 'static>(Ends<T>);

/// Starts a task for each of `futures`, in this order. Awaited it gives what each came to:
/// its value, or its panic or cancel.
pub fn gather<F>(futures: impl IntoIterator<Item = F>) -> Gather<F::Output>
where
    F: IntoFuture<Output: 'static, IntoFuture: 'static>,
{
    gather_tasks(futures.into_iter().map(|future| spawn(future.into_future())))
}

/// As [`gather`], for tasks that were started before.
pub fn gather_tasks<T>(tasks: impl IntoIterator<Item = JoinHandle<T>>) -> Gather<T> {
    Gather(Ends::of("a gather", tasks))
}

/// As [`gather`], but gives the plain values; or, at once, the first error: see
/// [`Gather::all_or_error`].
///
/// # Errors
/// The first in time, not in order.
#[must_use = "the tasks run, but nobody hears what becomes of them"]
pub fn try_gather<T: 'static, E, F>(
    futures: impl IntoIterator<Item = F>,
) -> impl Future<Output = Result<Vec<T>, E>>
where
    E: From<JoinError> + 'static,
    F: Future<Output = Result<T, E>> + 'static,
{
    gather(futures).all_or_error()
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
    assert!(limit > 0, "with a limit of 0 nothing could ever run");
    let mut futures = futures.into_iter();
    let mut ends = Ends::of("a gather", futures.by_ref().take(limit).map(spawn));
    let mut results = BTreeMap::new();
    let each = |ends: &mut Ends<_>, number, result| {
        results.insert(number, result);
        futures.next().into_iter().for_each(|future| ends.push(spawn(future)));
        Continue::<Infallible>(())
    };
    let _ = collect(&mut ends, each).await;
    results.into_values().collect()
}

impl<T> Gather<T> {
    /// The tasks that have not been asked for, in order.
    pub fn tasks(&self) -> impl Iterator<Item = Rc<Task>> {
        self.0.tasks()
    }

    /// Asks those to stop that have not ended. False: all have.
    pub fn cancel(&self) -> bool {
        self.0.cancel()
    }
}

impl<T, E: From<JoinError>> Gather<Result<T, E>> {
    /// The plain values; or, at once, the first error. The other tasks go on then, and
    /// nobody hears of them.
    ///
    /// # Errors
    /// The first in time, not in order. A panic or a cancel is one too.
    pub async fn all_or_error(mut self) -> Result<Vec<T>, E> {
        let mut values = BTreeMap::new();
        let each = |_: &mut _, number, result: Result<Result<T, E>, JoinError>| {
            match result.unwrap_or_else(|error| Err(error.into())) {
                Ok(value) => drop(values.insert(number, value)),
                Err(error) => return Break(error),
            }
            Continue(())
        };
        match collect(&mut self.0, each).await {
            Break(error) => Err(error),
            Continue(()) => Ok(values.into_values().collect()),
        }
    }
}

impl<T> IntoFuture for Gather<T> {
    type Output = Vec<Result<T, JoinError>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output>>>;

    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move {
            if let Err(cancelled) = catch_cancel(self.0.all()).await {
                give_up(&mut self.0, cancelled).await;
            }
            let mut results = BTreeMap::new();
            while let Some((number, task)) = self.0.next().await {
                results.insert(number, task.await);
            }
            results.into_values().collect()
        })
    }
}

/// Hands over what tasks come to, in order of completion, until `each` has enough. It may
/// add tasks.
async fn collect<T, B>(
    ends: &mut Ends<T>,
    mut each: impl FnMut(&mut Ends<T>, usize, Result<T, JoinError>) -> ControlFlow<B>,
) -> ControlFlow<B> {
    let all = async {
        while let Some((number, task)) = ends.next().await {
            each(ends, number, task.await)?;
        }
        Continue(())
    };
    match catch_cancel(all).await {
        Ok(flow) => flow,
        Err(cancelled) => give_up(ends, cancelled).await,
    }
}

/// What a gather does that is cancelled: first its tasks end.
async fn give_up<T>(ends: &mut Ends<T>, cancelled: Cancelled) -> ! {
    let again = cancel_and_join(ends, drop).await;
    resume_cancel(again.unwrap_or(cancelled)).await
}

/// Asks tasks to stop, and waits until they have; `each` hears what they come to. Asked to
/// stop itself meanwhile, it asks them again, and returns the last request.
pub(crate) async fn cancel_and_join<T>(
    ends: &mut Ends<T>,
    mut each: impl FnMut(Result<T, JoinError>),
) -> Option<Cancelled> {
    let mut cancelled = None;
    loop {
        ends.cancel();
        match catch_cancel(ends.all()).await {
            Ok(()) => break,
            Err(again) => cancelled = Some(again),
        }
    }
    while let Some((_, task)) = ends.next().await {
        each(task.await);
    }
    cancelled
}
