import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { base } from '../look/styles.js';
import { clock, isRunning } from '../look/words.js';

const NOT_KEPT = 'Live pictures are looked at as they arrive and are not kept.';

/**
 * What stands in the player's place while video arrives live: there is no picture to show, so the
 * answer is shown large, the newest or the one that was chosen. Dispatches `time` when one is chosen
 * and `now` when the newest is wanted again.
 */
export class LiveView extends LitElement {
  static properties = {
    session: { attribute: false },
    events: { attribute: false },
    log: { attribute: false },
    current: { attribute: false },
    chosen: { state: true },
  };

  constructor() {
    super();
    /** @type {Session | undefined} */
    this.session = undefined;
    /** @type {import('../session/event-log.js').EventLog | undefined} */
    this.log = undefined;
    /** @type {SessionEvent[]} those of the log: it stays the same, they do not */
    this.events = [];
    /** @type {ResultEvent | undefined} */
    this.current = undefined;
    /** @type {number | undefined} seconds; undefined follows the newest */
    this.chosen = undefined;
  }

  /** @type {number | undefined} */
  #tick;

  get #running() {
    return this.session !== undefined && isRunning(this.session);
  }

  /** The newest answer is the one to show. */
  get showsNewest() {
    return this.chosen === undefined;
  }

  /** @param {number} seconds since the first picture, of an answer to stay at */
  seek(seconds) {
    this.chosen = seconds;
    this.dispatchEvent(new CustomEvent('time', { detail: seconds }));
  }

  /** @param {number} seconds since the first picture, of the newest answer */
  playFrom(seconds) {
    this.chosen = undefined;
    this.dispatchEvent(new CustomEvent('time', { detail: seconds }));
  }

  /** Live video does not wait. */
  toggle() {}

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const before = /** @type {Session | undefined} */ (changed.get('session'));
    if (before && before.session_id !== this.session?.session_id) {
      this.chosen = undefined;
    }
  }

  updated() {
    clearTimeout(this.#tick);
    if (this.#running) {
      this.#tick = setTimeout(() => this.requestUpdate(), 1000);
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
  }

  /** Seconds from the first picture until now, or until the end. */
  get #elapsed() {
    const began = this.log?.firstPictureAt;
    const last = this.events.at(-1);
    if (began === undefined || !last) {
      return undefined;
    }
    const until = this.#running ? Date.now() : Date.parse(last.at);
    return Math.max(0, (until - began) / 1000);
  }

  render() {
    const elapsed = this.#elapsed;
    return html`
      <div class="screen">
        ${this.current ? this.#answer(this.current) : this.#words()}
        ${this.current && this.#running ? html`<p class="foot">${NOT_KEPT}</p>` : nothing}
      </div>
      <div class="controls">
        <span class="badge ${this.#running ? 'on' : ''}"
          >${icons.live} ${this.#running ? 'Live' : 'Live stream'}</span
        >
        <span class="time numeric" data-testid="time"
          >${elapsed === undefined ? '' : clock(elapsed)}
          <span>${this.#timeWords(elapsed)}</span></span
        >
        <span class="gap"></span>
        ${this.#running && !this.showsNewest
          ? html`<button class="quiet" @click=${() => this.dispatchEvent(new Event('now'))}>
              ${icons.down} Back to now
            </button>`
          : nothing}
      </div>
    `;
  }

  /** @param {ResultEvent} result */
  #answer(result) {
    const said = result.ok ? result.result : (result.error?.message ?? 'This clip was not answered.');
    return html`<blockquote class=${result.ok ? '' : 'failed'} aria-label="Answer">
      <p class="said ${said.length > 160 ? 'long' : ''}">${said}</p>
      <p class="at numeric">at ${clock(result.clip.start_seconds)}</p>
    </blockquote>`;
  }

  #words() {
    if (this.session?.status === 'waiting') {
      return this.#placeholder('Waiting for the first picture', 'The sender has connected and shows nothing yet.');
    }
    return this.#running
      ? this.#placeholder('Live', NOT_KEPT)
      : this.#placeholder('This stream is over', 'It ended before there was an answer.');
  }

  /**
   * @param {string} title
   * @param {string} detail
   */
  #placeholder(title, detail) {
    return html`<div class="placeholder">
      ${icons.live}
      <strong>${title}</strong>
      <p>${detail}</p>
    </div>`;
  }

  /** @param {number | undefined} elapsed */
  #timeWords(elapsed) {
    if (elapsed === undefined) {
      return this.#running ? 'no picture yet' : '';
    }
    return this.#running ? 'since the first picture' : 'long';
  }

  static styles = [
    base,
    css`
      :host {
        display: block;
      }
      .screen {
        position: relative;
        display: grid;
        place-items: center;
        overflow: hidden;
        aspect-ratio: 16 / 7;
        max-height: min(46vh, 520px);
        width: 100%;
        padding: 24px 32px 40px;
        border-radius: var(--radius) var(--radius) 0 0;
        background: #0b0b0a;
        color: #edebe6;
      }
      .placeholder {
        display: grid;
        justify-items: center;
        gap: 4px;
        text-align: center;
      }
      .placeholder .icon {
        width: 28px;
        height: 28px;
        margin-bottom: 6px;
        color: #f0b04a;
      }
      .placeholder p,
      .at,
      .foot {
        color: #a8a297;
      }
      blockquote {
        display: grid;
        gap: 8px;
        max-width: 100%;
        max-height: 100%;
        min-height: 0;
        margin: 0;
        text-align: center;
      }
      .said {
        min-height: 0;
        max-width: 60ch;
        overflow-y: auto;
        font-size: clamp(20px, 2.6vw, 34px);
        font-weight: 600;
        line-height: 1.25;
        letter-spacing: -0.01em;
        overflow-wrap: anywhere;
        text-wrap: balance;
        white-space: pre-line;
        scrollbar-width: thin;
        scrollbar-color: #716c63 transparent;
      }
      .said.long {
        font-size: 16px;
        font-weight: 500;
        letter-spacing: 0;
      }
      .failed .said {
        color: #f28b7d;
        font-size: 16px;
        font-weight: 500;
      }
      .at {
        font-size: 13px;
      }
      .foot {
        position: absolute;
        inset: auto 16px 12px;
        font-size: 12px;
        text-align: center;
      }
      .controls {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 48px;
        padding: 8px 12px 8px 14px;
      }
      .badge {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        color: var(--soft);
        font-size: 13px;
        font-weight: 600;
      }
      .badge.on {
        color: var(--now);
      }
      .time {
        font-size: 13px;
        font-weight: 500;
      }
      .time span {
        color: var(--soft);
        font-weight: 400;
      }
      .gap {
        flex: 1;
      }
      @media (max-width: 800px) {
        .screen {
          max-height: 34dvh;
          padding: 16px 16px 36px;
          border-radius: 0;
        }
      }
    `,
  ];
}

customElements.define('fw-live-view', LiveView);
