import { LitElement, html, nothing } from '../lib/lit/index.js';
import { repeat } from '../lib/lit-html/directives/repeat.js';
import * as icons from '../look/icons.js';
import { pictureStyles } from '../look/picture-styles.js';
import { nameOf, sessionNameStyles } from '../look/session-name.js';
import { base } from '../look/styles.js';
import { isRunning } from '../look/words.js';
import { t } from '../messages/messages.js';
import { mayChange } from '../service/access.js';
import { Problem } from '../service/problem.js';
import './delete-dialog.js';
import { ORDERS, inOrder, saveOrder, savedOrder } from './list-order.js';
import { nameForm } from './name-form.js';
import { Selection } from './selection.js';
import { sessionRow } from './session-row.js';
import { sessionsStyles } from './sessions-styles.js';

/** Maximum number of sessions for which no search field is shown. */
const FEW = 5;

/** The list of the service's videos. Dispatches `add`, `more`, `renamed`, and `remove` with the sessions to delete. */
export class SessionsList extends LitElement {
  static properties = {
    api: { attribute: false },
    sessions: { attribute: false },
    selected: { type: String },
    more: { type: Boolean },
    known: { type: Boolean },
    uploading: { attribute: false },
    adds: { type: Boolean },
    renaming: { state: true },
    problem: { state: true },
    order: { state: true },
    filter: { state: true },
    reached: { state: true },
    selection: { state: true },
    selecting: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** @type {Session[]} newest first */
    this.sessions = [];
    this.selected = '';
    this.more = false;
    this.known = false;
    /** @type {File[]} waiting uploads, of which the first is in progress */
    this.uploading = [];
    /** Whether the user may create sessions. */
    this.adds = true;
    /** The id of the session that is being renamed. */
    this.renaming = '';
    /** @type {Problem | undefined} why the name was refused */
    this.problem = undefined;
    this.order = savedOrder();
    this.filter = '';
    /** The id of the session that the Tab key reaches. */
    this.reached = '';
    this.selection = new Selection();
    /** Whether a tap selects, on screens without a mouse. */
    this.selecting = false;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('sessions')) {
      this.selection = this.selection.within(this.sessions.map((s) => s.session_id));
    }
  }

  /** @param {Session[]} sessions to delete, at once unless one of them runs */
  #delete(sessions) {
    if (sessions.some(isRunning)) {
      /** @type {import('./delete-dialog.js').DeleteDialog} */ (
        this.renderRoot.querySelector('fw-delete-dialog')
      ).show(sessions);
    } else if (sessions.length > 0) {
      this.#remove(sessions);
    }
  }

  /** @param {Session[]} sessions */
  async #remove(sessions) {
    const shown = this.#shown();
    const last = shown.findLastIndex((s) => sessions.includes(s));
    const next = [...shown.slice(last + 1), ...shown.slice(0, last + 1).reverse()].find((s) => !sessions.includes(s));
    const focused = this.renderRoot.querySelector('li:focus-within') !== null;
    this.#unselect();
    this.dispatchEvent(new CustomEvent('remove', { detail: sessions }));
    await this.updateComplete;
    if (next && focused) {
      this.#focus(next.session_id);
    }
  }

  #unselect() {
    this.selection = new Selection();
    this.selecting = false;
  }

  get #selected() {
    return this.#shown().filter((s) => this.selection.has(s.session_id));
  }

  /**
   * @param {Session} session
   * @param {boolean} range whether to select all up to it
   */
  #select({ session_id: id }, range) {
    const shown = this.#shown().filter(mayChange).map((s) => s.session_id);
    this.selection = range ? this.selection.upTo(id, shown) : this.selection.toggled(id);
    this.reached = id;
  }

  /** @param {Session} session */
  async #rename(session) {
    this.problem = undefined;
    this.renaming = session.session_id;
    await this.updateComplete;
    /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector('form input'))?.select();
  }

  /** @param {Session} session */
  async #renamed(session) {
    const input = this.renderRoot.querySelector('form input');
    if (!(input instanceof HTMLInputElement) || this.renaming !== session.session_id) {
      return;
    }
    if (input.value.trim() === nameOf(session)) {
      this.#keepName(session);
      return;
    }
    try {
      const now = await this.api?.rename(session.session_id, input.value);
      this.dispatchEvent(new CustomEvent('renamed', { detail: now }));
      this.#keepName(session);
    } catch (e) {
      this.problem = Problem.of(e);
    }
  }

  /** @param {Session} session */
  async #keepName({ session_id: id }) {
    this.renaming = '';
    await this.updateComplete;
    this.#focus(id);
  }

  /** @param {string} id */
  #focus(id) {
    const link = this.renderRoot.querySelector(`[data-session="${id}"] a`);
    if (link instanceof HTMLElement) {
      link.focus();
    }
  }

  /** @param {KeyboardEvent} event */
  #escaped(event) {
    if (event.key === 'Escape' && (this.selection.size > 0 || this.selecting)) {
      event.stopPropagation();
      this.#unselect();
    }
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const at = /** @type {Element} */ (event.target);
    const id = /** @type {HTMLElement | null} */ (at.closest('[data-session]'))?.dataset.session;
    if (!id || !at.matches('a') || event.altKey) {
      return;
    }
    const shown = this.#shown();
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() === 'a') {
        event.preventDefault();
        this.selection = new Selection(shown.filter(mayChange).map((s) => s.session_id), id);
      }
      return;
    }
    const index = shown.findIndex((s) => s.session_id === id);
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: shown.length - 1 }[event.key];
    const session = shown[index];
    if (next !== undefined) {
      event.preventDefault();
      const to = shown[next];
      if (event.shiftKey && mayChange(session)) {
        this.#select(session, this.selection.size > 0);
      }
      if (event.shiftKey && to && mayChange(to)) {
        this.#select(to, true);
      }
      this.#focus(to?.session_id ?? id);
    } else if (event.key.toLowerCase() === 'x' && mayChange(session)) {
      event.preventDefault();
      this.#select(session, event.shiftKey);
    } else if (event.key === 'F2' && mayChange(session)) {
      event.preventDefault();
      this.#rename(session);
    } else if (event.key === 'Delete' && mayChange(session)) {
      event.preventDefault();
      this.#delete(this.selection.size > 0 ? this.#selected : [session]);
    }
  }

  /** @param {FocusEvent} event */
  #focused(event) {
    const row = /** @type {Element} */ (event.target).closest('[data-session]');
    this.reached = /** @type {HTMLElement | null} */ (row)?.dataset.session ?? this.reached;
  }

  #shown() {
    return inOrder(this.sessions, this.order, this.filter);
  }

  render() {
    const shown = this.#shown();
    const reached = [this.reached, this.selected, shown[0]?.session_id].find((id) =>
      shown.some((s) => s.session_id === id),
    );
    return html`
      <nav aria-label="${t('common.videos')}" @keydown=${this.#escaped}>
        <div class="head">
          ${this.selection.size > 0 || this.selecting ? this.#selectedBar() : this.#title()}
          ${this.sessions.length > FEW ? this.#narrow() : nothing}
        </div>
        ${this.uploading.map(
          (file, i) => html`<a class="uploading" href="#/">
            <span class="name">${file.name}</span>
            <span class="status ${i === 0 ? 'streaming' : ''}">${i === 0 ? t('sessions.uploading') : t('common.waiting')}</span>
          </a>`,
        )}
        <ul class=${this.selection.size > 0 || this.selecting ? 'selecting' : ''} @keydown=${this.#pressed} @focusin=${this.#focused}>
          ${repeat(
            shown,
            (s) => s.session_id,
            (s) => 
              s.session_id === this.renaming
                ? nameForm(s, {
                    problem: this.problem,
                    save: () => this.#renamed(s),
                    cancel: () => this.#keepName(s),
                  })
                : this.#row(s, reached),
          )}
        </ul>
        ${this.filter && shown.length === 0
          ? html`<p class="none" role="status">${t('sessions.noVideoMatchesFilter', { filter: this.filter })}</p>`
          : nothing}
        ${this.known && this.sessions.length === 0 && this.uploading.length === 0
          ? html`<p class="none">
              ${this.adds
                ? t('sessions.whatYouAddStaysHereWith')
                : t('sessions.sessionsThatAreSharedWithYou')}
            </p>`
          : nothing}
        ${this.more
          ? html`<button class="quiet" @click=${() => this.dispatchEvent(new Event('more'))}>
              ${t('sessions.showOlderVideos')}
            </button>`
          : nothing}
      </nav>
      <fw-delete-dialog
        @confirm=${(/** @type {CustomEvent<Session[]>} */ e) => this.#remove(e.detail)}
      ></fw-delete-dialog>
    `;
  }

  #title() {
    return html`<div class="title">
      <h2>${t('common.videos')}</h2>
      <span class="gap"></span>
      ${this.sessions.some(mayChange)
        ? html`<button class="quiet touch" @click=${() => (this.selecting = true)}>${t('sessions.select')}</button>`
        : nothing}
      ${this.adds
        ? html`<button @click=${() => this.dispatchEvent(new Event('add'))}>${icons.plus} ${t('sessions.addVideo')}</button>`
        : nothing}
    </div>`;
  }

  #selectedBar() {
    const selected = this.#selected;
    return html`<div class="title selected" role="group" aria-label="${t('sessions.selectedVideos')}">
      <h2 class="numeric"><span role="status">${t('sessions.lengthSelected', { length: selected.length })}</span></h2>
      <span class="gap"></span>
      <button
        aria-label="${t('sessions.deleteTheSelectedVideos')}"
        ?disabled=${selected.length === 0}
        @click=${() => this.#delete(selected)}
      >
        ${icons.trash} ${t('common.delete')}
      </button>
      <button class="bare" aria-label="${t('sessions.cancelTheSelection')}" title="${t('sessions.cancelEsc')}" @click=${this.#unselect}>
        ${icons.close}
      </button>
    </div>`;
  }

  #narrow() {
    return html`<div class="narrow">
      <input
        type="search"
        aria-label="${t('sessions.filterVideos')}"
        placeholder="${t('sessions.filterVideos')}"
        .value=${this.filter}
        @input=${(/** @type {Event} */ e) => (this.filter = /** @type {HTMLInputElement} */ (e.target).value)}
      />
      <select
        aria-label="${t('sessions.sortVideos')}"
        @change=${(/** @type {Event} */ e) => {
          this.order = /** @type {import('./list-order.js').Order} */ (/** @type {HTMLSelectElement} */ (e.target).value);
          saveOrder(this.order);
        }}
      >
        ${ORDERS.map(([order, words]) => html`<option value=${order} ?selected=${order === this.order}>${words}</option>`)}
      </select>
    </div>`;
  }

  /**
   * @param {Session} s
   * @param {string | undefined} reached
   */
  #row(s, reached) {
    return sessionRow(s, {
      chosen: s.session_id === this.selected,
      reached: s.session_id === reached,
      api: this.api,
      selected: this.selection.has(s.session_id),
      selecting: this.selection.size > 0 || this.selecting,
      rename: (session) => this.#rename(session),
      remove: (session) => this.#delete([session]),
      select: (session, range) => this.#select(session, range),
    });
  }

  static styles = [base, sessionNameStyles, pictureStyles, sessionsStyles];
}

customElements.define('fw-sessions-list', SessionsList);
