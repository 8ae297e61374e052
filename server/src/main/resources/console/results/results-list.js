import { LitElement, html, nothing } from '../lib/lit/index.js';
import { repeat } from '../lib/lit-html/directives/repeat.js';
import * as icons from '../look/icons.js';
import { answerInWords } from '../look/json-words.js';
import { base } from '../look/styles.js';
import { clock, count } from '../look/words.js';
import { clipStyles } from './clip-styles.js';
import { byClip, keyOf, namesOf, newestFirst, onlyOf } from './clips.js';
import { Following } from './following.js';
import { jsonStyles } from './json-styles.js';
import { questionFilter } from './question-filter.js';
import { rowOf } from './result-row.js';
import { listStyles } from './results-styles.js';

const ORDER_KEY = 'framewise.order';
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
    this.spoken = '';
    /** The question whose answers alone are shown; all of them when it is empty. */
    this.only = '';
    this.width = 0;
    /** @type {Set<string>} ids of the answers whose details are open */
    this.opened = new Set();
  }

  #lastSpoke = 0;
  #rowsBefore = 0;
  #following = new Following(() => this.#scroller);

  /** Rows grow when they first come into view: what was scrolled to then moves away. */
  #grown = new ResizeObserver(([list]) => {
    this.width = list.contentRect.width;
    this.#following.show(this.#followed);
  });

  get #followed() {
    return { newest: this.running || !this.current, atTop: this.newestFirst };
  }

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
      this.#following.unseen = 0;
      this.only = '';
      if (this.rows.length === 0) {
        this.#following.on = true;
      }
    } else {
      this.#following.came(this.rows.length - this.#rowsBefore);
    }
    this.#rowsBefore = this.rows.length;
    this.#speak();
  }

  firstUpdated() {
    this.#grown.observe(/** @type {HTMLElement} */ (this.renderRoot.querySelector('ol')));
    this.#following.addEventListener('change', () => this.requestUpdate());
  }

  updated() {
    this.#following.show(this.#followed);
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

  follow() {
    this.#following.on = true;
    this.requestUpdate();
    this.dispatchEvent(new Event('follow'));
  }

  /**
   * Shows a result and stays there.
   *
   * @param {ResultEvent} result
   */
  reveal(result) {
    this.#following.on = !this.running;
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
        this.#following.on = !this.running;
        this.dispatchEvent(new CustomEvent('seek', { detail: event }));
      }
    }
  }

  /** @param {string} id of the answer whose details are opened or closed */
  #toggle = (id) => {
    const opened = new Set(this.opened);
    if (!opened.delete(id)) {
      opened.add(id);
      this.#following.on = false;
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
      <div class="scroll" tabindex="-1" @scroll=${() => this.#following.scrolled(this.#followed)}>
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
        ${this.#following.on || this.rows.length === 0
          ? nothing
          : html`<button class="follow" @click=${this.follow}>
              ${this.newestFirst ? nothing : icons.down}
              ${this.#following.unseen > 0 ? count(this.#following.unseen, 'new answer') : 'Follow'}
            </button>`}
      </div>
      <div class="only-read" role="status" aria-live="polite">${this.spoken}</div>
    `;
  }

  static styles = [base, listStyles, clipStyles, jsonStyles];
}

customElements.define('fw-results-list', ResultsList);
