import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { base } from '../look/styles.js';
import { money } from '../look/money.js';
import { latency, number } from '../look/words.js';
import { t } from '../messages/messages.js';

/** @type {['jsonl' | 'csv' | 'vtt' | 'srt', string][]} */
const FORMATS = [
  ['jsonl', t('results.jsonLines')],
  ['csv', t('results.tableCsv')],
  ['vtt', t('results.captionsWebVTT')],
  ['srt', t('results.subtitlesSrt')],
];

/** Number of answers, their cost so far and its forecast, and the downloads. Dispatches `compare`. */
export class ResultsHead extends LitElement {
  static properties = {
    counters: { attribute: false },
    forecast: { attribute: false },
    link: { attribute: false },
    comparable: { type: Boolean },
    bundle: { type: String },
  };

  constructor() {
    super();
    /** @type {ReturnType<typeof import('../session/tally.js').tally>} */
    this.counters = { results: 0, failed: 0, dropped: 0, saved: 0, usd: 0, unpriced: 0, age: undefined };
    /** @type {Forecast | undefined} while the session runs */
    this.forecast = undefined;
    /** @type {((format: 'jsonl' | 'csv' | 'vtt' | 'srt') => string) | undefined} */
    this.link = undefined;
    /** Whether there are several questions to compare. */
    this.comparable = false;
    /** URL of the whole session in one file; empty where the user may not have it. */
    this.bundle = '';
  }

  render() {
    const { results, failed, dropped, saved, usd, unpriced, age } = this.counters;
    const { link } = this;
    return html`
      <h2>${t('common.answers')} <span class="numeric count">${results > 0 ? number(results) : ''}</span></h2>
      <div class="facts">
      ${failed > 0 ? html`<span class="bad numeric">${t('results.failedFailed', { failed })}</span>` : nothing}
      ${dropped > 0
        ? html`<span class="numeric" title="${t('results.theAnswersCameSlowerThanThe')}"
            >${t('common.clipsSkipped', { clips: t('count.clips', { n: dropped }) })}</span
          >`
        : nothing}
      ${age
        ? html`<span class="numeric" data-testid="age" title="${t('results.fromThePictureToItsAnswer')}"
            >${t('results.latencyOfAnswers', { median: latency(age.median), p95: latency(age.p95) })}</span
          >`
        : nothing}
      ${usd > 0
        ? html`<span class="numeric" data-testid="cost" title="${t('results.costOfThisSession')}">${money(usd)}</span>`
        : nothing}
      ${unpriced > 0
        ? html`<span class="numeric" title="${t('results.noPricesForTheseAnswers')}">${t('results.unpricedWithoutAPrice', { unpriced })}</span>`
        : nothing}
      ${saved > 0
        ? html`<span class="numeric" title="${t('results.unchangedClipsWereNotSent')}">${t('results.callsSaved', { calls: t('count.calls', { n: saved }) })}</span>`
        : nothing}
      ${this.forecast && this.forecast.usd_per_hour !== 0
        ? html`<span class="numeric" data-testid="forecast" title="${t('results.estimateIfEveryClipIsSent')}">${this.forecast.text}</span>`
        : nothing}
      </div>
      ${this.comparable && results > 0
        ? html`<button class="quiet compare" title="${t('compare.compare')}" @click=${() => this.dispatchEvent(new Event('compare'))}>
            ${icons.columns}<span class="word">${t('compare.compare')}</span>
          </button>`
        : nothing}
      ${link && results > 0
        ? html`<button class="quiet download" title="${t('results.download')}" popovertarget="formats">${icons.download}<span class="word">${t('results.download')}</span></button>
            <div id="formats" popover role="group" aria-label="${t('results.downloadTheAnswers')}">
              ${FORMATS.map(
                ([format, name]) =>
                  html`<a href=${link(format)} download>${name} <span>.${format}</span></a>`,
              )}
              ${this.bundle
                ? html`<a class="bundle" href=${this.bundle} download title=${t('lookback.wholeSessionTitle')}
                    >${t('lookback.wholeSession')} <span>.zip</span></a
                  >`
                : nothing}
            </div>`
        : nothing}
    `;
  }

  static styles = [
    base,
    css`
      :host {
        position: relative;
        display: flex;
        align-items: center;
        gap: 10px;
        min-height: 48px;
        padding: 6px 6px 6px 16px;
        border-bottom: 1px solid var(--line);
        color: var(--soft);
        font-size: 12px;
      }
      h2 {
        color: var(--ink);
        font-size: 14px;
        font-weight: 600;
      }
      .count {
        margin-left: 2px;
        color: var(--soft);
        font-weight: 400;
      }
      .bad {
        color: var(--bad);
      }
      .facts {
        display: flex;
        flex: 1;
        flex-wrap: wrap;
        gap: 0 10px;
        min-width: 0;
        line-height: 1.35;
      }
      h2,
      button {
        flex: none;
      }
      .download {
        anchor-name: --download;
      }
      button {
        font-size: 12px;
        color: var(--soft);
      }
      [popover] {
        position-anchor: --download;
        inset: auto;
        top: anchor(bottom);
        right: anchor(right);
        width: 210px;
        margin: 4px 0 0;
        padding: 4px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--raised);
        color: var(--ink);
        box-shadow: var(--shadow-high);
      }
      [popover] a {
        display: flex;
        justify-content: space-between;
        padding: 8px 10px;
        border-radius: var(--radius-small);
        font-size: 13px;
        text-decoration: none;
      }
      [popover] .bundle {
        margin-top: 4px;
        border-top: 1px solid var(--line);
        border-radius: 0 0 var(--radius-small) var(--radius-small);
      }
      [popover] a:hover {
        background: var(--hover);
      }
      [popover] span {
        color: var(--soft);
        font-size: 12px;
      }
      /* Beside another button there is no room for the words. */
      @container (max-width: 520px) {
        .compare,
        .compare ~ .download {
          width: 32px;
          padding: 0;
        }
        .compare .word,
        .compare ~ .download .word {
          position: absolute;
          width: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
      @media (max-width: 480px) {
        .word {
          position: absolute;
          width: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
      @supports not (anchor-name: --download) {
        [popover] {
          inset: 56px 16px auto auto;
        }
      }
    `,
  ];
}

customElements.define('fw-results-head', ResultsHead);
