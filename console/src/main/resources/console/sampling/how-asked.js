import { LitElement, css, html } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { backendName } from '../look/backend-name.js';
import { money } from '../look/money.js';
import { base } from '../look/styles.js';
import './asking-panel.js';
import { t } from '../messages/messages.js';
import { inWords, valid } from './sampling.js';

/** Back end and sampling in one line that expands for changes. Dispatches `change` with the differences. */
export class HowAsked extends LitElement {
  static properties = {
    asking: { attribute: false },
    backends: { attribute: false },
    defaultBackend: { attribute: false },
    running: { type: Boolean },
    live: { type: Boolean },
    errors: { attribute: false },
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
  }

  #facts() {
    const { asking } = this;
    if (!asking) {
      return '';
    }
    const who = asking.backend || this.defaultBackend;
    return [
      who ? backendName(who) : t('sampling.noModelProviderIsReady'),
      valid(asking) ? inWords(asking) : t('sampling.samplingOutOfRange'),
      ...(this.live ? [] : [asking.pace === 'realtime' ? t('sampling.inRealTime2') : t('sampling.asFastAsPossible2')]),
      ...(asking.loop && !this.live ? [t('sampling.looping')] : []),
      ...(asking.others.length > 0 ? [t('count.questions', { n: asking.others.length + 1 })] : []),
      ...(asking.language.trim() ? [t('common.answersInLanguage', { language: asking.language.trim() })] : []),
      ...(asking.schema.trim() ? [t('common.structuredAnswers')] : []),
      ...(asking.skip ? [t('common.skipsUnchangedClips')] : []),
      ...(asking.budget ? [t('sampling.atMostBudget', { budget: money(asking.budget) })] : []),
    ].join(' · ');
  }

  render() {
    return html`<details>
      <summary>
        ${icons.sliders}<span class="facts">${this.#facts()}</span><span class="change">${t('sampling.change')}</span
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
    </details>`;
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
      fw-asking-panel {
        padding: 16px;
      }
    `,
  ];
}

customElements.define('fw-how-asked', HowAsked);
