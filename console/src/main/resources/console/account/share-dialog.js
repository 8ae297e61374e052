import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { closeDialog, dialogFoot } from '../look/dialog-foot.js';
import { base } from '../look/styles.js';
import { clock, day } from '../look/words.js';
import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';

/** Shares a session: by a link to the current second, with an account, or with everybody who has a link. */
export class ShareDialog extends LitElement {
  static properties = {
    api: { attribute: false },
    session: { type: String },
    at: { type: Number },
    answer: { type: Number },
    copied: { state: true },
    link: { state: true },
    shares: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** The session's id. */
    this.session = '';
    /** A second of the video; 0 for none. */
    this.at = 0;
    /** Number of the answer on the screen, for live video; 0 for none. */
    this.answer = 0;
    this.copied = false;
    this.link = '';
    /** @type {{viewers: {id: string, name: string}[], links: {id: string, expires_at: string}[]}} */
    this.shares = { viewers: [], links: [] };
    this.problem = '';
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
  }

  /**
   * @param {string} session
   * @param {{at?: number, answer?: number}} moment of the picture on the screen
   */
  show(session, { at = 0, answer = 0 }) {
    this.session = session;
    this.at = Math.floor(at * 10) / 10;
    this.answer = answer;
    this.copied = false;
    this.link = '';
    this.#dialog.showModal();
    this.#do(() => undefined);
  }

  /** @param {() => Promise<unknown> | undefined} act */
  async #do(act) {
    this.problem = '';
    try {
      await act();
      this.shares = (await this.api?.shares(this.session)) ?? this.shares;
    } catch (e) {
      this.problem = Problem.of(e).detail;
    }
  }

  /** The address of the moment on the screen, for those who may see the session anyway. */
  get #here() {
    const moment = this.at > 0 ? `?t=${this.at}` : this.answer > 0 ? `?answer=${this.answer}` : '';
    return `${location.href.split('#')[0]}#/session/${this.session}${moment}`;
  }

  async #copy() {
    /** @type {HTMLInputElement | null} */ (this.renderRoot.querySelector('#here'))?.select();
    // Pages without HTTPS have no clipboard; the address is selected instead.
    await navigator.clipboard?.writeText(this.#here);
    this.copied = Boolean(navigator.clipboard);
  }

  #makeLink() {
    this.#do(async () => {
      const made = await this.api?.share(this.session, { link: true });
      const second = this.at > 0 ? `&t=${this.at}` : '';
      this.link = `${this.api?.address}${made?.path}${second}`;
    });
  }

  /** @param {SubmitEvent} event */
  #showTo(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const account = String(new FormData(form).get('account'));
    this.#do(async () => {
      await this.api?.share(this.session, { account });
      form.reset();
    });
  }

  render() {
    const { shares } = this;
    return html`<dialog aria-labelledby="share-title">
      <h2 id="share-title">${t('common.share')}</h2>
      <section>
        <label for="here">${t('account.linkForPeopleWithAccess')}</label>
        <div class="row">
          <input id="here" readonly .value=${this.#here} @focus=${(/** @type {Event} */ e) => /** @type {HTMLInputElement} */ (e.target).select()} />
          <button class="main" @click=${this.#copy}>
            ${this.copied ? t('session.copied') : this.at > 0 ? t('account.copyLinkToTime', { time: clock(this.at) }) : t('account.copyLink')}
          </button>
        </div>
      </section>
      <p>${t('account.peopleWithTheLinkCanWatch')}</p>
      <section>
        ${this.link
          ? html`<label for="link">${t('account.anyoneWithThisLinkFor7')}</label>
              <div class="row">
                <input id="link" readonly .value=${this.link} @focus=${(/** @type {Event} */ e) => /** @type {HTMLInputElement} */ (e.target).select()} />
                <button @click=${() => navigator.clipboard?.writeText(this.link)}>${t('common.copy')}</button>
              </div>`
          : html`<button @click=${this.#makeLink}>
              ${this.at > 0 ? t('account.createLinkToTime', { time: clock(this.at) }) : t('account.createLink')}
            </button>`}
      </section>
      <form @submit=${this.#showTo}>
        <label for="account">${t('account.shareWithAnAccount')}</label>
        <div class="row">
          <input id="account" name="account" required maxlength="64" autocomplete="off" placeholder="${t('common.name')}" />
          <button>${t('common.add')}</button>
        </div>
      </form>
      <button class="quiet" @click=${() => this.#do(() => this.api?.share(this.session, { everybody: true }))}>
        ${t('account.shareWithAllAccounts')}
      </button>
      <p class="bad" role="alert">${this.problem || nothing}</p>
      <ul aria-label="${t('account.sharedWith')}">
        ${shares.viewers.map((viewer) => this.#row(viewer.id, viewer.name))}
        ${shares.links.map((link) =>
          this.#row(link.id, t('account.linkValidUntilDate', { date: day(link.expires_at) })),
        )}
      </ul>
      <div class="buttons"><button @click=${closeDialog}>${t('common.close')}</button></div>
    </dialog>`;
  }

  /**
   * @param {string} id
   * @param {string} name
   */
  #row(id, name) {
    return html`<li>
      <span>${name}</span>
      <button class="quiet" aria-label="${t('account.stopSharingName', { name })}" @click=${() => this.#do(() => this.api?.endShare(this.session, id))}>
        ${t('account.stopSharing')}
      </button>
    </li>`;
  }

  static styles = [
    base,
    dialogFoot,
    css`
      dialog {
        --foot-gap: 16px;
        padding: 20px 24px;
      }
      h2 {
        margin-bottom: 8px;
      }
      p {
        color: var(--soft);
        font-size: 13px;
      }
      section,
      form {
        margin: 14px 0;
      }
      label {
        font-size: 13px;
        font-weight: 500;
      }
      .row {
        display: flex;
        gap: 8px;
        margin-top: 6px;
      }
      .row button {
        min-height: 34px;
      }
      .bad {
        color: var(--bad);
      }
      ul {
        margin: 12px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        gap: 8px;
        align-items: center;
        justify-content: space-between;
        font-size: 13px;
        overflow-wrap: anywhere;
      }
    `,
  ];
}

customElements.define('fw-share-dialog', ShareDialog);
