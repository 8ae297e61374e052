import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { nameOf } from '../look/session-name.js';
import { closeDialog, dialogFoot } from '../look/dialog-foot.js';
import { base } from '../look/styles.js';
import { isRunning } from '../look/words.js';
import { t } from '../messages/messages.js';

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
        ${one ? t('sessions.stopAndDeleteName', { name: nameOf(sessions[0]) }) : t('sessions.deleteVideos', { videos: t('count.videos', { n: sessions.length }) })}
      </h2>
      ${one
        ? html`<p>${t('sessions.itIsRunningYouCanUndo')}</p>`
        : html`<p>
              ${t('sessions.ofThemAreRunning', { n: running.length })}
            </p>
            <ul>
              ${running.slice(0, 5).map((s) => html`<li>${nameOf(s)}</li>`)}
              ${running.length > 5 ? html`<li>${t('common.andMoreMore', { more: running.length - 5 })}</li>` : nothing}
            </ul>
            <p>${t('sessions.youCanUndoThisFor10')}</p>`}
      <div class="buttons">
        <button autofocus @click=${closeDialog}>${one ? t('sessions.keepIt') : t('sessions.keepThem')}</button>
        <button class="danger" @click=${this.#confirm}>${one ? t('sessions.stopAndDelete') : t('common.delete')}</button>
      </div>`;
  }

  static styles = [
    base,
    dialogFoot,
    css`
      dialog {
        padding: 20px 24px;
      }
      h2 {
        margin-bottom: 8px;
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
    `,
  ];
}

customElements.define('fw-delete-dialog', DeleteDialog);
