// What a program was doing at one instant: a fold of a recording's first events.
//
// The state at step n is made of the first n events and of nothing else, so a step back
// is as exact as a step forward. Nothing here knows of pages: `unrolled.fold` is a pure
// function, and the only name that these scripts add to the page.
//
// An event is as the crate `trace` documents its schema, and has besides `what`, its line
// in words, and `due`, the time of a timer in words.
'use strict';

(() => {
  /** The state before the first event. */
  const start = () => ({
    now: 0, // nanoseconds
    running: [], // tasks, each resumed by the one before
    ready: [], // { task, by }: who may run, in order, and who said so
    timers: [], // { task, until_ns, due }: the nearest first
    descriptors: [], // { task, on, source, came }: on is 'readable' or 'writable'
    others: [], // { task, what }: suspended on anything else
    waits: null, // what the loop waits for, in words
    early: [], // { task, by }: woken while they still ran
  });

  const lists = ['ready', 'timers', 'descriptors', 'others'];

  /** Takes `task` out of wherever it waits. */
  function leave(state, task) {
    for (const list of lists) state[list] = state[list].filter((one) => one.task !== task);
    state.running = state.running.filter((one) => one !== task);
  }

  /** Makes `task` ready; who is ready already keeps the place and the reason. */
  function wake(state, task, by) {
    if (state.running.includes(task)) return void state.early.push({ task, by });
    if (state.ready.some((one) => one.task === task)) return;
    leave(state, task);
    state.ready.push({ task, by });
  }

  /** Sets a timer behind those that are due no later. */
  function set(timers, timer) {
    const at = timers.findIndex((one) => one.until_ns > timer.until_ns);
    timers.splice(at < 0 ? timers.length : at, 0, timer);
  }

  /** `task` waits for what the event says it is suspended on. */
  function suspend(state, { task, on, source, until_ns, due, what }) {
    if (on === 'timer') set(state.timers, { task, until_ns, due });
    else if (on === 'turn') state.ready.push({ task, by: 'itself' });
    else if (source) state.descriptors.push({ task, on, source, came: false });
    else state.others.push({ task, what: what.replace(/^suspended,? /, '') });
  }

  /** What came for the loop: a timer makes its task ready, a source is marked. */
  function came(state, { timer, readable, writable }) {
    if (state.timers.some((one) => one.task === timer)) wake(state, timer, 'its timer');
    for (const one of state.descriptors) {
      if (one.source === (one.on === 'readable' ? readable : writable)) one.came = true;
    }
  }

  const kinds = {
    spawned: (state, { task }) => wake(state, task, state.running.at(-1)),
    resumed(state, { task }) {
      leave(state, task);
      state.running.push(task);
    },
    printed() {},
    suspended(state, event) {
      leave(state, event.task);
      const early = state.early.find((one) => one.task === event.task);
      state.early = state.early.filter((one) => one !== early);
      if (early) state.ready.push(early);
      else suspend(state, event);
    },
    woken: (state, { task, by }) => wake(state, task, by),
    finished: (state, { task }) => leave(state, task),
    waiting(state, { what }) {
      state.waits = what.replace(/^waits /, '');
    },
    ready: (state, event) => event.came.forEach((one) => came(state, one)),
  };

  /** The state after the first `n` of `events`. A wait ends with the next event. */
  function fold(events, n) {
    const state = start();
    for (const event of events.slice(0, n)) {
      state.now = event.t_ns;
      state.waits = null;
      kinds[event.event]?.(state, event);
    }
    return state;
  }

  window.unrolled = { fold };
})();
