import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { notice, noticeStyles } from '../look/notice.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';
import { EndpointCalls } from './endpoint-calls.js';
import { watchDialogStyles } from './watch-dialog-styles.js';

/** @typedef {import('./endpoint-calls.js').Endpoint} Endpoint */
/** @typedef {Endpoint['kind']} Kind */

/** @type {[Kind, string, string, string][]} kind, its name, an example and its meaning */
const KINDS = [
  ['webhook', t('watches.webhook'), 'https://example.com/hooks/framewise', t('watches.signedAsStandardWebhooks10')],
  ['ntfy', 'ntfy', 'https://ntfy.sh/your-topic', t('watches.reachesPhonesThatSubscribedToThe')],
  ['mqtt', 'MQTT', 'mqtt://192.0.2.10:1883', t('watches.homeAssistantDiscoversEachWatch')],
];

/** Creates or changes an endpoint, and shows the secret of a new webhook once. Dispatches `saved`. */
export class EndpointDialog extends LitElement {
  static properties = {
    api: { attribute: false },
    endpoint: { state: true },
    kind: { state: true },
    made: { state: true },
    problem: { state: true },
    busy: { state: true },
    shown: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** @type {Endpoint | null} that is edited */
    this.endpoint = null;
    /** @type {Kind} */
    this.kind = 'webhook';
    /** @type {Endpoint | undefined} whose secret is shown */
    this.made = undefined;
    /** @type {Problem | undefined} */
    this.problem = undefined;
    this.busy = false;
    this.shown = false;
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
  }

  /** @param {Endpoint | null} endpoint null for a new one */
  async edit(endpoint) {
    this.endpoint = endpoint;
    this.kind = endpoint?.kind ?? 'webhook';
    this.made = undefined;
    this.problem = undefined;
    this.shown = true;
    await this.updateComplete;
    this.#dialog.showModal();
  }

  /** @param {(calls: EndpointCalls) => Promise<Endpoint>} work */
  async #attempt(work) {
    this.busy = true;
    this.problem = undefined;
    try {
      const endpoint = await work(new EndpointCalls(/** @type {import('../service/api.js').Api} */ (this.api)));
      if (endpoint.secret?.startsWith('whsec_')) {
        this.made = endpoint;
      } else {
        this.#dialog.close();
      }
      this.dispatchEvent(new Event('saved'));
    } catch (e) {
      this.problem = Problem.of(e);
    }
    this.busy = false;
  }

  /** @param {SubmitEvent} event */
  #save(event) {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const { endpoint, kind } = this;
    const shown = /** @type {Record<string, unknown>} */ (endpoint ?? {});
    // A URL is shown without its password, so it is only sent when it was edited.
    const entered = Object.fromEntries([...form].filter(([name, value]) => value !== '' && value !== shown[name]));
    this.#attempt((calls) => (endpoint ? calls.change(endpoint.id, entered) : calls.add({ ...entered, kind })));
  }

  render() {
    return html`<dialog aria-labelledby="endpoint-title" @close=${() => (this.shown = false)}>
      ${this.shown ? this.#content() : nothing}
    </dialog>`;
  }

  #content() {
    const { endpoint } = this;
    return html`<div class="head">
        <h2 id="endpoint-title">${this.made ? t('watches.signingSecret') : endpoint ? t('watches.editEndpoint') : t('watches.newEndpoint')}</h2>
        <button class="bare" aria-label="${t('common.close')}" @click=${() => this.#dialog.close()}>${icons.close}</button>
      </div>
      ${this.made ? this.#secret(this.made) : this.#form(endpoint)}`;
  }

  /** @param {Endpoint} made */
  #secret({ secret = '' }) {
    return html`<div class="body">
      <p>${t('watches.copyTheSecretNowItIs')}</p>
      <code class="secret">${secret}</code>
      <div class="buttons">
        <button @click=${() => navigator.clipboard?.writeText(secret)}>${t('common.copy')}</button>
        <span class="gap"></span>
        <button class="main" @click=${() => this.#dialog.close()}>${t('common.done')}</button>
      </div>
    </div>`;
  }

  /** @param {Endpoint | null} endpoint */
  #form(endpoint) {
    const [, , example, means] = KINDS.find(([kind]) => kind === this.kind) ?? KINDS[0];
    const errors = this.problem?.fields ?? {};
    return html`<form class="body" @submit=${this.#save}>
      ${endpoint
        ? nothing
        : html`<div class="segments" role="group" aria-label="${t('watches.kind')}">
            ${KINDS.map(
              ([kind, name]) => html`<button type="button" aria-pressed=${String(this.kind === kind)} @click=${() => (this.kind = kind)}>
                ${name}
              </button>`,
            )}
          </div>`}
      ${this.#field('name', t('common.name'), { value: endpoint?.name, required: true, placeholder: t('watches.dutyPhone'), error: errors.name })}
      ${this.#field('url', t('watches.url'), { value: endpoint?.url, required: true, placeholder: example, error: errors.url, means })}
      ${this.kind === 'ntfy' ? this.#field('token', t('watches.accessToken'), { type: 'password', placeholder: this.#kept(endpoint), error: errors.token }) : nothing}
      ${this.kind === 'mqtt'
        ? html`${this.#field('user', t('common.user'), { error: errors.user })}
            ${this.#field('password', t('common.password'), { type: 'password', placeholder: this.#kept(endpoint), error: errors.password })}
            ${this.#field('topic', t('watches.topicPrefix'), { placeholder: 'framewise', error: errors.topic })}`
        : nothing}
      ${endpoint?.secret_ends_with ? html`<p><small>${t('watches.signingSecretEndsWithEnd', { end: endpoint.secret_ends_with })}</small></p>` : nothing}
      ${notice(this.problem, [], () => (this.problem = undefined))}
      <div class="buttons">
        ${endpoint?.kind === 'webhook'
          ? html`<button type="button" title="${t('watches.theOldSecretStaysValidFor')}" @click=${() => this.#attempt((calls) => calls.rotate(endpoint.id))}>
              ${t('watches.newSecret')}
            </button>`
          : nothing}
        <span class="gap"></span>
        <button type="button" class="quiet" @click=${() => this.#dialog.close()}>${t('common.cancel')}</button>
        <button class="main" ?disabled=${this.busy}>${this.busy ? t('watches.saving') : endpoint ? t('common.save') : t('common.add')}</button>
      </div>
    </form>`;
  }

  /** @param {Endpoint | null} endpoint */
  #kept(endpoint) {
    return endpoint ? t('watches.unchanged') : '';
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {{value?: string, required?: boolean, placeholder?: string, type?: string, error?: string, means?: string}} how
   */
  #field(name, label, { value = '', required = false, placeholder = '', type = 'text', error, means }) {
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <input
        id=${name}
        name=${name}
        type=${type}
        ?required=${required}
        maxlength="2000"
        autocomplete="off"
        spellcheck="false"
        placeholder=${placeholder}
        aria-invalid=${String(Boolean(error))}
        value=${value}
      />
      ${error ? html`<small class="wrong">${error}</small>` : means ? html`<small>${means}</small>` : nothing}
    </div>`;
  }

  static styles = [
    base,
    noticeStyles,
    watchDialogStyles,
    css`
      .secret {
        padding: 10px 12px;
        border-radius: var(--radius-small);
        background: var(--now-wash);
        font: 400 13px/1.5 ui-monospace, monospace;
        overflow-wrap: anywhere;
        user-select: all;
      }
    `,
  ];
}

customElements.define('fw-endpoint-dialog', EndpointDialog);
