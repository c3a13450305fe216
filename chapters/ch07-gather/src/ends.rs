//! Tasks, handed out in the order in which they end: what all combinators of tasks wait
//! for.
//!
//! A task's end is told to a callback, in the next turn; the callback wakes whoever waits
//! here, one turn later: with the first end, or with the last. Two ends in one turn are
//! found in one look.
//!
//! Invariant: each task is handed out once. A task that isn't handed out goes on, and
//! nothing of this stays behind in it.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use ch06_tasks::{JoinHandle, Promise, Task};

/// Tasks, numbered from 0, and their ends.
pub(crate) struct Ends<T: 'static> {
    /// Those that have not been handed out, by number.
    tasks: BTreeMap<usize, Watched<T>>,
    /// The next task's number.
    next: usize,
    news: Rc<News>,
}

/// What the callbacks share with the one who waits.
struct News {
    /// What that one waits for, in a trace's words.
    name: &'static str,
    /// Numbers of tasks that have ended and have not been handed out.
    ended: RefCell<VecDeque<usize>>,
    /// With how many of them there is news.
    wanted: Cell<usize>,
    /// Who waits, if somebody does.
    waiter: RefCell<Option<Promise<()>>>,
}

/// A task with a callback at its end, which goes when this does.
struct Watched<T: 'static> {
    /// None: it has been handed out.
    task: Option<JoinHandle<T>>,
    /// The callback's number.
    callback: u64,
}

impl<T> Ends<T> {
    /// No tasks. Who waits for one will wait for `name`.
    pub(crate) fn new(name: &'static str) -> Self {
        let (ended, wanted, waiter) =
            (RefCell::default(), Cell::new(1), RefCell::default());
        let news = Rc::new(News { name, ended, wanted, waiter });
        Ends { tasks: BTreeMap::new(), next: 0, news }
    }

    /// These tasks.
    pub(crate) fn of(
        name: &'static str,
        tasks: impl IntoIterator<Item = JoinHandle<T>>,
    ) -> Self {
        let mut ends = Ends::new(name);
        tasks.into_iter().for_each(|task| ends.push(task));
        ends
    }

    /// Adds a task.
    pub(crate) fn push(&mut self, task: JoinHandle<T>) {
        let (number, news) = (self.next, self.news.clone());
        let callback = task.promise().add_done_callback(move |_| news.add(number));
        self.tasks.insert(number, Watched { task: Some(task), callback });
        self.next += 1;
    }

    /// The next task that ends, and its number; waits for it. None: that was the last.
    /// Dropped while it waits, this has taken nothing.
    pub(crate) async fn next(&mut self) -> Option<(usize, JoinHandle<T>)> {
        while !self.tasks.is_empty() {
            let ended = self.news.ended.borrow_mut().pop_front();
            if let Some(number) = ended {
                let task = self.tasks.remove(&number).and_then(Watched::into_task);
                return task.map(|task| (number, task));
            }
            self.news.wait(1).await;
        }
        None
    }

    /// Waits until all that are left have ended, in one piece.
    pub(crate) async fn all(&self) {
        while self.news.ended.borrow().len() < self.len() {
            self.news.wait(self.len()).await;
        }
    }

    /// How many are left to be handed out.
    pub(crate) fn len(&self) -> usize {
        self.tasks.len()
    }

    /// Those that are left.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = Rc<Task>> {
        self.tasks.values().flat_map(|it| &it.task).map(JoinHandle::task)
    }

    /// Asks those that are left to stop. False: all have ended.
    pub(crate) fn cancel(&self) -> bool {
        // All of them: `any` would stop at the first.
        self.tasks().filter(|task| task.cancel()).count() > 0
    }

    /// Gives back those that are left, with their numbers.
    pub(crate) fn into_rest(self) -> impl Iterator<Item = (usize, JoinHandle<T>)> {
        let rest = self.tasks.into_iter();
        rest.filter_map(|(number, it)| it.into_task().map(|task| (number, task)))
    }
}

impl News {
    /// A task has ended.
    fn add(&self, number: usize) {
        self.ended.borrow_mut().push_back(number);
        let is_news = self.ended.borrow().len() >= self.wanted.get();
        if let Some(waiter) = self.waiter.borrow_mut().take_if(|_| is_news) {
            let _ = waiter.set(());
        }
    }

    /// Waits until so many have ended.
    async fn wait(&self, wanted: usize) {
        self.wanted.set(wanted);
        let promise = Promise::new(self.name);
        self.waiter.replace(Some(promise.clone()));
        let _ = promise.await;
    }
}

impl<T> Watched<T> {
    fn into_task(mut self) -> Option<JoinHandle<T>> {
        let task = self.task.take();
        task.inspect(|task| _ = task.promise().remove_done_callback(self.callback))
    }
}

impl<T> Drop for Watched<T> {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.promise().remove_done_callback(self.callback);
        }
    }
}
