import { LitElement, html, nothing } from '../lib/lit/index.js';
import { backendName } from '../look/backend-name.js';
import { money } from '../look/money.js';
import { complaint } from '../look/notice.js';
import { stateStyles } from '../look/state-styles.js';
import { base } from '../look/styles.js';
import { latency, number, size, timeToTheSecond } from '../look/words.js';
import { t } from '../messages/messages.js';
import { mayAdminister } from '../service/access.js';
import { Polling } from '../service/polling.js';
import { length } from '../watches/watch-words.js';
import { Metrics } from './metrics.js';
import { meterStyles } from './meter-styles.js';
import { servicePageStyles } from './service-page-styles.js';
import './latency-chart.js';

const LOAD_EVERY_MS = 5000;
const INFERENCE = 'framewise_inference_seconds';

/** The state of the service: its load, disk and back ends. Load and disk are for administrators. */
export class ServicePage extends LitElement {
  static properties = {
    api: { attribute: false },
    access: { attribute: false },
    backends: { state: true },
    version: { state: true },
    metrics: { state: true },
    nodes: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** @type {import('../service/access.js').Access | undefined} */
    this.access = undefined;
    /** @type {BackendState[]} */
    this.backends = [];
    this.version = '';
    /** @type {Metrics | undefined} */
    this.metrics = undefined;
    /** @type {ServiceNodes | undefined} */
    this.nodes = undefined;
    /** @type {import('../service/problem.js').Problem | undefined} */
    this.problem = undefined;
    new Polling(this, () => this.#load(), LOAD_EVERY_MS);
  }

  /** Whether the user may read the metrics. */
  get #measures() {
    return this.access === undefined || this.access.kind === 'local' || mayAdminister(this.access);
  }

  /** Shows each part as soon as it is loaded. */
  async #load() {
    this.version = (await this.api?.health())?.version ?? '';
    this.backends = (await this.api?.backends())?.backends ?? [];
    if (this.#measures) {
      this.metrics = new Metrics((await this.api?.metrics()) ?? '');
      this.nodes = await this.api?.nodes();
    }
    return undefined;
  }

  render() {
    const { metrics } = this;
    return html`
      <h1>${t('common.service')}</h1>
      <p class="facts numeric">${this.#facts(metrics)}</p>
      ${complaint(this.problem)}
      ${metrics ? this.#tiles(metrics) : nothing}
      ${this.nodes?.clustered
        ? html`<p class="links"><a href="#/nodes">${t('status.nodesOfTheService', { nodes: t('count.nodes', { n: this.nodes.nodes.length }) })}</a></p>`
        : nothing}
      <h2 id="backends">${t('status.modelProviders')}</h2>
      <div class="panel">
        <table aria-labelledby="backends">
          <thead>
            <tr>
              <th scope="col">${t('status.provider')}</th>
              <th scope="col">${t('common.state')}</th>
              ${metrics
                ? html`<th scope="col" class="number">${t('common.answers')}</th>
                    <th scope="col" class="number">${t('common.errors')}</th>`
                : nothing}
              <th scope="col" class="number">${t('status.median')}</th>
              <th scope="col" class="number">p95</th>
            </tr>
          </thead>
          <tbody>
            ${this.backends.toSorted((a, b) => Number(b.ready) - Number(a.ready)).map((backend) => this.#backend(backend, metrics))}
          </tbody>
        </table>
      </div>
      ${this.#latencies()}
      <h2>${t('status.forDevelopers')}</h2>
      <p class="links">
        <a href="${this.api?.address}/guides/">${t('status.guides')}</a>
        <a href="${this.api?.address}/docs">${t('status.apiReference')}</a>
        <a href="${this.api?.address}/openapi.yaml">openapi.yaml</a>
        ${this.#measures ? html`<a href="${this.api?.address}/metrics">${t('status.prometheusMetrics')}</a>` : nothing}
      </p>
    `;
  }

  /** @param {Metrics | undefined} metrics */
  #facts(metrics) {
    const up = metrics?.sum('process_uptime_seconds');
    const version = this.version.startsWith('$') ? '' : this.version;
    return [version && `Framewise ${version}`, up !== undefined && t('status.runningForLength', { length: length(up) })].filter(Boolean).join(' · ');
  }

  /** @param {Metrics} m */
  #tiles(m) {
    const used = m.sum('process_resident_memory_bytes');
    const free = m.sum('disk_free_bytes');
    const total = m.sum('disk_total_bytes');
    const machine = m.sum('system_cpu_usage');
    const own = m.sum('process_cpu_usage');
    const spent = m.sum('framewise_cost_today_usd');
    const database = m.sum('framewise_database_bytes');
    return html`<dl class="panel tiles">
      ${tile(t('status.sessionsRunning'), String(m.sum('framewise_sessions_active') ?? 0))}
      ${tile(t('status.cpu'), percent(own), machine === undefined ? '' : t('status.machineMachine', { machine: percent(machine) }), machine)}
      ${tile(t('status.memory'), used === undefined ? '–' : size(used), t('status.ofTheProcess'))}
      ${tile(
        t('status.freeDiskSpace'),
        free === undefined ? '–' : size(free),
        total === undefined ? '' : t('status.ofTotal', { total: size(total) }),
        free === undefined || !total ? undefined : 1 - free / total,
      )}
      ${tile(t('status.database'), database === undefined ? '–' : size(database))}
      ${tile(t('common.spentToday'), money(spent ?? 0))}
    </dl>`;
  }

  /** A chart for each back end that answered or failed since the service started. */
  #latencies() {
    const used = this.backends.filter(({ recent }) => (recent?.length ?? 0) > 1);
    if (used.length === 0) {
      return nothing;
    }
    return html`<h2>${t('status.latencyOfTheLastRequests')}</h2>
      <div class="charts">
        ${used.map(
          ({ name, recent = [] }) => html`<figure class="panel">
            <figcaption>${backendName(name)} <small class="numeric">${t('count.requests', { n: recent.length })}</small></figcaption>
            <fw-latency-chart .recent=${recent}></fw-latency-chart>
          </figure>`,
        )}
      </div>`;
  }

  /**
   * @param {BackendState} backend
   * @param {Metrics | undefined} metrics
   */
  #backend(backend, metrics) {
    const { name, models, recent = [] } = backend;
    const answered = metrics?.sum(`${INFERENCE}_count`, { backend: name, outcome: 'ok' }) ?? 0;
    const all = metrics?.sum(`${INFERENCE}_count`, { backend: name }) ?? 0;
    const sorted = recent.map((r) => r.latency_ms).sort((a, b) => a - b);
    const share = (/** @type {number} */ q) => (sorted.length > 0 ? latency(sorted[Math.ceil(sorted.length * q) - 1]) : '–');
    return html`<tr class=${sorted.length > 0 || all > 0 ? '' : 'unused'}>
      <th scope="row">${backendName(name)}${models?.length ? html`<small>${t('count.models', { n: models.length })}</small>` : nothing}</th>
      <td>${backendState(backend)}</td>
      ${metrics
        ? html`<td class="number" data-name=${t('common.answers')}>${all > 0 ? number(answered) : '–'}</td>
            <td class="number ${all > answered ? 'bad' : ''}" data-name=${t('common.errors')}>${all > 0 ? number(all - answered) : '–'}</td>`
        : nothing}
      <td class="number" data-name=${t('status.median')}>${share(0.5)}</td>
      <td class="number" data-name="p95">${share(0.95)}</td>
    </tr>`;
  }

  static styles = [base, stateStyles, meterStyles, servicePageStyles];
}

/** @param {BackendState} backend */
function backendState({ ready, reason, breaker }) {
  if (!ready) {
    return html`<span class="state">${t('status.notReady')}</span>
      ${reason ? html`<small lang="en" title=${reason}>${reason.split(': ')[0]}</small>` : nothing}`;
  }
  const code = breaker?.code ? html`<small><code>${breaker.code}</code></small>` : nothing;
  switch (breaker?.state) {
    case 'open':
      return html`<span class="state open">${t('status.pausedUntilTime', { time: timeToTheSecond(breaker.until ?? Date.now()) })}</span>${code}`;
    case 'half_open':
      return html`<span class="state wait">${t('status.testing')}</span>${code}`;
    default:
      return html`<span class="state on">${t('common.ready')}</span>${breaker?.failures
          ? html`<small>${t('status.failuresInARow', { n: breaker.failures })}</small>`
          : nothing}`;
  }
}

/**
 * @param {string} name
 * @param {string} value
 * @param {string} [detail]
 * @param {number} [share] used, from 0 to 1
 */
function tile(name, value, detail = '', share) {
  return html`<div>
    <dt>${name}</dt>
    <dd class="numeric">${value}${detail ? html` <small>${detail}</small>` : nothing}</dd>
    ${share === undefined
      ? nothing
      : html`<div class="meter ${share > 0.9 ? 'high' : ''}" aria-hidden="true"><span style="width: ${Math.min(100, share * 100)}%"></span></div>`}
  </div>`;
}

/** @param {number | undefined} share */
function percent(share) {
  return share === undefined || Number.isNaN(share) ? '–' : `${Math.round(share * 100)} %`;
}

customElements.define('fw-service-page', ServicePage);
