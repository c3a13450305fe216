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

  /** `all` as they are shown; the end of a long list is counted. */
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

  /** The mark of the current event in an SVG: a frame round its line, and a pointer. */
  function mark(svg) {
    const group = document.createElementNS(svg.namespaceURI, 'g');
    const width = svg.viewBox.baseVal.width - 2;
    set(group, { class: 'tr-now' }).innerHTML =
      `<rect x="1" y="-9" width="${width}" height="18" rx="3"/><path d="M1 -6v12l7 -6z"/>`;
    svg.append(group);
    return group;
  }

  /** One trace: its drawing, and what was so at an instant of it. */
  class Side {
    constructor(data, drawing, sources) {
      Object.assign(this, data, { drawing, sources, values: {} });
      this.line = make('p', { class: 'line', 'data-line': '', 'aria-live': 'polite' });
      this.place = make('p', { class: 'place' });
      this.code = make('pre', { 'data-source': '', tabindex: 0, role: 'group' });
      this.marks = [...drawing.querySelectorAll('svg')].map(mark);
      const state = make('dl', { class: 'state' }, ...Object.keys(ROWS).map((name) => this.row(name)));
      const code = make('div', { class: 'code' }, this.place, this.code);
      this.element = make('div', { class: 'side' }, this.line, state, code);
      // A drawing may be higher than its box: so it can be reached by keyboard.
      const label = drawing.querySelector('title').textContent;
      set(drawing, { tabindex: 0, role: 'group', 'aria-label': label });
    }

    /** A row of the state; hidden, if nothing of its kind occurs in the trace. */
    row(name) {
      this.values[name] = make('dd', { [`data-${name}`]: '' });
      const row = make('div', {}, make('dt', {}, ROWS[name]), this.values[name]);
      const occurs = (_, n) => unrolled.fold(this.events, n + 1)[name]?.length;
      row.hidden = name !== 'running' && !this.events.some(occurs);
      return row;
    }

    /** Shows the trace after its first `n` events. */
    show(n) {
      const event = this.events[n - 1];
      const turn = event?.turn ? `turn ${event.turn}` : '';
      const parts = event ? [event.time, turn, event.task ?? 'loop', event.what] : [];
      this.line.textContent = parts.filter(Boolean).join('  ') || 'nothing yet';
      const said = words(unrolled.fold(this.events, n), this.has_loop);
      for (const name in said) this.values[name].replaceChildren(...said[name]);
      this.act(...(event?.at ?? []));
      this.point(n);
    }

    /** Shows the code that acted, its line marked. */
    act(index, row) {
      const source = this.sources[this.items[index]];
      const at = source && source.first + row;
      this.place.textContent = source ? `${source.file}:${at}` : '';
      set(this.code, { 'aria-label': source ? `${source.name}, line ${at}` : 'Source' });
      const line = (text, i) => make('span', { 'data-number': source.first + i }, `${text}\n`);
      this.code.replaceChildren(...(source?.text.split('\n').map(line) ?? []));
      const now = this.code.children[row];
      now?.classList.add('now');
      this.code.scrollTop = now?.offsetTop - this.code.clientHeight / 2;
    }

    /** Moves the marks to event `n`, and what is drawn there into sight. */
    point(n) {
      this.marks.forEach((mark, i) => {
        mark.style.display = n ? '' : 'none';
        set(mark, { transform: `translate(0 ${this.lines[i][n - 1] ?? 0})` });
      });
      const top = (element) => element.getBoundingClientRect().top;
      const shown = this.marks.find((mark) => mark.getBoundingClientRect().height);
      if (shown) this.drawing.scrollTop += top(shown) - top(this.drawing) - this.drawing.clientHeight / 2;
    }
  }

  /** A figure's controls, and where in its traces it is. */
  class Player {
    constructor(figure, data, sources) {
      const drawings = figure.querySelectorAll('.drawing');
      this.figure = figure;
      this.sides = data.sides.map((side, i) => new Side(side, drawings[i], sources));
      this.steps = align(data.sides.map((side) => side.events));
      figure.querySelector('.panel').append(this.controls(), ...this.sides.map((side) => side.element));
      figure.addEventListener('keydown', (event) => this.key(event));
      addEventListener('hashchange', () => this.arrive());
      this.fold = figure.closest('details');
      this.fold?.addEventListener('toggle', () => this.go(this.at));
      this.go(1);
      this.arrive();
    }

    /** The buttons, the slider, and the count. */
    controls() {
      const button = (act) => make('button', { type: 'button', 'data-act': act }, act);
      const buttons = ['start', 'previous', 'play', 'next', 'end'].map(button);
      this.button = buttons[2];
      this.slider = make('input', { type: 'range', min: 1, max: this.steps.length, 'aria-label': 'Step' });
      this.slider.addEventListener('input', () => this.act(Number(this.slider.value)));
      this.count = make('output', { 'data-step': '' });
      const bar = make('div', { class: 'controls' }, ...buttons, this.slider, this.count);
      bar.addEventListener('click', ({ target }) => this.act(target.dataset.act));
      return set(bar, { role: 'group', 'aria-label': 'Step through the trace' });
    }

    /** Shows step `step`, or the nearest that there is. */
    go(step) {
      this.at = Math.min(Math.max(step, 1), this.steps.length);
      this.figure.dataset.at = this.slider.value = this.at;
      this.count.textContent = `${this.at} of ${this.steps.length}`;
      set(this.slider, { 'aria-valuetext': this.count.textContent });
      this.sides.forEach((side, i) => side.show(this.steps[this.at - 1][i]));
      if (this.at === this.steps.length) this.pause();
    }

    /** Goes on by itself. One line a second is too much to have read out. */
    play() {
      if (this.at === this.steps.length) this.go(1);
      this.timer = setInterval(() => this.move(this.at + 1), PACE_MS);
      this.button.textContent = 'pause';
      this.announce('off');
    }

    /** Stops going on by itself. */
    pause() {
      clearInterval(this.timer);
      this.timer = null;
      this.button.textContent = 'play';
      this.announce('polite');
    }

    /** Has the trace's line read out, or not. */
    announce(how) {
      for (const { line } of this.sides) set(line, { 'aria-live': how });
    }

    /** Goes to `step`. The address follows later: a browser bears few changes of it. */
    move(step) {
      this.go(step);
      const address = `#${this.figure.id}&step=${this.at}`;
      clearTimeout(this.late);
      this.late = setTimeout(() => history.replaceState(null, '', address), 300);
    }

    /** Does what a button is called, or goes to a step. */
    act(what) {
      const steps = { start: 1, previous: this.at - 1, next: this.at + 1, end: this.steps.length };
      const plays = this.timer;
      if (!what) return;
      this.pause();
      if (what !== 'play') this.move(steps[what] ?? what);
      else if (!plays) this.play();
    }

    /** A key in a figure is the player's: it turns no page. In code, arrows scroll. */
    key(event) {
      const act = KEYS[event.key];
      if (!act || event.altKey || event.ctrlKey || event.metaKey) return;
      event.stopPropagation();
      if (event.target.closest('[data-source]')) return;
      event.preventDefault();
      this.act(act);
    }

    /** Goes where the address asks. */
    arrive() {
      const [id, step] = location.hash.slice(1).split('&step=');
      if (id !== this.figure.id || !(step > 0)) return;
      if (this.fold) this.fold.open = true;
      this.figure.scrollIntoView();
      this.go(Number(step));
    }
  }

  const figures = [...document.querySelectorAll('figure.player')];
  const data = figures.map((figure) => JSON.parse(figure.querySelector('script').textContent));
  // A page has each item once, in the first figure that needs it.
  const sources = Object.assign({}, ...data.map((one) => one.sources));
  figures.forEach((figure, i) => new Player(figure, data[i], sources));
})();
