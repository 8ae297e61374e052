import { LitElement, html, nothing } from '../lib/lit/index.js';
import { repeat } from '../lib/lit-html/directives/repeat.js';
import * as icons from '../look/icons.js';
import { answerInWords } from '../look/json-words.js';
import { base } from '../look/styles.js';
import { clock, count } from '../look/words.js';
import { clipStyles, listStyles } from './results-styles.js';
import { byClip, keyOf, namesOf, newestFirst, onlyOf } from './clips.js';
import { jsonStyles } from './json-styles.js';
import { questionFilter } from './question-filter.js';
import { rowOf } from './result-row.js';

const ORDER_KEY = 'framewise.order';
const AT_END_WITHIN = 48;
/** A screen reader hears at most one answer in this time. */
const SAY_EVERY_MS = 4000;
/** Narrower than this a column is no pleasure to read. */
const COLUMN_PX = 140;
const TIME_PX = 60;
/** A phone held upright has no columns. */
const COLUMNS_FROM_PX = 400;

/**
 * The answers. It follows by itself: the newest while the session runs, else the one that belongs to
 * the picture. A person who scrolls is left alone until they come back to the end or press "Follow".
 * Dispatches `seek` with a result, `follow` and `earlier`.
 */
export class ResultsList extends LitElement {
  static properties = {
    rows: { attribute: false },
    growing: { attribute: false },
    order: { attribute: false },
    insteadOf: { attribute: false },
    api: { attribute: false },
    current: { attribute: false },
    running: { type: Boolean },
    live: { type: Boolean },
    loading: { type: Boolean },
    earlier: { type: Boolean },
    newestFirst: { state: true },
    following: { state: true },
    unseen: { state: true },
    spoken: { state: true },
    only: { state: true },
    width: { state: true },
    opened: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../session/rows.js').Row[]} */
    this.rows = [];
    /** @type {PartialEvent[]} answers that are being written */
    this.growing = [];
    /** @type {string[]} names of the questions, as they were asked */
    this.order = [];
    /** @type {(result: ResultEvent) => string | undefined} who was asked and did not answer */
    this.insteadOf = () => undefined;
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** @type {ResultEvent | undefined} */
    this.current = undefined;
    this.running = false;
    this.live = false;
    this.loading = false;
    this.earlier = false;
    this.newestFirst = localStorage.getItem(ORDER_KEY) === 'newest';
    this.following = true;
    this.unseen = 0;
    this.spoken = '';
    /** The question whose answers alone are shown; all of them when it is empty. */
    this.only = '';
    this.width = 0;
    /** @type {Set<string>} ids of the answers whose details are open */
    this.opened = new Set();
  }

  #lastSpoke = 0;
  #rowsBefore = 0;
  /** The scroll event that comes next is ours. */
  #scrolling = false;

  /** Rows grow when they first come into view: what was scrolled to then moves away. */
  #grown = new ResizeObserver(([list]) => {
    this.width = list.contentRect.width;
    if (this.following) {
      this.#showFollowed();
    }
  });

  get #scroller() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector('.scroll'));
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (!changed.has('rows')) {
      return;
    }
    const before = /** @type {typeof this.rows | undefined} */ (changed.get('rows')) ?? [];
    if (this.rows.length === 0 || before[0]?.seq !== this.rows[0].seq) {
      this.unseen = 0;
      this.only = '';
      if (this.rows.length === 0) {
        this.following = true;
      }
    } else if (!this.following) {
      this.unseen += Math.max(0, this.rows.length - this.#rowsBefore);
    }
    this.#rowsBefore = this.rows.length;
    this.#speak();
  }

  firstUpdated() {
    this.#grown.observe(/** @type {HTMLElement} */ (this.renderRoot.querySelector('ol')));
  }

  updated() {
    if (this.following) {
      this.#showFollowed();
    }
  }

  #speak() {
    const last = this.rows.findLast((row) => row.kind === 'result');
    const now = performance.now();
    if (this.running && last?.kind === 'result' && now - this.#lastSpoke > SAY_EVERY_MS) {
      this.#lastSpoke = now;
      const { clip, ok, result, error, name } = last.event;
      this.spoken = `${name ? `${name}, a` : 'A'}t ${clock(clip.start_seconds)}: ${ok ? answerInWords(result, ', ') : `failed, ${error?.message}`}`;
    }
  }

  #showFollowed() {
    const scroller = this.#scroller;
    if (this.running || !this.current) {
      this.#scrollTo(this.newestFirst ? 0 : scroller.scrollHeight);
      return;
    }
    const row = scroller.querySelector('.current');
    if (row instanceof HTMLElement) {
      const top = row.offsetTop - scroller.offsetTop;
      const visible =
        top >= scroller.scrollTop + 48 &&
        top + row.offsetHeight <= scroller.scrollTop + scroller.clientHeight - 24;
      if (!visible) {
        this.#scrollTo(top - scroller.clientHeight / 2 + row.offsetHeight / 2);
      }
    }
  }

  /** @param {number} top */
  #scrollTo(top) {
    const scroller = this.#scroller;
    const before = scroller.scrollTop;
    scroller.scrollTop = top;
    // Two of ours before the event of the first is there make one event.
    this.#scrolling ||= scroller.scrollTop !== before;
  }

  #scrolled() {
    if (this.#scrolling) {
      this.#scrolling = false;
      return;
    }
    if (this.running || !this.current) {
      const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
      const away = this.newestFirst ? scrollTop : scrollHeight - clientHeight - scrollTop;
      this.following = away < AT_END_WITHIN;
    } else {
      this.following = false;
    }
    if (this.following) {
      this.unseen = 0;
    }
  }

  follow() {
    this.following = true;
    this.unseen = 0;
    this.dispatchEvent(new Event('follow'));
  }

  /**
   * Shows a result and stays there.
   *
   * @param {ResultEvent} result
   */
  reveal(result) {
    this.following = !this.running;
    const row = this.renderRoot.querySelector(
      `[data-seq="${result.seq}"], li:has([data-result="${result.seq}"])`,
    );
    row?.scrollIntoView({ block: 'nearest' });
    if (/** @type {ShadowRoot} */ (this.renderRoot).activeElement) {
      row?.querySelector('button')?.focus();
    }
  }

  #reorder() {
    this.newestFirst = !this.newestFirst;
    localStorage.setItem(ORDER_KEY, this.newestFirst ? 'newest' : 'oldest');
    this.follow();
  }

  /** @param {Event} event */
  #chosen(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest('[data-start]');
    if (button instanceof HTMLElement) {
      const seq = Number(button.closest('li')?.dataset.seq);
      const row = this.#shown().find((r) => r.seq === seq);
      const event =
        row?.kind === 'clip' ? [...row.cells.values()][0] : row?.kind === 'result' ? row.event : undefined;
      if (event) {
        this.following = !this.running;
        this.dispatchEvent(new CustomEvent('seek', { detail: event }));
      }
    }
  }

  /** @param {string} id of the answer whose details are opened or closed */
  #toggle = (id) => {
    const opened = new Set(this.opened);
    if (!opened.delete(id)) {
      opened.add(id);
      this.following = false;
    }
    this.opened = opened;
  };

  /** The questions that are asked side by side now or were last, by their names. */
  get #names() {
    const asked = this.rows.findLast((row) => row.kind === 'prompt' || row.kind === 'questions');
    return asked?.kind === 'questions' ? namesOf(asked, this.order) : [];
  }

  #shown() {
    const growing = this.growing.map((event) => ({
      kind: /** @type {const} */ ('growing'),
      seq: Number.MAX_SAFE_INTEGER,
      event,
    }));
    const all = [...this.rows, ...growing];
    const rows = this.only ? onlyOf(all, this.only) : byClip(all, this.order);
    return this.newestFirst ? newestFirst(rows) : rows;
  }

  render() {
    const names = this.#names;
    const rows = this.#shown();
    const showing = {
      current: this.current,
      live: this.live,
      wide: (/** @type {number} */ columns) => 
        this.width >= Math.max(COLUMNS_FROM_PX, TIME_PX + columns * COLUMN_PX),
      opened: this.opened,
      toggle: this.#toggle,
      insteadOf: this.insteadOf,
      api: this.api,
    };
    const button = html`<div class="more">
      <button class="quiet" @click=${() => this.dispatchEvent(new Event('earlier'))}>
        Show earlier answers
      </button>
    </div>`;
    return html`
      ${questionFilter(names, this.only, (name) => (this.only = name))}
      <div class="scroll" tabindex="-1" @scroll=${this.#scrolled}>
        ${this.earlier && !this.newestFirst ? button : nothing}
        <ol aria-label="Answers" aria-busy=${String(this.loading)} @click=${this.#chosen}>
          ${repeat(
            rows,
            keyOf,
            (row) => rowOf(row, showing),
          )}
        </ol>
        ${this.earlier && this.newestFirst ? button : nothing}
        ${rows.length === 0 ? html`<slot name="empty"></slot>` : nothing}
      </div>
      <div class="tools">
        <button
          class="quiet small"
          aria-pressed=${String(this.newestFirst)}
          @click=${this.#reorder}
        >
          Newest first
        </button>
        ${this.following || this.rows.length === 0
          ? nothing
          : html`<button class="follow" @click=${this.follow}>
              ${this.newestFirst ? nothing : icons.down}
              ${this.unseen > 0 ? count(this.unseen, 'new answer') : 'Follow'}
            </button>`}
      </div>
      <div class="only-read" role="status" aria-live="polite">${this.spoken}</div>
    `;
  }

  static styles = [base, listStyles, clipStyles, jsonStyles];
}

customElements.define('fw-results-list', ResultsList);
