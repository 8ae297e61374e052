import { LitElement, html, nothing } from '../lib/lit/index.js';
import { base } from '../look/styles.js';
import { when } from '../look/words.js';
import { Problem } from '../service/problem.js';
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
    this.problem = '';
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
      this.problem = Problem.of(e).detail;
    }
  }

  /** @param {() => Promise<void> | undefined} act */
  async #do(act) {
    this.problem = '';
    try {
      await act();
    } catch (e) {
      this.problem = Problem.of(e).detail;
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
    if (confirm(`Delete the account ${account.name}? Its sessions stay with the administrators.`)) {
      this.#do(() => this.api?.deleteAccount(account.id));
    }
  }

  /** @param {ApiKey} key */
  #revoke(key) {
    if (confirm(`Revoke the key ${key.name}? Programs that use it are refused at once.`)) {
      this.#do(() => this.api?.revokeKey(key.id));
    }
  }

  render() {
    return html`
      <h1>Accounts and keys</h1>
      <p><a href="#/audit">Audit log</a>: who did what, when and from where</p>
      <p class="bad" role="alert">${this.problem || nothing}</p>
      <section aria-labelledby="accounts">
        <h2 id="accounts">Accounts</h2>
        ${this.accounts.length > 0
          ? html`<ul>
              ${this.accounts.map((account) => this.#account(account))}
            </ul>`
          : html`<p>The first account is an administrator. From then on everybody signs in.</p>`}
        <form @submit=${this.#addAccount} aria-label="New account">
          <label>Name<input name="name" required maxlength="64" autocomplete="off" /></label>
          <label
            >Password<input
              name="password"
              type="password"
              required
              minlength="10"
              maxlength="256"
              autocomplete="new-password"
          /></label>
          <label
            >Role<select name="role">
              ${this.accounts.length > 0
                ? html`<option value="viewer">Viewer</option>
                    <option value="operator">Operator</option>`
                : nothing}
              <option value="admin">Administrator</option>
            </select></label
          >
          <button class="main">Add account</button>
        </form>
      </section>
      <section aria-labelledby="keys">
        <h2 id="keys">API keys</h2>
        ${this.made
          ? html`<div class="made" role="status">
              <p>Copy the key ${this.made.name} now. It is not shown again.</p>
              <code>${this.made.key}</code>
              <button @click=${() => navigator.clipboard?.writeText(this.made?.key ?? '')}>Copy</button>
            </div>`
          : nothing}
        ${this.keys.length > 0
          ? html`<ul>
              ${this.keys.map((key) => this.#key(key))}
            </ul>`
          : nothing}
        <form @submit=${this.#addKey} aria-label="New API key">
          <label>What for<input name="name" required maxlength="100" autocomplete="off" /></label>
          <label
            >Role<select name="role">
              <option value="operator">Operator</option>
              <option value="viewer">Viewer</option>
              <option value="monitor">Monitor (metrics only)</option>
              <option value="admin">Administrator</option>
            </select></label
          >
          <label
            >Expires<select name="days">
              <option value="30">In 30 days</option>
              <option value="90" selected>In 90 days</option>
              <option value="365">In a year</option>
              <option value="0">Never</option>
            </select></label
          >
          <button class="main">Create key</button>
        </form>
      </section>
    `;
  }

  /** @param {Account} account */
  #account(account) {
    return html`<li>
      <span class="name">${account.name}</span>
      <select
        aria-label="Role of ${account.name}"
        @change=${(/** @type {Event} */ e) =>
          this.#do(() => this.api?.setRole(account.id, /** @type {HTMLSelectElement} */ (e.target).value))}
      >
        ${['viewer', 'operator', 'admin'].map(
          (role) => html`<option value=${role} ?selected=${role === account.role}>${role}</option>`,
        )}
      </select>
      <button class="quiet" aria-label="Delete the account ${account.name}" @click=${() => this.#deleteAccount(account)}>
        Delete
      </button>
    </li>`;
  }

  /** @param {ApiKey} key */
  #key(key) {
    const over = key.expires_at && new Date(key.expires_at) < new Date();
    return html`<li>
      <span class="name"
        >${key.name}<small
          >${key.role} · ${key.used_at ? `last used ${when(key.used_at)}` : 'not used yet'} ·
          ${key.expires_at ? `${over ? 'expired' : 'expires'} ${new Date(key.expires_at).toLocaleDateString()}` : 'does not expire'}</small
        ></span
      >
      <button class="quiet" aria-label="Revoke the key ${key.name}" @click=${() => this.#revoke(key)}>
        Revoke
      </button>
    </li>`;
  }

  static styles = [base, accountsStyles];
}

customElements.define('fw-accounts-page', AccountsPage);
