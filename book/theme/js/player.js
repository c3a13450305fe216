// The player: steps through the recording of a picture, event by event.
//
// A page's picture is complete without this script, and stays so in print. The script
// adds a mark to it, and under it what was so at that instant. It moves nothing: the
// style sheet reserves the room.
//
// What it finds:   figure.player[id] > .drawing (one, or two side by side)
//                                    > .panel (empty) > and script[type="application/json"]
// What it makes:   in .panel  button[data-act=start|previous|play|next|end],
//                             input[type=range], [data-step] ("3 of 26"), and for each drawing
//                             a .side with [data-line] [data-running] [data-ready] [data-timers]
//                             [data-descriptors] [data-others] [data-waits] [data-source]
//                  in each svg  g.tr-now
// Attributes:      figure[data-at] is the step, from 1.
// Address:         #FIGURE-ID&step=12
// Keys:            left, right, Home, End, and p, anywhere in the figure.
'use strict';

(() => {
  const PACE_MS = 900; // between two steps of play
  const MOST = 6; // entries of a list; the rest are counted
  const KEYS = { ArrowLeft: 'previous', ArrowRight: 'next', Home: 'start', End: 'end', p: 'play' };
  const ROWS = {
    running: 'Running', ready: 'Ready', timers: 'Timers',
    descriptors: 'Descriptors', others: 'Other waits', waits: 'Loop waits',
  };

  /** Sets attributes. */
  function set(element, attributes) {
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  /** An element with attributes and children. */
  function make(name, attributes, ...children) {
    const element = set(document.createElement(name), attributes);
    element.append(...children);
    return element;
  }

  /** How far each of `traces` is at each step: they march through every instant together. */
  function align(traces) {
    const instants = [...new Set(traces.flat().map(({ t_ns }) => t_ns))].sort((a, b) => a - b);
    const before = (time) => traces.map((trace) => trace.filter(({ t_ns }) => t_ns < time).length);
    return instants.flatMap((now) => {
      const [from, to] = [before(now), before(now + 1)];
      const count = Math.max(...to.map((n, i) => n - from[i]));
      const step = (_, k) => from.map((n, i) => Math.min(n + k + 1, to[i]));
      return Array.from({ length: count }, step);
    });
  }

  /** `all` as they are shown: the end of a long list is counted, no entry is broken. */
  function listed(all) {
    const rest = all.length - MOST;
    const shown = rest > 1 ? [...all.slice(0, MOST), `and ${rest} more`] : all;
    const entry = (text, i) => [make('span', {}, text + (i + 1 < shown.length ? ',' : '')), ' '];
    return shown.length ? shown.flatMap(entry) : ['–'];
  }

  /** The rows of a state, in words. */
  function words(state, hasLoop) {
    const idle = hasLoop ? 'the loop' : 'the program';
    const by = ({ task, by }) => (by ? `${task} (by ${by})` : task);
    const due = (one) => `${one.task} ${one.until_ns <= state.now ? 'is due' : `at ${one.due}`}`;
    const watched = (one) => `${one.source} ${one.on}${one.came ? ' now' : ''} → ${one.task}`;
    return {
      running: [state.running.join(' › ') || (state.waits ? 'nobody' : idle)],
      ready: listed(state.ready.map(by)),
      timers: listed(state.timers.map(due)),
      descriptors: listed(state.descriptors.map(watched)),
      others: listed(state.others.map(({ task, what }) => `${task} ${what}`)),
      waits: [state.waits ?? '–'],
    };
  }

  /** Whether the row `name` of `side` ever has anything to say. */
  const occurs = ({ events }, name) => name === 'running'
    || events.some((_, n) => unrolled.fold(events, n + 1)[name]?.length);

  /** What one trace shows under its drawing. */
  function sideView(side, drawing) {
    const view = {
      side, drawing,
      line: make('p', { class: 'line', 'data-line': '', 'aria-live': 'polite' }),
      place: make('p', { class: 'place' }),
      source: make('pre', { 'data-source': '', tabindex: 0, role: 'region', 'aria-label': 'Source' }),
      values: {}, marks: [...drawing.querySelectorAll('svg')].map(mark), shown: null,
    };
    const state = make('dl', { class: 'state' });
    for (const [name, label] of Object.entries(ROWS)) {
      view.values[name] = make('dd', { [`data-${name}`]: '' });
      const row = make('div', {}, make('dt', {}, label), view.values[name]);
      row.hidden = !occurs(side, name);
      state.append(row);
    }
    const code = make('div', { class: 'code' }, view.place, view.source);
    view.element = make('div', { class: 'side' }, view.line, state, code);
    return view;
  }

  /** The mark of the current event in an SVG: a frame round its line, and a pointer. */
  function mark(svg) {
    const group = document.createElementNS(svg.namespaceURI, 'g');
    const width = svg.viewBox.baseVal.width - 2;
    group.setAttribute('class', 'tr-now');
    group.innerHTML = `<rect x="1" y="-9" width="${width}" height="18" rx="3"/>`
      + '<path d="M1 -6v12l7 -6z"/>';
    svg.append(group);
    return group;
  }

  /** Moves the marks to event `n`, and what is drawn there into sight. */
  function point({ drawing, marks, side }, n) {
    marks.forEach((mark, i) => {
      mark.style.display = n ? '' : 'none';
      mark.setAttribute('transform', `translate(0 ${side.lines[i][n - 1] ?? 0})`);
    });
    const shown = marks.find((mark) => mark.getBoundingClientRect().height > 0);
    if (!shown) return;
    const [box, mark] = [drawing, shown].map((it) => it.getBoundingClientRect());
    drawing.scrollTop += mark.top - box.top - box.height / 2;
  }

  /** The code that acted, its line marked. */
  function acted(view, event, sources) {
    const [index, row] = event?.at ?? [];
    const source = sources[view.side.items[index]];
    view.place.textContent = source ? `${source.file}:${source.first + row}` : '';
    if (view.shown !== source) {
      const lines = source?.text.split('\n') ?? [];
      const line = (text, i) => make('span', { 'data-number': source.first + i }, `${text}\n`);
      view.source.replaceChildren(...lines.map(line));
      view.shown = source;
    }
    const box = view.source;
    const now = source && box.children[row];
    box.querySelector('.now')?.classList.remove('now');
    box.setAttribute('aria-label', source ? `${source.name}, line ${source.first + row}` : 'Source');
    if (!now) return;
    now.classList.add('now');
    box.scrollTop = now.offsetTop - box.clientHeight / 2;
  }

  /** Shows one trace after its first `n` events. */
  function show(view, n, sources) {
    const { side, line, values } = view;
    const event = side.events[n - 1];
    const turn = event?.turn ? `turn ${event.turn}` : '';
    const parts = event ? [event.time, turn, event.task ?? 'loop', event.what] : [];
    line.textContent = parts.filter(Boolean).join('  ') || 'nothing yet';
    const said = words(unrolled.fold(side.events, n), side.has_loop);
    for (const name of Object.keys(ROWS)) values[name].replaceChildren(...said[name]);
    acted(view, event, sources);
    point(view, n);
  }

  /** The buttons, the slider, and the count. */
  function controls(last) {
    const button = (act) => make('button', { type: 'button', 'data-act': act }, act);
    const slider = make('input', { type: 'range', min: 1, max: last, value: 1, 'aria-label': 'Step' });
    const count = make('output', { 'data-step': '' });
    const acts = ['start', 'previous', 'play', 'next', 'end'].map(button);
    const bar = make('div', { class: 'controls', role: 'group', 'aria-label': 'Step through the trace' },
      ...acts, slider, count);
    return { bar, slider, count, play: acts[2] };
  }

  /** The step that the address asks of the figure with this id. */
  function asked(id) {
    const [figure, step] = location.hash.slice(1).split('&step=');
    return figure === id && Number.parseInt(step, 10);
  }

  /** Makes a player of `figure`. */
  function player(figure, { sides }, sources) {
    const steps = align(sides.map((side) => side.events));
    const drawings = figure.querySelectorAll('.drawing');
    const views = sides.map((side, i) => sideView(side, drawings[i]));
    const { bar, slider, count, play } = controls(steps.length);
    let at = 1;
    let [timer, address] = [];

    const go = (step) => {
      at = Math.min(Math.max(step, 1), steps.length);
      figure.dataset.at = slider.value = at;
      count.textContent = `${at} of ${steps.length}`;
      slider.setAttribute('aria-valuetext', count.textContent);
      views.forEach((view, i) => show(view, steps[at - 1][i], sources));
      if (at === steps.length) stop();
    };
    const stop = () => {
      clearInterval(timer);
      timer = undefined;
      play.textContent = 'play';
      views.forEach(({ line }) => line.setAttribute('aria-live', 'polite'));
    };
    const begin = () => {
      if (at === steps.length) go(1);
      timer = setInterval(() => move(at + 1), PACE_MS);
      play.textContent = 'pause';
      // One line a second is more than anybody wants to have read out.
      views.forEach(({ line }) => line.setAttribute('aria-live', 'off'));
    };
    // The address follows a little later: a browser refuses to change it too often.
    const move = (step) => {
      go(step);
      clearTimeout(address);
      address = setTimeout(() => history.replaceState(null, '', `#${figure.id}&step=${at}`), 300);
    };
    const acts = {
      start: () => 1,
      previous: () => at - 1,
      next: () => at + 1,
      end: () => steps.length,
    };
    const act = (name) => {
      const plays = timer;
      stop();
      if (acts[name]) move(acts[name]());
      else if (!plays) begin();
    };

    bar.addEventListener('click', ({ target }) => target.dataset.act && act(target.dataset.act));
    slider.addEventListener('input', () => { stop(); move(Number(slider.value)); });
    figure.addEventListener('keydown', (event) => keyed(event, act));
    drawings.forEach(reachable);
    figure.querySelector('.panel').append(bar, ...views.map((view) => view.element));
    const fold = figure.closest('details');
    fold?.addEventListener('toggle', () => go(at));
    const arrive = () => {
      const step = asked(figure.id);
      if (!step) return;
      if (fold) fold.open = true;
      figure.scrollIntoView();
      go(step);
    };
    addEventListener('hashchange', arrive);
    go(1);
    arrive();
  }

  /** A key in a figure is the player's: it turns no page. */
  function keyed(event, act) {
    const name = KEYS[event.key];
    if (!name || event.altKey || event.ctrlKey || event.metaKey) return;
    event.stopPropagation();
    if (event.target.closest('[data-source]')) return; // there, arrows scroll
    event.preventDefault();
    act(name);
  }

  /** A drawing may be higher than its box: it can be reached and scrolled by keyboard. */
  function reachable(drawing) {
    const label = drawing.querySelector('title').textContent;
    set(drawing, { tabindex: 0, role: 'group', 'aria-label': label });
  }

  const figures = [...document.querySelectorAll('figure.player')];
  const data = figures.map((figure) => JSON.parse(figure.querySelector('script').textContent));
  // A page has each item once, in the first figure that needs it.
  const sources = Object.assign({}, ...data.map((one) => one.sources));
  figures.forEach((figure, i) => player(figure, data[i], sources));
})();
