import { LitElement, html, nothing } from '../lib/lit/index.js';
import { repeat } from '../lib/lit-html/directives/repeat.js';
import { complaint } from '../look/notice.js';
import { stateStyles } from '../look/state-styles.js';
import { base } from '../look/styles.js';
import { number } from '../look/words.js';
import { t } from '../messages/messages.js';
import { Polling } from '../service/polling.js';
import { Problem } from '../service/problem.js';
import { length } from '../watches/watch-words.js';
import { meterStyles } from './meter-styles.js';
import { nodesPageStyles } from './nodes-page-styles.js';
import './drain-dialog.js';

const LOAD_EVERY_MS = 2000;
/**
 * Shortest time since a start, in seconds: where this computer's clock is behind that of the nodes, a start would
 * appear to be in the future.
 */
const MIN_SECONDS = 1;

/** Page for administrators: the nodes that work on the database, which can be taken out and in again. */
export class NodesPage extends LitElement {
  static properties = {
    api: { attribute: false },
    page: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** @type {ServiceNodes | undefined} */
    this.page = undefined;
    /** @type {Problem | undefined} */
    this.problem = undefined;
    /** Id of the node that has not yet answered a request to it. */
    this.busy = '';
  }

  /** Ids of the nodes that have answered: a proxy may send each call to another one. */
  #answered = /** @type {Set<string>} */ (new Set());

  #polling = new Polling(
    this,
    async () => {
      const page = await this.api?.nodes();
      return () => {
        page?.nodes.filter(({ self }) => self).forEach(({ id }) => this.#answered.add(id));
        this.page = page;
      };
    },
    LOAD_EVERY_MS,
  );

  /**
   * @param {ServiceNode} node
   * @param {boolean} draining
   */
  async #drain(node, draining) {
    this.busy = node.id;
    try {
      await (draining ? this.api?.drainNode(node.id) : this.api?.stopDrainingNode(node.id));
      await this.#polling.now();
    } catch (e) {
      await this.#polling.now();
      this.problem = Problem.of(e);
    }
    this.busy = '';
  }

  get #dialog() {
    return /** @type {import('./drain-dialog.js').DrainDialog} */ (this.renderRoot.querySelector('fw-drain-dialog'));
  }

  render() {
    const { page } = this;
    return html`
      <h1>${t('common.nodes')}</h1>
      ${complaint(this.problem)}
      ${page === undefined ? nothing : page.clustered ? this.#cluster(page.nodes) : this.#alone()}
      <fw-drain-dialog @confirm=${(/** @type {CustomEvent<ServiceNode>} */ e) => this.#drain(e.detail, true)}></fw-drain-dialog>
    `;
  }

  #alone() {
    return html`<p class="none">${t('status.thisServiceRunsOnOneMachine')}</p>
      ${this.#guide()}`;
  }

  #guide() {
    return html`<p class="more"><a href="${this.api?.address}/guides/cluster.html">${t('status.howToRunSeveralNodes')}</a></p>`;
  }

  /** @param {ServiceNode[]} nodes */
  #cluster(nodes) {
    const alive = nodes.filter((node) => node.alive);
    const running = alive.reduce((sum, { streaming }) => sum + streaming, 0);
    const room = alive.filter((node) => !node.draining).reduce((sum, node) => sum + node.room, 0);
    return html`<p class="facts numeric">
        ${[t('count.nodes', { n: nodes.length }), t('status.running', { n: running }), t('status.roomForMore', { n: room })].join(' · ')}
      </p>
      ${nodes.length === 1 ? html`<p class="none">${t('status.onlyOneNode')}</p>` : nothing}
      <ul>
        ${repeat(nodes, ({ id }) => id, (node) => this.#node(node, nodes))}
      </ul>
      ${nodes.length === 1 ? this.#guide() : nothing}`;
  }

  /**
   * @param {ServiceNode} node
   * @param {ServiceNode[]} all
   */
  #node(node, all) {
    const { address, streaming, room } = node;
    const places = streaming + room;
    const up = Math.max(MIN_SECONDS, (Date.now() - Date.parse(node.started_at)) / 1000);
    const version = node.version.startsWith('$') ? '' : `Framewise ${node.version}`;
    return html`<li class="panel">
      <div class="head">
        <h2>${address}${node.self && this.#answered.size === 1 ? html` <small>${t('status.thisNode')}</small>` : nothing}</h2>
        ${state(node)} ${this.#button(node, all)}
      </div>
      <p class="about numeric">${[version, t('status.runningForLength', { length: length(up) }), node.url].filter(Boolean).join(' · ')}</p>
      <dl>
        <div>
          <dt>${t('status.nodeSessions')}</dt>
          <dd class="numeric">${number(node.sessions)}</dd>
        </div>
        <div>
          <dt>${t('status.nodeLoad')}</dt>
          <dd class="numeric">${t('status.runningOfPlaces', { running: streaming, places })}</dd>
          <div class="meter ${room === 0 ? 'high' : ''}" aria-hidden="true">
            <span style="width: ${places > 0 ? Math.min(100, (streaming / places) * 100) : 0}%"></span>
          </div>
        </div>
        <div>
          <dt>${t('status.nodeLease')}</dt>
          <dd class="numeric">${node.alive ? t('status.leaseLeft', { seconds: Math.round(node.lease_seconds * 10) / 10 }) : t('status.leaseExpired')}</dd>
        </div>
      </dl>
    </li>`;
  }

  /**
   * @param {ServiceNode} node
   * @param {ServiceNode[]} all
   */
  #button(node, all) {
    if (!node.alive) {
      return nothing;
    }
    const disabled = this.busy !== '';
    const { address } = node;
    return node.draining
      ? html`<button ?disabled=${disabled} aria-label=${t('status.acceptSessionsAgainOn', { node: address })} @click=${() => this.#drain(node, false)}>
          ${t('status.acceptSessionsAgain')}
        </button>`
      : html`<button ?disabled=${disabled} aria-label=${t('status.drainNode', { node: address })} @click=${() => this.#dialog.show(node, all)}>
          ${t('status.drain')}
        </button>`;
  }

  static styles = [base, stateStyles, meterStyles, nodesPageStyles];
}

/** @param {ServiceNode} node */
function state({ alive, draining, sessions }) {
  if (!alive) {
    return html`<span class="state open">${t('status.notResponding')}</span>`;
  }
  if (!draining) {
    return html`<span class="state on">${t('status.acceptsSessions')}</span>`;
  }
  return html`<span class="state wait">${sessions > 0 ? t('status.handingOverItsSessions') : t('status.drained')}</span>`;
}

customElements.define('fw-nodes-page', NodesPage);
