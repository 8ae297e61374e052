import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { backendName } from '../look/backend-name.js';
import { money } from '../look/money.js';
import * as icons from '../look/icons.js';
import { base } from '../look/styles.js';
import { clock, latency } from '../look/words.js';
import { t } from '../messages/messages.js';
import './evidence.js';
import { waterfall, waterfallStyles } from './waterfall.js';

/** Details of one answer: back end, latency, cost and evidence. */
export class ResultDetails extends LitElement {
  static properties = {
    result: { attribute: false },
    insteadOf: { attribute: false },
    api: { attribute: false },
    tell: { attribute: false },
    sent: { state: true },
  };

  constructor() {
    super();
    /** @type {ResultEvent | undefined} */
    this.result = undefined;
    /** @type {string | undefined} the preferred back end, if another one answered */
    this.insteadOf = undefined;
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** @type {((result: ResultEvent) => void) | undefined} makes a watch of the answer */
    this.tell = undefined;
    /** Whether the evidence was requested. */
    this.sent = false;
  }

  /**
   * @param {ResultEvent} r
   * @returns {[string, string][]}
   */
  #facts(r) {
    const { start_seconds: start, end_seconds: end, frames } = r.clip;
    const by = [backendName(r.backend), r.model].filter(Boolean).join(' · ');
    /** @type {[string, string][]} */
    const facts = [
      [t('results.answeredBy'), this.insteadOf ? t('results.byInsteadOfBackend', { by, backend: backendName(this.insteadOf) }) : by],
      [t('results.clip'), t('results.startToEndFrames', { start: clock(start, 2), end: clock(end, 2), frames: t('count.frames', { n: frames }) })],
      [t('results.duration'), t('results.modelModelTotalTotal', { model: latency(r.inference_latency_ms), total: latency(r.total_latency_ms) })],
    ];
    if (r.usage) {
      facts.push([t('results.tokens'), t('results.inputInOutputOut', { input: r.usage.input_tokens, output: r.usage.output_tokens })]);
    }
    if (r.cost_usd !== undefined) {
      facts.push([t('results.cost'), r.cost_estimated ? t('results.aboutCostTheServiceTellsNo', { cost: money(r.cost_usd) }) : money(r.cost_usd)]);
    } else if (r.usage) {
      facts.push([t('results.cost'), t('results.notKnownThePriceTableHas')]);
    }
    if (r.error) {
      facts.push([t('results.error'), r.error.code]);
    }
    return facts;
  }

  render() {
    const { result } = this;
    if (!result) {
      return nothing;
    }
    return html`
      <dl>
        ${this.#facts(result).map(([name, fact]) => html`<div><dt>${name}</dt><dd class="numeric">${fact}</dd></div>`)}
      </dl>
      ${waterfall(result)}
      ${this.tell && result.ok
        ? html`<button class="tell" @click=${() => this.tell?.(result)}>${icons.bell} ${t('results.notifyMeWhenThisChanges')}</button>`
        : nothing}
      ${result.error?.raw
        ? html`<h3 class="heading">${t('results.modelOutput')}</h3>
            <pre tabindex="0">${result.error.raw}</pre>`
        : nothing}
      ${result.backend === 'builtin'
        ? nothing
        : html`<details @toggle=${(/** @type {Event} */ e) => {
            this.sent ||= /** @type {HTMLDetailsElement} */ (e.target).open;
          }}>
            <summary>${t('results.sentToTheModel')}</summary>
            ${this.sent
              ? html`<fw-evidence .api=${this.api} .session=${result.session_id} .seq=${result.seq}></fw-evidence>`
              : nothing}
          </details>`}
    `;
  }

  static styles = [
    base,
    waterfallStyles,
    css`
      :host {
        display: block;
        padding: 2px 16px 12px;
        font-size: 12px;
        container-type: inline-size;
      }
      dl {
        display: grid;
        gap: 3px;
        margin: 0;
      }
      dl div {
        display: grid;
        grid-template-columns: 84px minmax(0, 1fr);
        gap: 8px;
      }
      /* In the column of one of several questions. */
      @container (max-width: 260px) {
        dl div {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
        }
      }
      dt {
        color: var(--soft);
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      h3 {
        margin: 10px 0 4px;
      }
      pre {
        max-height: 220px;
        margin: 0;
        padding: 8px 10px;
        overflow: auto;
        border-radius: var(--radius-small);
        background: var(--sunk);
        font-size: 12px;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .tell {
        min-height: 28px;
        margin-top: 8px;
        padding: 0 10px;
        font-size: 12px;
      }
      summary {
        width: fit-content;
        margin-top: 8px;
        padding: 4px 0;
        font-weight: 500;
        cursor: pointer;
      }
    `,
  ];
}

customElements.define('fw-result-details', ResultDetails);
