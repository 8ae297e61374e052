import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { nameOf } from '../look/session-name.js';
import { base } from '../look/styles.js';
import { count, isRunning } from '../look/words.js';

/** Asks before running sessions are deleted. Dispatches `confirm` with the sessions. */
export class DeleteDialog extends LitElement {
  static properties = { sessions: { state: true } };

  constructor() {
    super();
    /** @type {Session[]} */
    this.sessions = [];
  }

  get #dialog() {
    return this.renderRoot.querySelector('dialog');
  }

  /** @param {Session[]} sessions */
  async show(sessions) {
    this.sessions = sessions;
    await this.updateComplete;
    this.#dialog?.showModal();
  }

  #confirm() {
    const { sessions } = this;
    this.#dialog?.close();
    this.dispatchEvent(new CustomEvent('confirm', { detail: sessions }));
  }

  render() {
    const { sessions } = this;
    const running = sessions.filter(isRunning);
    const one = sessions.length === 1;
    return html`<dialog aria-labelledby="delete-title" @close=${() => (this.sessions = [])}>
      ${sessions.length > 0 ? this.#question(one, running) : nothing}
    </dialog>`;
  }

  /**
   * @param {boolean} one
   * @param {Session[]} running
   */
  #question(one, running) {
    const { sessions } = this;
    return html`<h2 id="delete-title">
        ${one ? `Stop and delete ${nameOf(sessions[0])}?` : `Delete ${count(sessions.length, 'video')}?`}
      </h2>
      ${one
        ? html`<p>It is running. You can undo this for 10 s; then it stops, and it is deleted with all its answers.</p>`
        : html`<p>
              ${count(running.length, 'of them is', 'of them are')} running:
            </p>
            <ul>
              ${running.slice(0, 5).map((s) => html`<li>${nameOf(s)}</li>`)}
              ${running.length > 5 ? html`<li>and ${running.length - 5} more</li>` : nothing}
            </ul>
            <p>You can undo this for 10 s; then they stop, and all are deleted with their answers.</p>`}
      <div class="buttons">
        <button autofocus @click=${() => this.#dialog?.close()}>${one ? 'Keep it' : 'Keep them'}</button>
        <button class="danger" @click=${this.#confirm}>${one ? 'Stop and delete' : 'Delete'}</button>
      </div>`;
  }

  static styles = [
    base,
    css`
      dialog {
        padding: 20px 24px;
      }
      h2 {
        margin-bottom: 8px;
        font-size: 16px;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      p,
      ul {
        font-size: 13px;
        line-height: 1.5;
      }
      ul {
        margin: 6px 0;
        padding-left: 18px;
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

customElements.define('fw-delete-dialog', DeleteDialog);
