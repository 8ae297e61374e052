import { LitElement, html, nothing } from '../lib/lit/index.js';
import { complaint } from '../look/notice.js';
import { base } from '../look/styles.js';
import { day, timeToTheSecond } from '../look/words.js';
import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';
import { auditStyles } from './audit-styles.js';
import { actionWords, kindWords, outcomeWords } from './audit-words.js';

/**
 * @typedef {{id: number, at: string, who: string, kind: string, address: string, action: string, target: string,
 *     status: number}} AuditEntry
 */

const PAGE = 50;
const TYPED_MS = 300;

/** The audit log, newest first: who did what, when and from where. For administrators. */
export class AuditPage extends LitElement {
  static properties = {
    api: { attribute: false },
    entries: { state: true },
    more: { state: true },
    loading: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** @type {AuditEntry[]} */
    this.entries = [];
    /** Whether there may be older entries. */
    this.more = false;
    this.loading = true;
    /** @type {Problem | undefined} */
    this.problem = undefined;
  }

  #filter = '';
  /** @type {number | undefined} */
  #typing;
  /** Number of the newest request; earlier ones are ignored. */
  #asked = 0;

  connectedCallback() {
    super.connectedCallback();
    this.#load([]);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  /** @param {AuditEntry[]} known entries of the pages before; none to start over */
  async #load(known) {
    const asked = ++this.#asked;
    this.loading = true;
    try {
      const page = (await this.api?.audit(this.#filter, known.at(-1)?.id, PAGE))?.entries ?? [];
      if (asked !== this.#asked) {
        return;
      }
      this.entries = [...known, ...page];
      this.more = page.length === PAGE;
      this.problem = undefined;
    } catch (e) {
      this.problem = Problem.of(e);
    }
    this.loading = false;
  }

  /** @param {Event} event */
  #typed(event) {
    this.#filter = /** @type {HTMLInputElement} */ (event.target).value.trim();
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#load([]), TYPED_MS);
  }

  render() {
    return html`
      <header>
        <h1>${t('common.auditLog')}</h1>
        <input
          type="search"
          aria-label="${t('account.filter')}"
          placeholder="${t('account.filterByNameAddressSessionOr')}"
          maxlength="100"
          spellcheck="false"
          @input=${this.#typed}
        />
        <button @click=${() => this.#load([])}>${t('account.refresh')}</button>
      </header>
      ${complaint(this.problem)}
      ${this.entries.length > 0 ? this.#table() : this.#none()}
      ${this.more
        ? html`<button class="quiet" ?disabled=${this.loading} @click=${() => this.#load(this.entries)}>
            ${t('account.showOlderEntries')}
          </button>`
        : nothing}
    `;
  }

  #none() {
    if (this.loading || this.problem) {
      return nothing;
    }
    return html`<p class="none">${this.#filter ? t('account.noEntryMatches') : t('account.nothingHasBeenChangedYet')}</p>`;
  }

  #table() {
    return html`<table>
      <thead>
        <tr>
          <th scope="col">${t('account.when')}</th>
          <th scope="col">${t('account.who')}</th>
          <th scope="col">${t('account.what')}</th>
          <th scope="col">${t('common.from')}</th>
          <th scope="col">${t('account.result')}</th>
        </tr>
      </thead>
      <tbody>
        ${this.entries.map((entry) => this.#row(entry))}
      </tbody>
    </table>`;
  }

  /** @param {AuditEntry} entry */
  #row(entry) {
    const at = new Date(entry.at);
    return html`<tr class=${entry.status >= 400 ? 'refused' : ''}>
      <td class="numeric">
        <time datetime=${entry.at}>${day(at)} ${timeToTheSecond(at)}</time>
      </td>
      <td>${entry.who}<small>${kindWords(entry)}</small></td>
      <td>
        ${actionWords(entry.action)}${entry.target ? html` <code>${entry.target}</code>` : nothing}
        <small>${entry.action}</small>
      </td>
      <td class="numeric">${entry.address}</td>
      <td class="numeric">${outcomeWords(entry.status)}<small>${entry.status}</small></td>
    </tr>`;
  }

  static styles = [base, auditStyles];
}

customElements.define('fw-audit-page', AuditPage);
