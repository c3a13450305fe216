//! Task-local values: what a thread-local would be for, if each task were a thread.
//!
//! Invariant: a task begins with the values that its spawner has at that moment. From
//! then on neither sees what the other sets.

use std::any::Any;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::EventLoop;

/// All values of a task. A clone only counts; the first `set` after it copies.
pub(crate) type Locals = Rc<BTreeMap<usize, Rc<dyn Any>>>;

/// A variable of which each task has its own value. Made as a `static`.
pub struct TaskLocal<T> {
    /// The value where none was set.
    init: fn() -> T,
}

impl<T: Clone + 'static> TaskLocal<T> {
    /// A variable that begins with what `init` returns.
    pub const fn new(init: fn() -> T) -> Self {
        TaskLocal { init }
    }

    /// The value in the task, or callback, that runs.
    pub fn get(&'static self) -> T {
        let locals = EventLoop::current().acting.borrow().locals.clone();
        let value = locals.get(&self.key()).and_then(|value| value.downcast_ref::<T>());
        value.cloned().unwrap_or_else(self.init)
    }

    /// Sets it there, and for the tasks that are spawned from there.
    pub fn set(&'static self, value: T) {
        let event_loop = EventLoop::current();
        let set = |it: &mut Locals| Rc::make_mut(it).insert(self.key(), Rc::new(value));
        let before = set(&mut event_loop.acting.borrow_mut().locals);
        // Its destructor may ask who acts.
        drop(before);
    }

    /// A static has an address of its own.
    fn key(&'static self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}
