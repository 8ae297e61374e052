import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';

/** Shows whether answers arrive. Dispatches `retry`. */
export class ConnectionState extends LitElement {
  static properties = {
    state: { attribute: false },
    retryAt: { type: Number },
    reachable: { attribute: false },
    lost: { type: Boolean },
    waiting: { type: Boolean },
  };

  constructor() {
    super();
    /** @type {import('../service/event-stream.js').StreamState} */
    this.state = 'idle';
    this.retryAt = 0;
    /** @type {boolean | undefined} whether the service answered the last request */
    this.reachable = undefined;
    /** Whether the source of the open session can't be reached. */
    this.lost = false;
    /** Whether its first picture has not arrived yet. */
    this.waiting = false;
  }

  /** @type {number | undefined} */
  #tick;

  updated() {
    clearTimeout(this.#tick);
    this.toggleAttribute('wide', this.state === 'reconnecting');
    if (this.state === 'reconnecting') {
      this.#tick = setTimeout(() => this.requestUpdate(), 1000);
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  /** @returns {[string, string, string?]} tone, text, and a part that changes every second */
  get #words() {
    switch (this.state) {
      case 'live':
        if (this.lost) {
          return ['bad', t('common.noConnection')];
        }
        return this.waiting ? ['wait', t('common.connecting')] : ['live', t('common.live')];
      case 'connecting':
        return ['wait', t('common.connecting')];
      case 'reconnecting': {
        const seconds = Math.ceil((this.retryAt - Date.now()) / 1000);
        return ['wait', t('app.reconnecting'), seconds > 0 ? t('app.inSecondsS', { seconds }) : ''];
      }
      case 'ended':
        return ['', t('common.ended')];
      default:
        return this.reachable === undefined
          ? ['wait', t('common.connecting')]
          : this.reachable
            ? ['', t('app.connected')]
            : ['bad', t('common.notConnected')];
    }
  }

  render() {
    const [tone, words, countdown] = this.#words;
    return html`<span class="dot ${tone}" aria-hidden="true"></span>
      <span class="words"
        ><span role="status" data-testid="connection">${words}</span
        ><span aria-hidden="true">${countdown}</span></span
      >
      ${this.state === 'reconnecting'
        ? html`<button class="quiet" @click=${() => this.dispatchEvent(new Event('retry'))}>
            ${t('app.tryNow')}
          </button>`
        : nothing}`;
  }

  static styles = [
    base,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 8px;
        color: var(--soft);
        font-size: 12px;
        font-variant-numeric: tabular-nums;
        white-space: nowrap;
      }
      .dot {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--line-strong);
      }
      .dot.live {
        background: var(--good);
      }
      .dot.wait {
        background: var(--now-fill);
        animation: breathe 0.8s ease-in-out infinite alternate;
      }
      .dot.bad {
        background: var(--bad);
      }
      @keyframes breathe {
        to {
          opacity: 0.35;
        }
      }
      button {
        min-height: 28px;
        padding: 0 8px;
        font-size: 12px;
      }
      /* A phone's bar has room for the dot only; the page says what is wrong. */
      @media (max-width: 800px) {
        :host(:not([wide])) .words {
          position: absolute;
          width: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
    `,
  ];
}

customElements.define('fw-connection-state', ConnectionState);
