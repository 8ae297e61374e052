import { LitElement, html, nothing } from '../lib/lit/index.js';
import { complaint } from '../look/notice.js';
import { base } from '../look/styles.js';
import { day, when } from '../look/words.js';
import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';
import { roleName } from './account-dialog.js';
import { accountsStyles } from './accounts-styles.js';

/** @typedef {{id: string, name: string, role: string, password: boolean, created_at: string}} Account */
/**
 * @typedef {{id: string, name: string, role: string, created_at: string, created_by: string, expires_at?: string,
 *     used_at?: string}} ApiKey
 */

/** Page for administrators: accounts and API keys. */
export class AccountsPage extends LitElement {
  static properties = {
    api: { attribute: false },
    accounts: { state: true },
    keys: { state: true },
    made: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** @type {Account[]} */
    this.accounts = [];
    /** @type {ApiKey[]} */
    this.keys = [];
    /** @type {{name: string, key: string} | undefined} the new key, which is shown once */
    this.made = undefined;
    /** @type {Problem | undefined} */
    this.problem = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  async #load() {
    try {
      this.accounts = (await this.api?.accounts())?.accounts ?? [];
      this.keys = (await this.api?.keys())?.keys ?? [];
    } catch (e) {
      this.problem = Problem.of(e);
    }
  }

  /** @param {() => Promise<void> | undefined} act */
  async #do(act) {
    this.problem = undefined;
    try {
      await act();
    } catch (e) {
      this.problem = Problem.of(e);
    }
    await this.#load();
  }

  /** @param {SubmitEvent} event */
  #addAccount(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const fields = new FormData(form);
    this.#do(async () => {
      await this.api?.addAccount(
        String(fields.get('name')),
        String(fields.get('role')),
        String(fields.get('password')),
      );
      form.reset();
    });
  }

  /** @param {SubmitEvent} event */
  #addKey(event) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const fields = new FormData(form);
    const days = Number(fields.get('days'));
    this.#do(async () => {
      this.made = await this.api?.addKey(
        String(fields.get('name')),
        String(fields.get('role')),
        days > 0 ? days : undefined,
      );
      form.reset();
    });
  }

  /** @param {Account} account */
  #deleteAccount(account) {
    if (confirm(t('account.deleteTheAccountNameItsSessions', { name: account.name }))) {
      this.#do(() => this.api?.deleteAccount(account.id));
    }
  }

  /** @param {ApiKey} key */
  #revoke(key) {
    if (confirm(t('account.revokeTheKeyNameProgramsThat', { name: key.name }))) {
      this.#do(() => this.api?.revokeKey(key.id));
    }
  }

  render() {
    return html`
      <h1>${t('common.accountsAndKeys')}</h1>
      <p><a href="#/audit">${t('common.auditLog')}</a>${t('account.whoDidWhatWhenAndFrom')}</p>
      ${complaint(this.problem)}
      <section aria-labelledby="accounts">
        <h2 id="accounts">${t('account.accounts')}</h2>
        ${this.accounts.length > 0
          ? html`<ul>
              ${this.accounts.map((account) => this.#account(account))}
            </ul>`
          : html`<p>${t('account.theFirstAccountIsAnAdministrator')}</p>`}
        <form @submit=${this.#addAccount} aria-label="${t('account.newAccount')}">
          <label>${t('common.name')}<input name="name" required maxlength="64" autocomplete="off" /></label>
          <label
            >${t('common.password')}<input
              name="password"
              type="password"
              required
              minlength="10"
              maxlength="256"
              autocomplete="new-password"
          /></label>
          <label
            >${t('account.role')}<select name="role">
              ${this.accounts.length > 0
                ? html`<option value="viewer">${t('account.viewer')}</option>
                    <option value="operator">${t('account.operator')}</option>`
                : nothing}
              <option value="admin">${t('account.administrator')}</option>
            </select></label
          >
          <button class="main">${t('account.addAccount')}</button>
        </form>
      </section>
      <section aria-labelledby="keys">
        <h2 id="keys">${t('account.apiKeys')}</h2>
        ${this.made
          ? html`<div class="made" role="status">
              <p>${t('account.copyTheKeyNameNowIt', { name: this.made.name })}</p>
              <code>${this.made.key}</code>
              <button @click=${() => navigator.clipboard?.writeText(this.made?.key ?? '')}>${t('common.copy')}</button>
            </div>`
          : nothing}
        ${this.keys.length > 0
          ? html`<ul>
              ${this.keys.map((key) => this.#key(key))}
            </ul>`
          : nothing}
        <form @submit=${this.#addKey} aria-label="${t('account.newApiKey')}">
          <label>${t('account.purpose')}<input name="name" required maxlength="100" autocomplete="off" /></label>
          <label
            >${t('account.role')}<select name="role">
              <option value="operator">${t('account.operator')}</option>
              <option value="viewer">${t('account.viewer')}</option>
              <option value="monitor">${t('account.monitorMetricsOnly')}</option>
              <option value="admin">${t('account.administrator')}</option>
            </select></label
          >
          <label
            >${t('account.expires')}<select name="days">
              <option value="30">${t('account.in30Days')}</option>
              <option value="90" selected>${t('account.in90Days')}</option>
              <option value="365">${t('account.inAYear')}</option>
              <option value="0">${t('account.never')}</option>
            </select></label
          >
          <button class="main">${t('account.createKey')}</button>
        </form>
      </section>
    `;
  }

  /** @param {Account} account */
  #account(account) {
    return html`<li>
      <span class="name">${account.name}</span>
      <select
        aria-label="${t('account.roleOfName', { name: account.name })}"
        @change=${(/** @type {Event} */ e) =>
          this.#do(() => this.api?.setRole(account.id, /** @type {HTMLSelectElement} */ (e.target).value))}
      >
        ${['viewer', 'operator', 'admin'].map(
          (role) => html`<option value=${role} ?selected=${role === account.role}>${roleName(role)}</option>`,
        )}
      </select>
      <button class="quiet" aria-label="${t('account.deleteTheAccountName', { name: account.name })}" @click=${() => this.#deleteAccount(account)}>
        ${t('common.delete')}
      </button>
    </li>`;
  }

  /** @param {ApiKey} key */
  #key(key) {
    const over = key.expires_at && new Date(key.expires_at) < new Date();
    return html`<li>
      <span class="name"
        >${key.name}<small
          >${roleName(key.role)} · ${key.used_at ? t('account.lastUsedWhen', { when: when(key.used_at) }) : t('account.notUsedYet')} ·
          ${key.expires_at ? t(over ? 'account.expiredOn' : 'account.expiresOn', { date: day(key.expires_at) }) : t('account.doesNotExpire')}</small
        ></span
      >
      <button class="quiet" aria-label="${t('account.revokeTheKeyName', { name: key.name })}" @click=${() => this.#revoke(key)}>
        ${t('account.revoke')}
      </button>
    </li>`;
  }

  static styles = [base, accountsStyles];
}

customElements.define('fw-accounts-page', AccountsPage);
