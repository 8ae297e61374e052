import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { sessionName, sessionNameStyles } from '../look/session-name.js';
import { base } from '../look/styles.js';
import { mayChange } from '../service/access.js';
import { clock, count, isLive, isRunning, statusWords, when } from '../look/words.js';

/** The videos that the service has, newest first. Dispatches `add`, `more` and `remove`. */
export class SessionsList extends LitElement {
  static properties = {
    sessions: { attribute: false },
    selected: { type: String },
    more: { type: Boolean },
    known: { type: Boolean },
    uploading: { attribute: false },
    adds: { type: Boolean },
    deleting: { state: true },
  };

  constructor() {
    super();
    /** @type {Session[]} */
    this.sessions = [];
    this.selected = '';
    this.more = false;
    this.known = false;
    /** @type {File | undefined} a video on its way */
    this.uploading = undefined;
    /** Whoever looks makes sessions. */
    this.adds = true;
    /** @type {Session | undefined} */
    this.deleting = undefined;
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

  render() {
    return html`
      <nav aria-label="Videos">
        <div class="head">
          <h2>Videos</h2>
          ${this.adds
            ? html`<button @click=${() => this.dispatchEvent(new Event('add'))}>${icons.plus} Add video</button>`
            : nothing}
        </div>
        ${this.uploading
          ? html`<a class="uploading" href="#/">
              <span class="name">${this.uploading.name}</span>
              <span class="status streaming">Uploading</span>
            </a>`
          : nothing}
        <ul>
          ${this.sessions.map((s) => this.#row(s))}
        </ul>
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

  /** @param {Session} s */
  #row(s) {
    const chosen = s.session_id === this.selected;
    const facts = [when(s.created_at)];
    if (s.video?.duration_seconds) {
      facts.unshift(clock(s.video.duration_seconds));
    }
    if (s.counters?.results) {
      facts.push(count(s.counters.results, 'answer'));
    }
    return html`<li class=${chosen ? 'chosen' : ''}>
      <a href="#/session/${s.session_id}" aria-current=${chosen ? 'page' : nothing}>
        ${sessionName(s)}
        <span class="status ${isRunning(s) || s.status === 'failed' ? s.status : ''}"
          >${isLive(s) && isRunning(s) ? html`<b>Live</b> ` : nothing}${statusWords(s)}</span
        >
        <span class="facts numeric"
          >${isLive(s) && !isRunning(s)
            ? html`<span class="kind" role="img" aria-label="Live stream" title="Live stream"
                >${icons.live}</span
              > `
            : nothing}${facts.filter(Boolean).join(' · ')}</span>
      </a>
      ${mayChange(s)
        ? html`<button class="bare" aria-label="Delete ${s.filename}" title="Delete" @click=${() => this.#ask(s)}>
            ${icons.trash}
          </button>`
        : nothing}
    </li>`;
  }

  #dialog() {
    return html`<dialog aria-labelledby="delete-title">
      <h2 id="delete-title">Delete ${this.deleting?.filename}?</h2>
      <p>
        ${this.#whatGoes()} will be gone from the service for good.
      </p>
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

  static styles = [
    base,
    sessionNameStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
      }
      .head {
        position: sticky;
        top: 0;
        z-index: 1;
        background: var(--ground);
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-height: 48px;
        padding: 0 4px 0 12px;
      }
      h2 {
        font-size: 14px;
        font-weight: 600;
      }
      .head button {
        min-height: 30px;
        padding: 0 10px 0 8px;
        font-size: 12px;
      }
      nav {
        flex: 1;
        min-height: 0;
        padding: 0 8px 16px;
        overflow-y: auto;
        scrollbar-width: thin;
        scrollbar-color: var(--line-strong) transparent;
      }
      nav > button {
        width: 100%;
        color: var(--soft);
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        position: relative;
        margin-bottom: 1px;
        border-radius: var(--radius-small);
      }
      li:hover {
        background: var(--hover);
      }
      li.chosen {
        background: var(--raised);
        box-shadow: inset 0 0 0 1px var(--line);
      }
      a {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 1px 8px;
        padding: 8px 12px;
        border-radius: var(--radius-small);
        text-decoration: none;
      }
      .name {
        font-weight: 500;
      }
      .status,
      .facts {
        color: var(--soft);
        font-size: 12px;
      }
      .facts {
        grid-column: 1 / -1;
        padding-right: 28px;
      }
      .streaming,
      .waiting {
        color: var(--now);
        font-weight: 500;
      }
      .status b {
        margin-right: 3px;
        padding: 0 4px;
        border: 1px solid currentColor;
        border-radius: 3px;
        font-size: 11px;
        font-weight: 600;
      }
      .kind .icon {
        display: inline-block;
        width: 13px;
        height: 13px;
        margin-right: 2px;
        vertical-align: -2px;
      }
      .failed {
        color: var(--bad);
      }
      li .bare {
        position: absolute;
        right: 5px;
        bottom: 3px;
        width: 28px;
        min-height: 28px;
        opacity: 0;
      }
      li:hover .bare,
      li:focus-within .bare,
      li .bare:focus-visible {
        opacity: 1;
      }
      @media (hover: none) {
        li .bare {
          opacity: 1;
        }
      }
      .none {
        padding: 4px 12px;
        color: var(--soft);
        font-size: 13px;
      }
      dialog {
        padding: 20px 24px;
      }
      dialog h2 {
        margin-bottom: 8px;
        font-size: 16px;
        overflow-wrap: anywhere;
      }
      .buttons {
        display: flex;
        justify-content: flex-end;
        gap: 8px;
        margin-top: 20px;
      }
    `,
  ];
}

customElements.define('fw-sessions-list', SessionsList);
