import { LitElement, html, nothing } from '../lib/lit/index.js';
import { repeat } from '../lib/lit-html/directives/repeat.js';
import * as icons from '../look/icons.js';
import { nameOf, sessionNameStyles } from '../look/session-name.js';
import { base } from '../look/styles.js';
import { count, isLive } from '../look/words.js';
import { mayChange } from '../service/access.js';
import { Problem } from '../service/problem.js';
import { ORDERS, inOrder, saveOrder, savedOrder } from './list-order.js';
import { sessionRow } from './session-row.js';
import { sessionsStyles } from './sessions-styles.js';

/** Maximum number of sessions for which no search field is shown. */
const FEW = 5;
const LONGEST_NAME = 200;

/** The list of the service's videos. Dispatches `add`, `more`, `renamed` and `remove`. */
export class SessionsList extends LitElement {
  static properties = {
    api: { attribute: false },
    sessions: { attribute: false },
    selected: { type: String },
    more: { type: Boolean },
    known: { type: Boolean },
    uploading: { attribute: false },
    adds: { type: Boolean },
    deleting: { state: true },
    renaming: { state: true },
    problem: { state: true },
    order: { state: true },
    filter: { state: true },
    reached: { state: true },
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
    /** @type {Session | undefined} */
    this.deleting = undefined;
    /** The id of the session that is being renamed. */
    this.renaming = '';
    /** @type {Problem | undefined} why the name was refused */
    this.problem = undefined;
    this.order = savedOrder();
    this.filter = '';
    /** The id of the session that the Tab key reaches. */
    this.reached = '';
  }

  /** @param {Session} session */
  #ask(session) {
    this.deleting = session;
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  #close() {
    this.renderRoot.querySelector('dialog')?.close();
  }

  #remove() {
    this.#close();
    this.dispatchEvent(new CustomEvent('remove', { detail: this.deleting }));
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
  #pressed(event) {
    const at = /** @type {Element} */ (event.target);
    const id = /** @type {HTMLElement | null} */ (at.closest('[data-session]'))?.dataset.session;
    if (!id || !at.matches('a') || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const shown = this.#shown();
    const index = shown.findIndex((s) => s.session_id === id);
    const next = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: shown.length - 1 }[event.key];
    const session = shown[index];
    if (next !== undefined) {
      event.preventDefault();
      this.#focus(shown[next]?.session_id ?? id);
    } else if (event.key === 'F2' && mayChange(session)) {
      event.preventDefault();
      this.#rename(session);
    } else if (event.key === 'Delete' && mayChange(session)) {
      event.preventDefault();
      this.#ask(session);
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
      <nav aria-label="Videos">
        <div class="head">
          <div class="title">
            <h2>Videos</h2>
            ${this.adds
              ? html`<button @click=${() => this.dispatchEvent(new Event('add'))}>${icons.plus} Add video</button>`
              : nothing}
          </div>
          ${this.sessions.length > FEW ? this.#narrow() : nothing}
        </div>
        ${this.uploading.map(
          (file, i) => html`<a class="uploading" href="#/">
            <span class="name">${file.name}</span>
            <span class="status ${i === 0 ? 'streaming' : ''}">${i === 0 ? 'Uploading' : 'Waiting'}</span>
          </a>`,
        )}
        <ul @keydown=${this.#pressed} @focusin=${this.#focused}>
          ${repeat(
            shown,
            (s) => s.session_id,
            (s) => (s.session_id === this.renaming ? this.#nameForm(s) : this.#row(s, reached)),
          )}
        </ul>
        ${this.filter && shown.length === 0
          ? html`<p class="none" role="status">No video matches “${this.filter}”.</p>`
          : nothing}
        ${this.known && this.sessions.length === 0
          ? html`<p class="none">
              ${this.adds
                ? 'What you add stays here, with its answers, until you delete it.'
                : 'Sessions that are shared with you appear here.'}
            </p>`
          : nothing}
        ${this.more
          ? html`<button class="quiet" @click=${() => this.dispatchEvent(new Event('more'))}>
              Show older videos
            </button>`
          : nothing}
      </nav>
      ${this.#dialog()}
    `;
  }

  #narrow() {
    return html`<div class="narrow">
      <input
        type="search"
        aria-label="Filter videos"
        placeholder="Filter videos"
        .value=${this.filter}
        @input=${(/** @type {Event} */ e) => (this.filter = /** @type {HTMLInputElement} */ (e.target).value)}
      />
      <select
        aria-label="Sort videos"
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
      rename: (session) => this.#rename(session),
      remove: (session) => this.#ask(session),
    });
  }

  /** @param {Session} s */
  #nameForm(s) {
    return html`<li class="chosen" data-session=${s.session_id}>
      <form
        @submit=${(/** @type {Event} */ e) => {
          e.preventDefault();
          this.#renamed(s);
        }}
      >
        <input
          aria-label="Name"
          maxlength=${LONGEST_NAME}
          placeholder=${s.filename}
          .value=${nameOf(s)}
          @keydown=${(/** @type {KeyboardEvent} */ e) => {
            if (e.key === 'Escape') {
              e.stopPropagation();
              this.#keepName(s);
            }
          }}
          @blur=${() => this.#renamed(s)}
        />
        ${this.problem ? html`<p role="alert">${this.problem.detail}</p>` : nothing}
      </form>
    </li>`;
  }

  #dialog() {
    const name = this.deleting ? nameOf(this.deleting) : '';
    return html`<dialog aria-labelledby="delete-title">
      <h2 id="delete-title">Delete ${name}?</h2>
      <p>${this.#whatGoes()} will be permanently deleted.</p>
      <div class="buttons">
        <button autofocus @click=${this.#close}>Keep it</button>
        <button class="danger" @click=${this.#remove}>Delete</button>
      </div>
    </dialog>`;
  }

  #whatGoes() {
    const answers = this.deleting?.counters?.results ?? 0;
    if (this.deleting && isLive(this.deleting)) {
      return answers > 0 ? `The stream's ${count(answers, 'answer')}` : 'The stream';
    }
    return `The video${answers > 0 ? ` and its ${count(answers, 'answer')}` : ''}`;
  }

  static styles = [base, sessionNameStyles, sessionsStyles];
}

customElements.define('fw-sessions-list', SessionsList);
