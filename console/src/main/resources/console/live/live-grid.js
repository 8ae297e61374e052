import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { repeat } from '../lib/lit-html/directives/repeat.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import { LiveSessions } from './live-sessions.js';
import './live-tile.js';
import { Snapshots } from './snapshots.js';

/** @typedef {import('./live-tile.js').LiveTile} LiveTile */

/** All live sessions at once. */
export class LiveGrid extends LitElement {
  static properties = { api: { attribute: false }, adds: { type: Boolean }, now: { state: true } };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** Whether the user may create sessions. */
    this.adds = true;
    this.now = 0;
  }

  /** @type {LiveSessions | undefined} */
  #sessions;
  /** @type {Snapshots | undefined} */
  #snapshots;
  /** @type {IntersectionObserver | undefined} */
  #sight;
  /** @type {number | undefined} */
  #tick;
  /** @type {Set<LiveTile>} */
  #inSight = new Set();
  #changed = () => this.requestUpdate();

  connectedCallback() {
    super.connectedCallback();
    this.#sight = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const tile = /** @type {LiveTile} */ (target);
        isIntersecting ? this.#inSight.add(tile) : this.#inSight.delete(tile);
      }
      this.requestUpdate();
    });
    this.#tick = setInterval(() => (this.now = Date.now()), 1000);
    this.#open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#sight?.disconnect();
    this.#inSight.clear();
    clearInterval(this.#tick);
    this.#close();
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('api') && this.isConnected) {
      this.#close();
      this.#open();
    }
  }

  /** Loads pictures for visible tiles of sessions that may have one. */
  updated() {
    for (const tile of this.#tiles) {
      this.#sight?.observe(tile);
      const id = tile.live?.id ?? '';
      if (this.#inSight.has(tile) && tile.live?.session.status === 'streaming') {
        this.#snapshots?.watch(id, (jpeg) => tile.show(jpeg));
      } else {
        this.#snapshots?.leave(id);
      }
    }
  }

  get #tiles() {
    return /** @type {NodeListOf<LiveTile>} */ (this.renderRoot.querySelectorAll('fw-live-tile'));
  }

  #open() {
    if (this.api && !this.#sessions) {
      this.#snapshots = new Snapshots(this.api);
      this.#sessions = new LiveSessions(this.api);
      this.#sessions.addEventListener('change', this.#changed);
    }
  }

  #close() {
    this.#snapshots?.close();
    this.#sessions?.removeEventListener('change', this.#changed);
    this.#sessions?.close();
    this.#snapshots = undefined;
    this.#sessions = undefined;
  }

  render() {
    const all = this.#sessions?.all ?? [];
    const running = all.filter((live) => live.running).length;
    return html`
      <header>
        <h1>${t('common.live')}</h1>
        ${running > 0 ? html`<span class="numeric">${t('live.sessionsRunning', { sessions: t('count.sessions', { n: running }) })}</span>` : nothing}
      </header>
      ${all.length > 0
        ? html`<ul>
            ${repeat(
              all,
              (live) => live.id,
              (live) =>
                html`<li><fw-live-tile .live=${live} now=${this.now}></fw-live-tile></li>`,
            )}
          </ul>`
        : this.#sessions?.known
          ? this.#nothing()
          : nothing}
    `;
  }

  #nothing() {
    const address = this.api?.address || location.origin;
    return html`<section class="nothing">
      <h2>${t('live.nothingIsLiveNow')}</h2>
      <p>${t('live.camerasAppearHereWhileTheyRun')}</p>
      ${this.adds ? this.#ways(address) : nothing}
    </section>`;
  }

  /** @param {string} address of the service */
  #ways(address) {
    return html`<dl>
        <dt>${t('live.thisDevice')}</dt>
        <dd><a href="#/">${t('live.webcamOrScreen')}</a>${t('live.underAddVideo')}</dd>
        <dt>${t('live.aCamera')}</dt>
        <dd><a href="#/">${t('live.itsAddress')}</a>${t('live.suchAs')} <code>rtsp://192.168.1.20/stream1</code></dd>
        <dt>${t('live.obsFFmpegAndOthers')}</dt>
        <dd>
          ${t('live.publishOverWhipTo')}<br /><code>${address}/whip?prompt=Count+the+people</code>
        </dd>
      </dl>`;
  }

  static styles = [
    base,
    css`
      :host {
        display: block;
        min-height: 100%;
        padding: 0 20px 32px;
      }
      header {
        display: flex;
        align-items: baseline;
        gap: 12px;
        min-height: 40px;
        color: var(--soft);
        font-size: 13px;
      }
      h1 {
        color: var(--ink);
        font-size: 18px;
        font-weight: 600;
        letter-spacing: -0.01em;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
        gap: 14px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        min-width: 0;
      }
      .nothing {
        max-width: 560px;
        margin: 8vh auto 0;
      }
      .nothing h2 {
        margin-bottom: 4px;
        font-size: 18px;
        font-weight: 600;
      }
      .nothing p,
      dt {
        color: var(--soft);
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 10px 20px;
        margin: 20px 0 0;
        padding-top: 20px;
        border-top: 1px solid var(--line);
        font-size: 13px;
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      code {
        font-size: 12px;
      }
      @media (max-width: 800px) {
        :host {
          padding: 0 12px 24px;
        }
        dl {
          grid-template-columns: minmax(0, 1fr);
          gap: 2px;
        }
        dd {
          margin-bottom: 12px;
        }
      }
    `,
  ];
}

customElements.define('fw-live-grid', LiveGrid);
