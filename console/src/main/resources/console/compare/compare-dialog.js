import { LitElement, html, nothing } from '../lib/lit/index.js';
import { backendName } from '../look/backend-name.js';
import * as icons from '../look/icons.js';
import { answerInWords } from '../look/json-words.js';
import { money } from '../look/money.js';
import { base } from '../look/styles.js';
import { clock, latency } from '../look/words.js';
import { t } from '../messages/messages.js';
import { compareStyles } from './compare-styles.js';
import { compared } from './comparison.js';
import { csvOf } from './csv.js';
import { saveVotes, votesOf } from './votes.js';

/** Number of clips shown at first, and added at a time. */
const PAGE = 100;

/** Compares the answers of several questions or back ends clip by clip. Dispatches `seek` with a result. */
export class CompareDialog extends LitElement {
  static properties = {
    session: { type: String },
    results: { attribute: false },
    order: { attribute: false },
    differing: { state: true },
    votes: { state: true },
    shown: { state: true },
  };

  constructor() {
    super();
    this.session = '';
    /** @type {ResultEvent[]} */
    this.results = [];
    /** @type {string[]} names of the questions */
    this.order = [];
    /** Whether only clips are listed whose answers differ. */
    this.differing = false;
    /** @type {import('./votes.js').Votes} */
    this.votes = {};
    /** Number of clips shown; 0 while the dialog is closed. */
    this.shown = 0;
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
  }

  show() {
    this.votes = votesOf(this.session);
    this.shown = PAGE;
    this.#dialog.showModal();
  }

  /**
   * @param {string} key of the clip
   * @param {string} name
   */
  #vote(key, name) {
    const { [key]: before, ...others } = this.votes;
    this.votes = before === name ? others : { ...others, [key]: name };
    saveVotes(this.session, this.votes);
  }

  /** @param {import('./comparison.js').Comparison} comparison */
  #export({ columns, clips }) {
    const names = columns.map(({ name }) => name);
    const head = ['run', 'start_seconds', 'end_seconds', 'agree', 'vote'];
    const rows = clips.map(({ key, run, clip, answers, agree }) => [
      run,
      clip.start_seconds,
      clip.end_seconds,
      agree,
      this.votes[key],
      ...names.flatMap((name) => {
        const one = answers.get(name);
        return [one?.backend, one?.model ?? '', one?.ok, one?.ok ? one.result : one?.error?.message, one?.inference_latency_ms, one?.cost_usd];
      }),
    ]);
    const of = names.flatMap((name) => ['backend', 'model', 'ok', 'answer', 'latency_ms', 'cost_usd'].map((what) => `${name}: ${what}`));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([csvOf([[...head, ...of], ...rows])], { type: 'text/csv' }));
    link.download = 'framewise-comparison.csv';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  render() {
    return html`<dialog aria-labelledby="compare-title" @close=${() => (this.shown = 0)}>
      ${this.shown > 0 ? this.#content(compared(this.results, this.order)) : nothing}
    </dialog>`;
  }

  /** @param {import('./comparison.js').Comparison} comparison */
  #content(comparison) {
    const { columns, clips, compared: both, agreed } = comparison;
    const listed = this.differing ? clips.filter(({ agree }) => agree === false) : clips;
    return html`<div class="head">
        <h2 id="compare-title">${t('compare.compareAnswers')}</h2>
        <button class="bare" aria-label="${t('common.close')}" @click=${() => this.#dialog.close()}>${icons.close}</button>
      </div>
      <div class="tools">
        <p class="rate numeric" role="status">
          ${both > 0
            ? html`<strong>${Math.round((agreed / both) * 100)} %</strong> ${t('compare.agreeInClips', { agreed, n: both })}`
            : t('compare.noClipHasTwoAnswers')}
        </p>
        <button aria-pressed=${String(this.differing)} @click=${() => (this.differing = !this.differing)}>
          ${t('compare.onlyDifferences')}
        </button>
        <button @click=${() => this.#export(comparison)}>${icons.download} ${t('compare.exportCsv')}</button>
      </div>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="compare-title">
        <table>
          <thead>
            <tr>
              <th scope="col">${t('compare.time')}</th>
              ${columns.map((column) => this.#head(column))}
            </tr>
          </thead>
          <tbody>
            ${listed.slice(0, this.shown).map((clip) => this.#row(clip, columns))}
          </tbody>
        </table>
        ${listed.length === 0 ? html`<p class="none">${t('compare.allAnswersAgree')}</p>` : nothing}
        ${listed.length > this.shown
          ? html`<button class="quiet more" @click=${() => (this.shown += PAGE)}>${t('compare.showMore')}</button>`
          : nothing}
      </div>`;
  }

  /** @param {import('./comparison.js').ComparedColumn} column */
  #head({ name, backend, failed, medianMs, p95Ms, usd }) {
    const votes = Object.values(this.votes).filter((vote) => vote === name).length;
    return html`<th scope="col">
      ${name}
      <small>${backend ? backendName(backend) : nothing}</small>
      <small class="numeric">
        ${medianMs === undefined ? nothing : t('compare.medianAndP95', { median: latency(medianMs), p95: latency(p95Ms ?? medianMs) })}
        ${usd > 0 ? ` · ${money(usd)}` : nothing}
      </small>
      <small class="numeric">
        ${t('compare.votes', { n: votes })}${failed > 0 ? html` · <span class="bad">${t('results.failedFailed', { failed })}</span>` : nothing}
      </small>
    </th>`;
  }

  /**
   * @param {import('./comparison.js').ComparedClip} clip
   * @param {import('./comparison.js').ComparedColumn[]} columns
   */
  #row({ key, clip, answers, agree }, columns) {
    const time = clock(clip.start_seconds, 1);
    const first = [...answers.values()][0];
    return html`<tr class=${agree === false ? 'differs' : ''}>
      <th scope="row">
        <button class="quiet numeric" title="${t('results.goToTime', { time })}" @click=${() => this.#seek(first)}>${time}</button>
      </th>
      ${columns.map(({ name }) => {
        const one = answers.get(name);
        const chosen = this.votes[key] === name;
        return html`<td>
          <div class="cell">
            <span class="said ${one && !one.ok ? 'bad' : ''}"
              >${one ? (one.ok ? answerInWords(one.result) || t('common.emptyAnswer') : (one.error?.message ?? t('common.failed'))) : '–'}</span
            >
            ${one?.ok
              ? html`<button
                  class="bare vote"
                  aria-pressed=${String(chosen)}
                  aria-label="${t('compare.voteForName', { name, time })}"
                  title="${t('compare.bestAnswer')}"
                  @click=${() => this.#vote(key, name)}
                >
                  ${icons.check}
                </button>`
              : nothing}
          </div>
        </td>`;
      })}
    </tr>`;
  }

  /** @param {ResultEvent | undefined} result */
  #seek(result) {
    if (result) {
      this.#dialog.close();
      this.dispatchEvent(new CustomEvent('seek', { detail: result }));
    }
  }

  static styles = [base, compareStyles];
}

customElements.define('fw-compare-dialog', CompareDialog);
