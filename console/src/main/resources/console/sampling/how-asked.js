import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { backendName } from '../look/backend-name.js';
import { money } from '../look/money.js';
import { base } from '../look/styles.js';
import './asking-panel.js';
import { count } from '../look/words.js';
import { inWords, valid } from './sampling.js';

/**
 * Back end and sampling in one line that expands for changes. Dispatches `change` with the differences, and while the
 * session runs `apply` and `undo`.
 */
export class HowAsked extends LitElement {
  static properties = {
    asking: { attribute: false },
    backends: { attribute: false },
    defaultBackend: { attribute: false },
    running: { type: Boolean },
    live: { type: Boolean },
    errors: { attribute: false },
    differs: { type: Boolean },
    busy: { type: Boolean },
  };

  constructor() {
    super();
    /** @type {import('./sampling.js').Asking | undefined} */
    this.asking = undefined;
    /** @type {BackendState[]} */
    this.backends = [];
    this.defaultBackend = '';
    this.running = false;
    /** Whether the video is live. */
    this.live = false;
    /** @type {Record<string, string>} the service's errors, by field */
    this.errors = {};
    /** Whether the fields differ from the running session. */
    this.differs = false;
    this.busy = false;
  }

  #facts() {
    const { asking } = this;
    if (!asking) {
      return '';
    }
    const who = asking.backend || this.defaultBackend;
    return [
      who ? backendName(who) : 'No back end is ready',
      valid(asking) ? inWords(asking) : 'sampling out of range',
      ...(this.live ? [] : [asking.pace === 'realtime' ? 'with the video' : 'as fast as it goes']),
      ...(asking.loop && !this.live ? ['looping'] : []),
      ...(asking.others.length > 0 ? [count(asking.others.length + 1, 'question')] : []),
      ...(asking.language.trim() ? [`answers in ${asking.language.trim()}`] : []),
      ...(asking.schema.trim() ? ['answers fit a schema'] : []),
      ...(asking.skip ? ['skips what has not changed'] : []),
      ...(asking.budget ? [`at most ${money(asking.budget)}`] : []),
    ].join(' · ');
  }

  render() {
    return html`<details>
      <summary>
        ${icons.sliders}<span class="facts">${this.#facts()}</span><span class="change">Change</span
        >${icons.chevron}
      </summary>
      <fw-asking-panel
        .asking=${this.asking}
        .backends=${this.backends}
        .defaultBackend=${this.defaultBackend}
        .running=${this.running}
        .live=${this.live}
        .errors=${this.errors}
        @change=${(/** @type {CustomEvent} */ e) =>
          this.dispatchEvent(new CustomEvent('change', { detail: e.detail }))}
      ></fw-asking-panel>
    </details>
    ${this.differs
      ? html`<div class="apply">
          <button class="main" ?disabled=${this.busy} @click=${() => this.dispatchEvent(new Event('apply'))}>
            ${this.busy ? 'Applying' : 'Apply from the next clip'}
          </button>
          <button class="quiet" ?disabled=${this.busy} @click=${() => this.dispatchEvent(new Event('undo'))}>
            Undo
          </button>
        </div>`
      : nothing}`;
  }

  static styles = [
    base,
    css`
      :host {
        display: block;
        margin-top: 16px;
      }
      .facts {
        color: var(--soft);
        font-size: 13px;
      }
      details {
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--paper);
      }
      summary {
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 40px;
        padding: 8px 12px;
        border-radius: var(--radius);
        color: var(--soft);
        font-size: 13px;
        cursor: pointer;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      summary:hover {
        color: var(--ink);
      }
      .facts {
        flex: 1;
        min-width: 0;
      }
      .change {
        font-weight: 500;
      }
      details[open] .change {
        display: none;
      }
      details[open] summary > .icon:last-child {
        transform: rotate(180deg);
      }
      details[open] summary {
        border-bottom: 1px solid var(--line);
        border-radius: var(--radius) var(--radius) 0 0;
      }
      .apply {
        display: flex;
        gap: 8px;
        margin-top: 10px;
      }
      .apply button {
        min-height: 36px;
      }
      fw-asking-panel {
        padding: 16px;
      }
    `,
  ];
}

customElements.define('fw-how-asked', HowAsked);
