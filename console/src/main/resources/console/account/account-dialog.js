import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { closeDialog, dialogFoot } from '../look/dialog-foot.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import { keepToken, mayAdminister, signIn } from '../service/access.js';
import { Problem } from '../service/problem.js';

/** @type {Record<string, string>} */
const ROLES = { admin: t('account.administrator'), operator: t('account.operator'), viewer: t('account.viewer'), monitor: t('account.monitor') };

/** @param {string} role of the API */
export function roleName(role) {
  return ROLES[role] ?? role;
}

/** @type {Record<string, string>} */
const KINDS = {
  local: t('account.youAreOnTheComputerThat'),
  open: t('account.framewiseAccessOpenAnyoneWhoCan'),
  link: t('account.somebodyHasSharedThisSessionWith'),
  proxy: t('account.yourProxyHasSignedYouIn'),
};

/** The signed-in account: change the password, sign out. */
export class AccountDialog extends LitElement {
  static properties = {
    api: { attribute: false },
    access: { attribute: false },
    changing: { state: true },
    outcome: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** @type {import('../service/access.js').Access | undefined} */
    this.access = undefined;
    this.changing = false;
    /** @type {{ok: boolean, text: string} | undefined} */
    this.outcome = undefined;
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
  }

  show() {
    this.changing = false;
    this.outcome = undefined;
    this.#dialog.showModal();
  }

  async #signOut() {
    try {
      await this.api?.signOut();
      signIn();
    } catch (e) {
      this.outcome = { ok: false, text: Problem.of(e).detail };
    }
  }

  /** @param {SubmitEvent} event */
  async #change(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const fields = new FormData(form);
    try {
      const access = await this.api?.changePassword(
        String(fields.get('current')),
        String(fields.get('next')),
      );
      if (access) {
        keepToken(access);
      }
      this.changing = false;
      this.outcome = { ok: true, text: t('account.passwordChangedOtherBrowsersAreSigned') };
    } catch (e) {
      this.outcome = { ok: false, text: Problem.of(e).detail };
    }
  }

  render() {
    const { access } = this;
    return html`<dialog aria-labelledby="account-title">
      <h2 id="account-title">${access?.kind === 'account' || access?.kind === 'proxy' ? access.name : t('account.yourAccess')}</h2>
      <p>
        ${ROLES[access?.role ?? ''] ?? nothing}${access?.kind && KINDS[access.kind]
          ? html`<br />${KINDS[access.kind]}`
          : nothing}
      </p>
      ${this.changing ? this.#passwordForm() : nothing}
      <p role="status" class=${this.outcome?.ok ? 'good' : 'bad'}>${this.outcome?.text ?? nothing}</p>
      <div class="buttons">
        ${mayAdminister(access)
          ? html`<a class="button" href="#/accounts" @click=${closeDialog}>${t('common.accountsAndKeys')}</a>
              <a class="button" href="#/audit" @click=${closeDialog}>${t('common.auditLog')}</a>`
          : nothing}
        ${access?.kind === 'account' && !this.changing
          ? html`<button @click=${() => (this.changing = true)}>${t('account.changePassword')}</button>
              <button @click=${this.#signOut}>${t('account.signOut')}</button>`
          : nothing}
        ${access?.kind === 'open' || access?.kind === 'link'
          ? html`<button @click=${signIn}>${t('common.signIn')}</button>`
          : nothing}
        <button class="main" @click=${closeDialog}>${t('common.close')}</button>
      </div>
    </dialog>`;
  }

  #passwordForm() {
    return html`<form @submit=${this.#change}>
      <input name="user" type="text" autocomplete="username" .value=${this.access?.name ?? ''} hidden />
      <label for="current">${t('account.currentPassword')}</label>
      <input id="current" name="current" type="password" required autocomplete="current-password" />
      <label for="next">${t('account.newPassword')}</label>
      <input
        id="next"
        name="next"
        type="password"
        required
        minlength="10"
        maxlength="256"
        autocomplete="new-password"
      />
      <div class="buttons">
        <button type="button" @click=${() => (this.changing = false)}>${t('common.cancel')}</button>
        <button class="main">${t('account.changePassword')}</button>
      </div>
    </form>`;
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
      p {
        color: var(--soft);
        font-size: 13px;
      }
      form {
        display: grid;
        gap: 6px;
        margin-top: 16px;
      }
      label {
        margin-top: 8px;
        font-size: 13px;
        font-weight: 500;
      }
      .good {
        color: var(--good);
      }
      .bad {
        color: var(--bad);
      }
      .button {
        display: inline-flex;
        align-items: center;
        min-height: 32px;
        padding: 0 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius-small);
        background: var(--raised);
        font: 500 13px/1 var(--sans);
        text-decoration: none;
      }
      .button:hover {
        background: var(--hover);
      }
    `,
  ];
}

customElements.define('fw-account-dialog', AccountDialog);
