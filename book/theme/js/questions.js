'use strict';

/*
 * Questions in the pages: looks whether an answer is right, and says why not.
 *
 * Invariant: everything that is said stands in the page already, in the folded answer.
 * Without this script the questions are whole. It keeps nothing and fetches nothing.
 */

(() => {
    /** The marks that say right and wrong without colour. */
    const MARKS = { right: '✓ Right.', wrong: '✗ Not yet.' };

    /** Says `nodes` under the question, after the mark of `verdict`, if there is one. */
    function say(form, verdict, ...nodes) {
        const said = form.querySelector('.said');
        const mark = document.createElement('strong');
        mark.textContent = MARKS[verdict] ?? '';
        said.dataset.verdict = verdict;
        said.replaceChildren(mark, ' ', ...nodes);
    }

    /** A copy of what the folded answer says about its entry number `at`. */
    function why(form, at) {
        const entry = form.querySelector('.key').children[at];
        return entry.querySelector('.decides').cloneNode(true);
    }

    /** A copy of an event as the page says it. */
    function copyOf(item) {
        return item.firstElementChild.cloneNode(true);
    }

    /** Judges the chosen answer; entry 0 is the right one. */
    function judgeChoice(form) {
        const chosen = form.querySelector('input:checked');
        if (!chosen) return say(form, '', 'Choose one first.');
        const at = Number(chosen.value);
        say(form, at === 0 ? 'right' : 'wrong', why(form, at));
    }

    /** Judges an order by its first wrong place: two events, and when they happen. */
    function judgeOrder(form, list) {
        const items = [...list.children];
        const at = items.findIndex((item, at) => Number(item.dataset.place) !== at);
        if (at < 0) {
            const text = form.querySelector('.why').cloneNode(true);
            return say(form, 'right', ...text.childNodes);
        }
        const placed = Number(items[at].dataset.place);
        say(form, 'wrong',
            `Place ${at + 1}: `, copyOf(items[at]), ' happens ', why(form, placed),
            '. Something else comes before it, ', why(form, at), '.');
    }

    /** Moves an item by one place, and keeps the focus on `button`. */
    function move(form, button, step) {
        const item = button.closest('li');
        const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
        if (!other) return;
        other[step < 0 ? 'before' : 'after'](item);
        button.focus();
        const place = [...item.parentNode.children].indexOf(item) + 1;
        say(form, '', copyOf(item), `: place ${place}`);
    }

    /** Up and down move an item. No arrow key inside turns the book's page. */
    function onKey(form, event) {
        if (!event.key.startsWith('Arrow')) return;
        event.stopPropagation();
        const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
        const button = event.target.closest('.moves button');
        if (!step || !button) return;
        event.preventDefault();
        move(form, button, step);
    }

    /** Makes one question answer. */
    function attach(form) {
        const list = form.querySelector('.events');
        form.addEventListener('submit', (event) => {
            event.preventDefault();
            if (list) judgeOrder(form, list);
            else judgeChoice(form);
        });
        form.addEventListener('keydown', (event) => onKey(form, event));
        form.addEventListener('click', (event) => {
            const button = event.target.closest('.moves button');
            if (button) move(form, button, Number(button.value));
        });
    }

    document.querySelectorAll('form.question').forEach(attach);
})();
