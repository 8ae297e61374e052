import { LitElement, html, nothing } from '../lib/lit/index.js';
import { repeat } from '../lib/lit-html/directives/repeat.js';
import * as icons from '../look/icons.js';
import { complaint } from '../look/notice.js';
import { stateStyles } from '../look/state-styles.js';
import { base } from '../look/styles.js';
import { moment } from '../look/words.js';
import { t } from '../messages/messages.js';
import { mayOperate } from '../service/access.js';
import { Polling } from '../service/polling.js';
import { Problem } from '../service/problem.js';
import { deliveriesOf } from './deliveries.js';
import { EndpointCalls } from './endpoint-calls.js';
import './endpoint-dialog.js';
import { endpointsStyles } from './endpoints-styles.js';
import { pageHead, pageStyles } from './page-head.js';

const LOAD_EVERY_MS = 5000;
const PAGE = 20;

/** @type {Record<string, string>} */
const KINDS = { webhook: 'Webhook', mqtt: 'MQTT', ntfy: 'ntfy' };

/** @typedef {import('./endpoint-calls.js').Endpoint} Endpoint */
/** @typedef {import('./endpoint-calls.js').Delivery} Delivery */

/** Where incidents are delivered, with the deliveries and their attempts. */
export class EndpointsPage extends LitElement {
  static properties = {
    api: { attribute: false },
    access: { attribute: false },
    endpoints: { state: true },
    open: { state: true },
    deliveries: { state: true },
    failed: { state: true },
    testing: { state: true },
    outcome: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** @type {import('../service/access.js').Access | undefined} */
    this.access = undefined;
    /** @type {Endpoint[] | undefined} undefined before they are loaded */
    this.endpoints = undefined;
    /** Id of the endpoint whose deliveries are shown. */
    this.open = '';
    /** @type {Delivery[]} of that endpoint */
    this.deliveries = [];
    /** Whether only failed deliveries are shown. */
    this.failed = false;
    /** Id of the endpoint that a test is sent to. */
    this.testing = '';
    /** @type {{id: string, ok: boolean, words: string} | undefined} of the last test or replay */
    this.outcome = undefined;
    /** @type {Problem | undefined} */
    this.problem = undefined;
  }

  #polling = new Polling(this, () => this.#load(), LOAD_EVERY_MS);

  get #calls() {
    return new EndpointCalls(/** @type {import('../service/api.js').Api} */ (this.api));
  }

  async #load() {
    if (!mayOperate(this.access)) {
      return undefined;
    }
    const { endpoints } = await this.#calls.endpoints();
    const deliveries = await this.#deliveriesOf(this.open);
    return () => {
      this.endpoints = endpoints;
      this.deliveries = deliveries;
    };
  }

  /** @param {string} endpoint its id, or nothing */
  async #deliveriesOf(endpoint) {
    if (!endpoint) {
      return [];
    }
    const failed = this.failed ? { state: 'failed' } : undefined;
    return (await this.#calls.deliveries({ endpoint, limit: String(PAGE), ...failed })).deliveries;
  }

  /** @param {string} id */
  #toggle(id) {
    this.open = this.open === id ? '' : id;
    this.deliveries = [];
    this.failed = false;
    this.#polling.now();
  }

  /** @param {() => Promise<unknown>} work */
  async #attempt(work) {
    try {
      await work();
    } catch (e) {
      this.problem = Problem.of(e);
      return;
    }
    await this.#polling.now();
  }

  /** @param {Endpoint} endpoint */
  async #test({ id }) {
    this.testing = id;
    this.outcome = undefined;
    await this.#attempt(async () => {
      const { state, status, error } = await this.#calls.test(id);
      const ok = state === 'delivered';
      this.outcome = {
        id,
        ok,
        words: ok
          ? status
            ? t('watches.testDeliveredWithStatus', { status })
            : t('watches.testDelivered')
          : t('watches.testFailed', { error: error ?? `HTTP ${status}` }),
      };
    });
    this.testing = '';
  }

  /** @param {Endpoint | null} endpoint */
  #edit(endpoint) {
    /** @type {import('./endpoint-dialog.js').EndpointDialog} */ (
      this.renderRoot.querySelector('fw-endpoint-dialog')
    ).edit(endpoint);
  }

  render() {
    const { endpoints } = this;
    if (!mayOperate(this.access)) {
      return html`${pageHead('endpoints', nothing, false)}
        <div class="panel nothing">
          <h2>${t('watches.forOperators')}</h2>
          <p>${t('watches.deliveriesAndTheirAddressesAreFor')}</p>
        </div>`;
    }
    const add = html`<button class="main" @click=${() => this.#edit(null)}>${icons.plus} ${t('watches.newEndpoint')}</button>`;
    return html`
      ${pageHead('endpoints', endpoints?.length ? add : nothing, true)}
      ${complaint(this.problem)}
      ${endpoints === undefined
        ? nothing
        : endpoints.length > 0
          ? html`<div class="panel">
              <ul aria-label="${t('watches.endpoints')}">
                ${repeat(
                  endpoints,
                  ({ id }) => id,
                  (endpoint) => this.#row(endpoint),
                )}
              </ul>
            </div>`
          : html`<div class="panel nothing">
              <h2>${t('watches.noEndpoints')}</h2>
              <p>${t('watches.addASignedWebhookAPhone')}</p>
              ${add}
            </div>`}
      <fw-endpoint-dialog .api=${this.api} @saved=${() => this.#polling.now()}></fw-endpoint-dialog>
    `;
  }

  /** @param {Endpoint} endpoint */
  #row(endpoint) {
    const { id, name, kind, url, enabled, state, reason, paused_until: until } = endpoint;
    const open = this.open === id;
    const { tone, words } = !enabled
      ? { tone: '', words: t('watches.off') }
      : state === 'off'
        ? { tone: 'open', words: t('watches.switchedOff') }
        : state === 'slowed'
          ? { tone: '', words: until && Date.parse(until) > Date.now() ? t('watches.pausedUntil', { until: moment(until) }) : t('watches.rateLimited') }
          : { tone: 'on', words: t('watches.active') };
    const outcome = this.outcome?.id === id ? this.outcome : undefined;
    return html`<li>
      <div class="endpoint">
        <button class="bare fold" aria-expanded=${String(open)} aria-label="${t('watches.deliveriesToName', { name })}" @click=${() => this.#toggle(id)}>
          ${icons.chevron}
        </button>
        <div class="about">
          <h2>${name} <span class="kind">${KINDS[kind] ?? kind}</span></h2>
          <p class="url">${url}</p>
          ${reason ? html`<p class="reason">${reason}</p>` : nothing}
          <p class="outcome ${outcome?.ok ? '' : 'bad'}" role="status">${outcome?.words ?? ''}</p>
        </div>
        <span class="state ${tone}">${words}</span>
        <div class="acts">
          ${enabled && state === 'off'
            ? html`<button @click=${() => this.#attempt(() => this.#calls.change(id, { enabled: true }))}>${t('watches.switchOn')}</button>`
            : html`<button ?disabled=${this.testing !== '' || !enabled} @click=${() => this.#test(endpoint)}>
                ${icons.send} ${this.testing === id ? t('watches.sending') : t('watches.sendTest')}
              </button>`}
          <button class="bare" aria-label="${t('watches.editName', { name })}" title="${t('watches.edit')}" @click=${() => this.#edit(endpoint)}>${icons.pencil}</button>
          <button class="bare" aria-label="${t('common.deleteName', { name })}" title="${t('common.delete')}" @click=${() => this.#delete(endpoint)}>
            ${icons.trash}
          </button>
        </div>
      </div>
      ${open
        ? deliveriesOf(this.deliveries, this.failed, {
            only: (failed) => {
              this.failed = failed;
              this.#polling.now();
            },
            replay: (delivery) => this.#attempt(() => this.#calls.replay(delivery)),
            replayAll: (since) =>
              this.#attempt(async () => {
                const { queued } = await this.#calls.replayAll(id, since);
                this.outcome = { id, ok: true, words: t('watches.replayingDeliveries', { deliveries: t('count.deliveries', { n: queued }) }) };
              }),
          })
        : nothing}
    </li>`;
  }

  /** @param {Endpoint} endpoint */
  #delete({ id, name }) {
    if (confirm(t('watches.deleteTheEndpointNameWhatWaits', { name }))) {
      this.#attempt(() => this.#calls.remove(id));
    }
  }

  static styles = [base, stateStyles, pageStyles, endpointsStyles];
}

customElements.define('fw-endpoints-page', EndpointsPage);
