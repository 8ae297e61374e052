import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { endKept, endKeptStyles, isLong, nameOf, shortName } from '../look/session-name.js';
import { base } from '../look/styles.js';
import { isLost, nodeFact, videoFacts } from '../look/words.js';
import { t } from '../messages/messages.js';
import '../session/stream-address.js';
import './connection-state.js';

/** The bar at the top. Dispatches `drawer`, `search`, `help`, `settings`, `account` and `share`. */
export class Bar extends LitElement {
  static properties = {
    open: { attribute: false },
    reachable: { attribute: false },
    live: { type: Number },
    drawer: { type: Boolean },
    at: { type: String },
    access: { attribute: false },
    shareable: { type: Boolean },
    watches: { type: Boolean },
    incidents: { type: Number },
    moreIncidents: { type: Boolean },
  };

  constructor() {
    super();
    /** @type {import('../session/open-session.js').OpenSession | undefined} */
    this.open = undefined;
    /** @type {boolean | undefined} of the service */
    this.reachable = undefined;
    /** Number of live sessions. */
    this.live = 0;
    /** Whether the list is open, on screens where it can be closed. */
    this.drawer = false;
    /** @type {'' | 'live' | 'watching'} */
    this.at = '';
    /** @type {import('../service/access.js').Access | undefined} */
    this.access = undefined;
    /** Whether the open session can be shared. */
    this.shareable = false;
    /** Whether the service has watches. */
    this.watches = false;
    /** Number of incidents to review. */
    this.incidents = 0;
    /** Whether there are more than that. */
    this.moreIncidents = false;
  }

  #changed = () => this.requestUpdate();

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('open')) {
      const before = /** @type {typeof this.open} */ (changed.get('open'));
      before?.removeEventListener('change', this.#changed);
      this.open?.addEventListener('change', this.#changed);
    }
  }

  /** @param {'drawer' | 'search' | 'help' | 'settings' | 'account' | 'share'} what */
  #want(what) {
    this.dispatchEvent(new Event(what));
  }

  render() {
    const { open } = this;
    return html`<button
        class="bare drawer"
        aria-label="${t('common.videos')}"
        aria-expanded=${String(this.drawer)}
        @click=${() => this.#want('drawer')}
      >
        ${icons.menu}
      </button>
      <a class="mark" href="#/" aria-label="${t('app.framewiseAddAVideo')}">
        <img src="icon.svg" alt="" width="22" height="22" /><span>Framewise</span>
      </a>
      <div class="title ${open ? '' : 'none'}">
        ${open
          ? html`<h1 class=${isLong(shortName(open.session)) ? 'long' : ''} dir="auto" title=${nameOf(open.session)}>${endKept(shortName(open.session))}</h1>
              <span class="numeric" title=${videoFacts(open.session).join(' · ')}>${videoFacts(open.session).join(' · ')}</span>
              ${open.session.node ? html`<span class="node numeric" title=${nodeFact(open.session)}>${nodeFact(open.session)}</span>` : nothing}`
          : nothing}
      </div>
      <button class="search" aria-label="${t('common.searchAnswers')}" title="${t('app.searchAnswers')}" @click=${() => this.#want('search')}>
        ${icons.search}<span class="word">${t('common.searchAnswers')}</span><kbd class="word">/</kbd>
      </button>
      <a
        class="live ${this.live > 0 ? 'on' : ''}"
        href="#/live"
        aria-current=${this.at === 'live' ? 'page' : nothing}
        title="${t('app.allLiveSessionsL')}"
        >${icons.live}<span class="word">${t('app.allLive')}</span>${this.live > 0
          ? html`<span class="numeric">${this.live}<span class="only-read"> ${t('app.liveRunning')}</span></span>`
          : nothing}</a
      >
      ${this.watches
        ? html`<a
            class="live ${this.incidents > 0 ? 'alarm' : ''}"
            href=${this.incidents > 0 ? '#/incidents' : '#/watches'}
            aria-current=${this.at === 'watching' ? 'page' : nothing}
            title="${t('app.watchesAndIncidentsW')}"
            >${icons.bell}<span class="word">${t('app.watches')}</span>${this.incidents > 0
              ? html`<span class="numeric">${this.incidents}${this.moreIncidents ? '+' : ''}<span class="only-read"> ${t('app.incidentsToReview', { n: this.incidents })}</span></span>`
              : nothing}</a
          >`
        : nothing}
      <fw-connection-state
        .state=${open?.connection ?? 'idle'}
        .retryAt=${open?.stream?.retryAt ?? 0}
        .reachable=${this.reachable}
        .lost=${open !== undefined && isLost(open.session)}
        .waiting=${open?.session.source?.connected === false}
        @retry=${() => open?.stream?.retryNow()}
      ></fw-connection-state>
      ${this.shareable
        ? html`<button class="bare" aria-label="${t('common.share')}" title="${t('common.share')}" @click=${() => this.#want('share')}>
            ${icons.share}
          </button>`
        : nothing}
      ${this.shareable && open
        ? html`<fw-stream-address .session=${open.id} .service=${open.api.address}></fw-stream-address>`
        : nothing}
      <button class="bare keys" aria-label="${t('common.keys')}" title="${t('app.keys')}" @click=${() => this.#want('help')}>
        ${icons.keyboard}
      </button>
      <button class="bare" aria-label="${t('common.settings')}" title="${t('common.settings')}" @click=${() => this.#want('settings')}>
        ${icons.gear}
      </button>
      ${this.access
        ? html`<button
            class="bare"
            aria-label=${this.access.kind === 'account' ? t('app.accountName', { name: this.access.name }) : t('app.account')}
            title="${t('app.account')}"
            @click=${() => this.#want('account')}
          >
            ${icons.person}
          </button>`
        : nothing}`;
  }

  static styles = [
    base,
    endKeptStyles,
    css`
      :host {
        position: relative;
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 0 12px 0 20px;
      }
      .drawer {
        display: none;
      }
      .mark {
        display: flex;
        align-items: center;
        gap: 10px;
        width: 288px;
        flex: none;
        border-radius: var(--radius-small);
        font-size: 15px;
        font-weight: 600;
        letter-spacing: -0.01em;
        text-decoration: none;
      }
      .mark img {
        display: block;
      }
      .title {
        display: flex;
        flex: 1;
        align-items: baseline;
        gap: 12px;
        min-width: 0;
        padding: 0 12px 0 20px;
      }
      .title h1 {
        overflow: hidden;
        font-size: 14px;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .title h1.long {
        white-space: pre;
      }
      .title > span {
        overflow: hidden;
        flex: 1000 1 0;
        color: var(--soft);
        font-size: 12px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      /* Phones cut off the other facts, but keep showing the node that runs the session. */
      .title span.node {
        flex: none;
        max-width: 60%;
      }
      fw-connection-state {
        margin: 0 10px;
      }
      .search {
        margin-right: 6px;
        padding: 0 8px 0 10px;
        background: none;
        color: var(--soft);
        font-weight: 400;
      }
      .search .word {
        margin-right: 16px;
      }
      .search kbd.word {
        margin: 0;
      }
      .live {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: 32px;
        padding: 0 10px;
        border-radius: var(--radius-small);
        color: var(--soft);
        font-size: 13px;
        font-weight: 500;
        text-decoration: none;
        white-space: nowrap;
      }
      .live:hover,
      .live[aria-current] {
        background: var(--hover);
        color: var(--ink);
      }
      .live.alarm .icon {
        color: var(--bad);
      }
      .live.on .icon {
        color: var(--now);
      }
      @media (max-width: 1100px) {
        :host {
          padding: 0 8px;
        }
        .drawer {
          display: inline-flex;
        }
        .mark {
          width: auto;
          margin-left: 4px;
        }
      }
      @media (max-width: 800px) {
        /* The name has a line of its own: beside the buttons there is no room for it. */
        :host {
          flex-wrap: wrap;
        }
        .title {
          flex: 1 0 100%;
          order: 1;
          padding: 0 4px 8px;
        }
        .title.none,
        .search .word,
        .keys {
          display: none;
        }
        .live .word {
          position: absolute;
          width: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
        .mark {
          height: 52px;
        }
        /* A developer's tool. */
        fw-stream-address {
          display: none;
        }
        .mark span {
          display: none;
        }
        .search {
          width: 32px;
          margin: 0 0 0 auto;
          padding: 0;
          border-color: transparent;
        }
        fw-connection-state {
          margin: 0 8px;
        }
        fw-connection-state[wide] {
          flex: 1 0 100%;
          order: 2;
          margin: 0;
          padding: 0 4px 8px;
        }
      }
    `,
  ];
}

customElements.define('fw-bar', Bar);
