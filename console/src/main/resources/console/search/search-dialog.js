import { LitElement, html, nothing } from '../lib/lit/index.js';
import { backendName } from '../look/backend-name.js';
import * as icons from '../look/icons.js';
import { pictureStyles } from '../look/picture-styles.js';
import { base } from '../look/styles.js';
import { clock, when } from '../look/words.js';
import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';
import { PERIODS, partsOf, queryOf } from './search-query.js';
import { searchStyles } from './search-styles.js';

/** @typedef {import('../service/api.js').Api} Api */

/** Delay after a keystroke before searching, in milliseconds. */
const PAUSE_MS = 120;
const PICTURE_WIDTH = 128;

/** Search over the answers of all sessions. A hit opens its picture. */
export class SearchDialog extends LitElement {
  static properties = {
    api: { attribute: false },
    open: { attribute: false },
    backends: { attribute: false },
    typed: { state: true },
    found: { state: true },
    problem: { state: true },
    here: { state: true },
    backend: { state: true },
    outcome: { state: true },
    period: { state: true },
    question: { state: true },
    at: { state: true },
  };

  constructor() {
    super();
    /** @type {Api | undefined} */
    this.api = undefined;
    /** @type {Session | undefined} the session that is open */
    this.open = undefined;
    /** @type {BackendState[]} */
    this.backends = [];
    this.typed = '';
    /** @type {SearchPage | undefined} */
    this.found = undefined;
    /** @type {Problem | undefined} */
    this.problem = undefined;
    /** Whether to search only the open session. */
    this.here = false;
    this.backend = '';
    this.outcome = '';
    this.period = '';
    this.question = '';
    /** Index of the selected hit, counted over all sessions. */
    this.at = 0;
  }

  /** @type {number | undefined} */
  #timer;
  /** Number of the newest request; responses to earlier ones are ignored. */
  #asked = 0;

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
  }

  show() {
    this.#dialog.showModal();
    this.renderRoot.querySelector('input')?.select();
    this.#search();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#search(), PAUSE_MS);
  }

  async #search() {
    const q = queryOf(this.typed);
    const asked = ++this.#asked;
    if (!q || !this.api) {
      this.found = undefined;
      this.problem = undefined;
      return;
    }
    try {
      const found = await this.api.search({
        q,
        session: this.here ? this.open?.session_id : undefined,
        question: this.question || undefined,
        backend: this.backend || undefined,
        ok: this.outcome || undefined,
        from: this.period ? new Date(Date.now() - PERIODS[this.period]).toISOString() : undefined,
      });
      if (asked === this.#asked) {
        this.found = found;
        this.problem = undefined;
        this.at = 0;
      }
    } catch (e) {
      if (asked === this.#asked) {
        this.problem = Problem.of(e);
      }
    }
  }

  get #links() {
    return /** @type {HTMLAnchorElement[]} */ ([...this.renderRoot.querySelectorAll('a.hit')]);
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const links = this.#links;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      this.at = Math.max(0, Math.min(links.length - 1, this.at + (event.key === 'ArrowDown' ? 1 : -1)));
      links[this.at]?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Escape') {
      event.preventDefault(); // it would empty the field first
      this.#dialog.close();
    } else if (event.key === 'Enter' && links[this.at]) {
      event.preventDefault();
      links[this.at].click();
    }
  }

  render() {
    let index = 0;
    const found = this.problem ? [] : (this.found?.sessions ?? []);
    return html`<dialog aria-label="${t('common.searchAnswers')}" @click=${(/** @type {Event} */ e) => {
      if (e.target === this.#dialog) {
        this.#dialog.close();
      }
    }}>
      <div class="field">
        ${icons.search}
        <input
          type="search"
          role="combobox"
          aria-label="${t('common.searchAnswers')}"
          aria-expanded="true"
          aria-controls="hits"
          aria-activedescendant=${this.found?.sessions.length ? `hit-${this.at}` : nothing}
          placeholder="${t('common.searchTheAnswersOfAllSessions')}"
          autofocus
          autocomplete="off"
          spellcheck="false"
          maxlength="190"
          .value=${this.typed}
          @input=${(/** @type {Event} */ e) => {
            this.typed = /** @type {HTMLInputElement} */ (e.target).value;
            this.#soon();
          }}
          @keydown=${this.#pressed}
        />
        <button class="bare" aria-label="${t('common.close')}" @click=${() => this.#dialog.close()}>${icons.close}</button>
      </div>
      ${this.#filters()}
      <div class="found">
        ${this.problem ? html`<p class="none" role="alert">${this.problem.detail}</p>` : nothing}
        <div
          id="hits"
          role=${found.length > 0 ? 'listbox' : nothing}
          aria-label=${found.length > 0 ? t('search.answersFound') : nothing}
          tabindex="-1"
        >
          ${found.map((session) => this.#group(session, () => index++))}
        </div>
        ${this.#hint()}
      </div>
      <p class="only-read" role="status">${this.found ? this.#sum(this.found) : ''}</p>
    </dialog>`;
  }

  #filters() {
    const names = [...new Set(this.found?.sessions.flatMap((s) => s.results.map((r) => r.name ?? '')))].filter(Boolean);
    if (this.question && !names.includes(this.question)) {
      names.push(this.question);
    }
    return html`<div class="filters" role="group" aria-label="${t('search.narrowTheSearch')}">
      ${this.open
        ? html`<button aria-pressed=${String(this.here)} @click=${() => this.#set(() => (this.here = !this.here))}>
            ${t('search.thisSession')}
          </button>`
        : nothing}
      ${this.#choice(t('search.outcome'), this.outcome, [['', t('search.answersAndErrors')], ['true', t('common.answers')], ['false', t('common.errors')]], (v) => (this.outcome = v))}
      ${this.#choice(t('search.time'), this.period, [['', t('search.anyTime')], ['hour', t('search.lastHour')], ['day', t('search.last24Hours')], ['week', t('search.last7Days')]], (v) => (this.period = v))}
      ${this.#choice(t('common.modelProvider'), this.backend, [['', t('search.anyProvider')], ...this.backends.map((b) => /** @type {[string, string]} */ ([b.name, backendName(b.name)]))], (v) => (this.backend = v))}
      ${names.length > 0
        ? this.#choice(t('common.question'), this.question, [['', t('search.anyQuestion')], ...names.map((n) => /** @type {[string, string]} */ ([n, n]))], (v) => (this.question = v))
        : nothing}
      ${this.found ? html`<span class="sum numeric">${this.#sum(this.found)}</span>` : nothing}
    </div>`;
  }

  /** @param {() => void} change */
  #set(change) {
    change();
    this.#search();
  }

  /**
   * @param {string} label
   * @param {string} value
   * @param {[string, string][]} options
   * @param {(value: string) => void} choose
   */
  #choice(label, value, options, choose) {
    return html`<select
      class=${value ? 'on' : ''}
      aria-label=${label}
      @change=${(/** @type {Event} */ e) => this.#set(() => choose(/** @type {HTMLSelectElement} */ (e.target).value))}
    >
      ${options.map(([v, words]) => html`<option value=${v} ?selected=${v === value}>${words}</option>`)}
    </select>`;
  }

  /** @param {SearchPage} found */
  #sum(found) {
    return found.hits === 0
      ? t('search.noMatches')
      : t('search.matchesInSessions', { matches: t('count.matches', { n: found.hits }), sessions: t('count.sessions', { n: found.total }) });
  }

  #hint() {
    if (this.problem || (this.found?.hits ?? 0) > 0) {
      return nothing;
    }
    return this.found
      ? html`<p class="none">${t('search.noAnswerMatchesTryFewerWords')}</p>`
      : html`<p class="none">${t('search.allWordsHaveToBeIn')}</p>`;
  }

  /**
   * @param {SearchPage['sessions'][number]} session
   * @param {() => number} next
   */
  #group(session, next) {
    const live = session.source.type !== 'upload';
    return html`<div class="group" role="group" aria-label=${session.name}>
      <div class="head">
        <strong dir="auto" title=${session.name}>${session.name}</strong>
        <span class="numeric">${t('count.matches', { n: session.hits })}</span>
      </div>
      ${session.results.map((hit) => this.#hit(session, hit, live, next()))}
      ${session.hits > session.results.length
        ? html`<p class="more">${t('search.andEarlierEarlier', { earlier: (session.hits - session.results.length) })}</p>`
        : nothing}
    </div>`;
  }

  /**
   * The picture of a hit; an icon where it is not kept.
   *
   * @param {SearchPage['sessions'][number]} session
   * @param {SearchPage['sessions'][number]['results'][number]} hit
   * @param {boolean} live
   */
  #picture(session, hit, live) {
    // The end of a span of live video is about when its newest picture was looked at.
    const missing = (/** @type {Event} */ e) => /** @type {Element} */ (e.target).classList.toggle('missing', e.type === 'error');
    const which = live ? { time: Date.parse(hit.last_at) } : { at: hit.start_seconds };
    return html`<span class="picture"
      >${live ? icons.live : icons.film}<img
        crossorigin="anonymous"
        loading="lazy"
        decoding="async"
        alt=""
        src=${this.api?.frameUrl(session.session_id, { width: PICTURE_WIDTH, ...which }) ?? nothing}
        @error=${missing}
        @load=${missing}
    /></span>`;
  }

  /**
   * @param {SearchPage['sessions'][number]} session
   * @param {SearchPage['sessions'][number]['results'][number]} hit
   * @param {boolean} live
   * @param {number} index
   */
  #hit(session, hit, live, index) {
    const from = clock(hit.start_seconds);
    const to = clock(hit.end_seconds);
    const facts = [];
    if (hit.name) {
      facts.push(hit.name);
    }
    if (hit.answers > 1) {
      facts.push(t('count.answers', { n: hit.answers }));
    }
    if (live) {
      facts.push(when(hit.last_at));
    }
    return html`<a
      class="hit ${hit.ok ? '' : 'bad'}"
      id="hit-${index}"
      role="option"
      tabindex="-1"
      aria-selected=${String(index === this.at)}
      href="#/session/${session.session_id}?t=${hit.start_seconds}&answer=${hit.seq}"
      @mousemove=${() => (this.at = index)}
      @click=${() => this.#dialog.close()}
    >
      ${this.#picture(session, hit, live)}
      <span class="time numeric">${from === to || hit.answers === 1 ? from : `${from}–${to}`}</span>
      <span class="said" dir="auto">${partsOf(hit.snippet, hit.marks).map(({ text, match }) => (match ? html`<mark>${text}</mark>` : text))}</span>
      <span class="facts numeric">${facts.join(' · ')}</span>
    </a>`;
  }

  static styles = [base, pictureStyles, searchStyles];
}

customElements.define('fw-search-dialog', SearchDialog);
