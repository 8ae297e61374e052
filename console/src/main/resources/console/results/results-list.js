import { LitElement, html, nothing } from '../lib/lit/index.js';
import { repeat } from '../lib/lit-html/directives/repeat.js';
import * as icons from '../look/icons.js';
import { answerInWords } from '../look/json-words.js';
import { base } from '../look/styles.js';
import { clock } from '../look/words.js';
import { t } from '../messages/messages.js';
import { clipStyles } from './clip-styles.js';
import { keyOf, namesOf } from './clips.js';
import { Decimals } from './decimals.js';
import { columnsOf, fieldsHead, fieldsOf } from './field-columns.js';
import { findBar } from './find-bar.js';
import { answersOf } from './folds.js';
import { foldStyles } from './fold-styles.js';
import { Following } from './following.js';
import { FoundRows } from './found-rows.js';
import { jsonStyles } from './json-styles.js';
import { LongList } from './long-list.js';
import { questionFilter } from './question-filter.js';
import { rowOf } from './result-row.js';
import { RowElements } from './row-elements.js';
import { listStyles } from './results-styles.js';

const ORDER_KEY = 'framewise.order';
const FOLD_KEY = 'framewise.fold';
/** Minimum interval between answers announced to a screen reader. */
const SAY_EVERY_MS = 4000;
/** Minimum width of a column, in pixels. */
const COLUMN_PX = 140;
const TIME_PX = 60;
/** Phones in portrait have no columns. */
const COLUMNS_FROM_PX = 400;

/**
 * The answers. Follows the newest while the session runs, otherwise the one that belongs to the picture. After the user
 * scrolls away, following continues at the end of the list or on "Follow". Dispatches `seek` with a result, `follow`
 * and `earlier`.
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
    folds: { state: true },
    which: { state: true },
    words: { state: true },
    frameUrl: { attribute: false },
    tell: { attribute: false },
  };

  constructor() {
    super();
    /** @type {import('../session/rows.js').Row[]} */
    this.rows = [];
    /** @type {PartialEvent[]} answers that are being written */
    this.growing = [];
    /** @type {string[]} names of the questions, in their order */
    this.order = [];
    /** @type {(result: ResultEvent) => string | undefined} the preferred back end, if another one answered */
    this.insteadOf = () => undefined;
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** @type {ResultEvent | undefined} */
    this.current = undefined;
    this.running = false;
    this.live = false;
    this.loading = false;
    this.earlier = false;
    // New answers must be visible on a phone without scrolling.
    this.newestFirst = (localStorage.getItem(ORDER_KEY) ?? (matchMedia('(max-width: 800px)').matches ? 'newest' : '')) === 'newest';
    this.spoken = '';
    /** The only question whose answers are shown; empty for all. */
    this.only = '';
    this.width = 0;
    /** @type {Set<string>} ids of the answers whose details are open */
    this.opened = new Set();
    /** Whether repeats are folded. */
    this.folds = localStorage.getItem(FOLD_KEY) !== 'off';
    /** @type {import('./find-bar.js').Which} */
    this.which = 'all';
    this.words = '';
    /** @type {((seconds: number, result?: ResultEvent) => string) | undefined} the picture at a time of the answer's run */
    this.frameUrl = undefined;
    /** @type {((result: ResultEvent) => void) | undefined} makes a watch of an answer */
    this.tell = undefined;
  }

  #lastSpoke = 0;
  #rowsBefore = 0;
  #errors = 0;
  #following = new Following(() => this.#scroller);
  #visible = new LongList(this);
  #elements = new RowElements();
  #found = new FoundRows();
  #decimals = new Decimals();

  /** Rows grow when they first become visible, which moves the row that was scrolled to. */
  #grown = new ResizeObserver(([list]) => {
    this.width = list.contentRect.width;
    this.#visible.scrolled();
    this.#following.show(this.#followed);
  });

  /** Renders the current row where it is followed and far from the screen. */
  #approach() {
    const { current } = this;
    if (!this.#visible.long || !this.#following.on || this.#followed.newest || !current) {
      return;
    }
    const at = this.#shown().findIndex((row) => answersOf(row).includes(current));
    if (at >= 0 && (at < this.#visible.from || at >= this.#visible.to)) {
      this.#following.to(this.#visible.offsetOf(at) - this.#scroller.clientHeight / 2);
      this.#visible.scrolled();
    }
  }

  get #followed() {
    return { newest: this.running || !this.current, atTop: this.newestFirst };
  }

  get #scroller() {
    return /** @type {HTMLElement} */ (this.renderRoot.querySelector('.scroll'));
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.get('loading') === true && !this.loading) {
      this.#following.on = true; // even if rows moved while they were loaded
    }
    if (!changed.has('rows')) {
      return;
    }
    const before = /** @type {typeof this.rows | undefined} */ (changed.get('rows')) ?? [];
    if (!this.rows.some((row) => row.seq === before[0]?.seq)) {
      this.#following.unseen = 0;
      this.only = '';
      this.which = 'all';
      this.words = '';
      if (this.rows.length === 0) {
        this.#following.on = true;
      }
    } else {
      this.#following.came(this.running ? this.rows.length - this.#rowsBefore : 0);
    }
    this.#rowsBefore = this.rows.length;
    this.#errors = this.rows.filter((row) => row.kind === 'result' && !row.event.ok).length;
    this.#speak();
  }

  firstUpdated() {
    this.#grown.observe(/** @type {HTMLElement} */ (this.renderRoot.querySelector('ol')));
    this.#following.addEventListener('change', () => this.requestUpdate());
  }

  updated() {
    this.#approach();
    this.#following.show(this.#followed);
    this.#visible.scrolled();
  }

  #speak() {
    const last = this.rows.findLast((row) => row.kind === 'result');
    const now = performance.now();
    if (this.running && last?.kind === 'result' && now - this.#lastSpoke > SAY_EVERY_MS) {
      this.#lastSpoke = now;
      const { clip, ok, result, error, name } = last.event;
      this.spoken = t(name ? 'results.spokenOfName' : 'results.spoken', {
        name,
        time: clock(clip.start_seconds),
        answer: ok ? answerInWords(result, ', ') : t('results.failedMessage', { message: error?.message }),
      });
    }
  }

  follow() {
    this.#following.on = true;
    this.requestUpdate();
    this.dispatchEvent(new Event('follow'));
  }

  /**
   * Scrolls to a result and stops following.
   *
   * @param {ResultEvent} result
   * @param {boolean} [focus] whether to move the focus to it from another answer
   */
  reveal(result, focus = true) {
    this.#following.on = !this.running;
    const focused = focus && /** @type {ShadowRoot} */ (this.renderRoot).activeElement !== null;
    const at = this.#shown().findIndex((row) => answersOf(row).includes(result));
    if (at >= 0 && this.#visible.long && !this.#rowOf(result)) {
      this.#visible.around(at);
      this.requestUpdate();
      this.updateComplete.then(() => this.#show(result, focused));
      return;
    }
    this.#show(result, focused);
  }

  /**
   * @param {ResultEvent} result
   * @param {boolean} focused
   */
  #show(result, focused) {
    const row = this.#rowOf(result);
    row?.scrollIntoView({ block: 'nearest' });
    if (focused) {
      row?.querySelector('button')?.focus();
    }
  }

  /** @param {ResultEvent} result */
  #rowOf(result) {
    const own = this.renderRoot.querySelector(`li[data-seq="${result.seq}"], li:has([data-result="${result.seq}"])`);
    const fold = this.#shown().find((row) => row.kind === 'fold' && answersOf(row).includes(result));
    return own ?? (fold ? this.renderRoot.querySelector(`li[data-seq="${fold.seq}"]`) : null);
  }

  #fold() {
    this.folds = !this.folds;
    localStorage.setItem(FOLD_KEY, this.folds ? 'on' : 'off');
  }

  #scrolled() {
    // Rows that are being loaded move those on the screen.
    if (!this.loading) {
      this.#following.scrolled(this.#followed);
    }
    this.#visible.scrolled();
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
      const event = row ? answersOf(row)[0] : undefined;
      if (event) {
        this.#following.on = !this.running;
        this.dispatchEvent(new CustomEvent('seek', { detail: event }));
      }
    }
  }

  /** @param {string} id of the answer to expand or collapse */
  #toggle = (id) => {
    const opened = new Set(this.opened);
    if (!opened.delete(id)) {
      opened.add(id);
      this.#following.on = false;
    }
    this.opened = opened;
  };

  /** Names of the present or last questions that are asked side by side. */
  get #names() {
    const several = this.order.length > 1; // then a single prompt is that of a look-back
    const asked = this.rows.findLast((row) => row.kind === 'questions' || (row.kind === 'prompt' && !several));
    return asked?.kind === 'questions' ? namesOf(asked, this.order) : [];
  }

  /** All rows, also those that are not rendered because they are far from the screen. */
  #shown() {
    return this.#found.of(this);
  }

  /** Number of the row that has the focus, if any. */
  get #focused() {
    const row = /** @type {ShadowRoot} */ (this.renderRoot).activeElement?.closest('li');
    return row instanceof HTMLElement ? Number(row.dataset.seq) : undefined;
  }

  render() {
    const names = this.#names;
    const rows = this.#shown();
    const visible = this.#visible;
    visible.keys = rows.map(keyOf);
    const rendered = visible.long ? rows.slice(visible.from, visible.to) : rows;
    const elementOf = this.#elements.of(rendered.map((row) => ({ seq: row.seq, kind: row.kind, key: keyOf(row) })), this.#focused);
    const showing = {
      current: this.current,
      live: this.live,
      wide: (/** @type {number} */ columns) => 
        this.width >= Math.max(COLUMNS_FROM_PX, TIME_PX + columns * COLUMN_PX),
      opened: this.opened,
      toggle: this.#toggle,
      insteadOf: this.insteadOf,
      api: this.api,
      decimals: this.#decimals.of(this.rows),
      frameUrl: this.frameUrl,
      tell: this.tell,
    };
    const fields = fieldsOf(this.rows, this.width);
    const answered = this.rows.some((row) => row.kind === 'result');
    const button = html`<div class="more">
      <button class="quiet" @click=${() => this.dispatchEvent(new Event('earlier'))}>
        ${t('results.showEarlierAnswers')}
      </button>
    </div>`;
    return html`
      ${answered
        ? findBar(
            { which: this.which, words: this.words, errors: this.#errors },
            (which) => (this.which = which),
            (words) => (this.words = words),
          )
        : nothing}
      ${questionFilter(names, this.only, (name) => (this.only = name))}
      <div
        class="scroll ${rows.some((row) => row.kind === 'fold') ? 'folded' : ''} ${fields.length > 0 ? 'table' : ''}"
        style="--fields: ${columnsOf(fields)}"
        tabindex="-1" @scroll=${this.#scrolled}>
        ${fieldsHead(fields)} ${this.earlier && !this.newestFirst ? button : nothing}
        <ol class=${visible.long ? 'long' : ''} aria-label="${t('common.answers')}" aria-busy=${String(this.loading)} @click=${this.#chosen}>
          ${visible.before()}
          ${repeat(rendered, (row) => elementOf(keyOf(row)), (row) => rowOf(row, showing))}
          ${visible.after()}
        </ol>
        ${this.earlier && this.newestFirst ? button : nothing}
        ${rows.length === 0 && !answered ? html`<slot name="empty"></slot>` : nothing}
        ${answered && !rows.some((row) => answersOf(row).length > 0)
          ? html`<p class="more" role="status">${t('results.noAnswerMatchesTheFilter')}</p>`
          : nothing}
      </div>
      <div class="tools">
        <button
          class="quiet small"
          aria-pressed=${String(this.newestFirst)}
          @click=${this.#reorder}
        >
          ${t('results.newestFirst')}
        </button>
        <button class="quiet small" aria-pressed=${String(this.folds)} @click=${this.#fold}>${t('results.groupRepeats')}</button>
        <span class="gap"></span>
        ${this.#following.on || this.rows.length === 0
          ? nothing
          : html`<button class="follow" @click=${this.follow}>
              ${this.newestFirst ? nothing : icons.down}
              ${this.#following.unseen > 0 ? t('count.newAnswers', { n: this.#following.unseen }) : t('results.follow')}
            </button>`}
      </div>
      <div class="only-read" role="status" aria-live="polite">${this.spoken}</div>
    `;
  }

  static styles = [base, listStyles, clipStyles, jsonStyles, foldStyles];
}

customElements.define('fw-results-list', ResultsList);
