import { LitElement, html, nothing } from '../lib/lit/index.js';
import { notice, noticeStyles } from '../look/notice.js';
import { base } from '../look/styles.js';
import { unlessReported } from '../look/unless-reported.js';
import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';
import { askPastStyles } from './ask-past-styles.js';
import { momentOf, momentText } from './span-words.js';

/** Length of the span that is selected first, in seconds. */
const FIRST_SECONDS = 10;
/** Step of the arrow keys, in seconds. */
const STEP = 1;

/**
 * A question about a span of the past. Dispatches `selecting` with whether a span is being chosen, and `span` when it
 * changes.
 */
export class AskPast extends LitElement {
  static properties = {
    open: { attribute: false },
    lookback: { attribute: false },
    span: { attribute: false },
    time: { type: Number },
    length: { type: Number },
    began: { type: Number },
    live: { type: Boolean },
    selecting: { type: Boolean },
    problem: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../session/open-session.js').OpenSession | undefined} */
    this.open = undefined;
    /** @type {Lookback | undefined} the newest one */
    this.lookback = undefined;
    /** @type {{from: number, to: number} | undefined} */
    this.span = undefined;
    /** Second of the video that is shown. */
    this.time = 0;
    /** Length of a file, in seconds; 0 where it is unknown. */
    this.length = 0;
    /** When the first picture of live video arrived, in milliseconds of `Date`. */
    this.began = 0;
    this.live = false;
    this.selecting = false;
    /** @type {Problem | undefined} */
    this.problem = undefined;
    this.busy = false;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('open')) {
      this.problem = undefined;
    }
  }

  #begin() {
    const end = this.live ? this.time + 1 : Math.min(this.length || Infinity, this.time + FIRST_SECONDS);
    const from = this.live ? this.time - FIRST_SECONDS : Math.max(0, Math.min(this.time, end - FIRST_SECONDS));
    this.#choose(from, end);
    this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('#past-question'))?.focus());
  }

  #end() {
    this.problem = undefined;
    this.dispatchEvent(new CustomEvent('selecting', { detail: false }));
    this.updateComplete.then(() => /** @type {HTMLElement | null} */ (this.renderRoot.querySelector('.begin'))?.focus());
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #choose(from, to) {
    const least = this.live ? -Infinity : 0;
    const most = this.live || !this.length ? Infinity : this.length;
    const start = Math.min(most, Math.max(least, from));
    this.dispatchEvent(new CustomEvent('span', { detail: { from: start, to: Math.min(most, Math.max(start, to)) } }));
  }

  /**
   * @param {'from' | 'to'} side
   * @param {number | undefined} seconds
   */
  #set(side, seconds) {
    const { span } = this;
    if (span && seconds !== undefined) {
      const next = { ...span, [side]: seconds };
      this.#choose(Math.min(next.from, next.to), Math.max(next.from, next.to));
    }
    this.requestUpdate();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {'from' | 'to'} side
   */
  #key(event, side) {
    const by = { ArrowUp: STEP, ArrowDown: -STEP }[event.key];
    if (by !== undefined && this.span) {
      event.preventDefault();
      this.#set(side, this.span[side] + by);
    }
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    const { span, open } = this;
    const form = /** @type {HTMLFormElement} */ (event.target);
    const data = new FormData(form);
    const prompt = String(data.get('question') ?? '').trim();
    if (!span || !open || prompt === '') {
      return;
    }
    const delay_seconds = Number(String(data.get('every')).replace(',', '.'));
    this.busy = true;
    this.problem = undefined;
    try {
      await open.lookBack({ prompt, ...this.#asked(span), delay_seconds });
      this.#end();
    } catch (e) {
      this.problem = Problem.of(e);
    } finally {
      this.busy = false;
    }
  }

  /** @param {{from: number, to: number}} span */
  #asked({ from, to }) {
    const at = (/** @type {number} */ seconds) => new Date(this.began + seconds * 1000).toISOString();
    return this.live ? { start_at: at(from), end_at: at(to) } : { start_seconds: from, end_seconds: to };
  }

  async #cancel() {
    try {
      await this.open?.cancelLookback();
    } catch (e) {
      this.problem = Problem.of(e);
    }
  }

  render() {
    return html`${this.lookback ? this.#progress(this.lookback) : nothing}
      ${this.selecting && this.span
        ? this.#form(this.span)
        : html`<button
            class="quiet begin"
            title=${t('lookback.askTitle')}
            ?disabled=${this.lookback?.status === 'running'}
            @click=${this.#begin}
          >
            ${t('lookback.ask')}
          </button>`}
      ${unlessReported(this.problem, notice(this.problem, [], () => (this.problem = undefined)))}`;
  }

  /** @param {{from: number, to: number}} span */
  #form(span) {
    const usual = this.open?.session.settings?.processing?.delay_seconds ?? 1;
    return html`<form aria-label=${t('lookback.ask')} @submit=${this.#submit} @keydown=${this.#escape}>
      <p class="hint">${t('lookback.hint')}</p>
      <div class="times">
        ${this.#time('from', t('common.from'), span.from)} ${this.#time('to', t('lookback.to'), span.to)}
        <label>${t('lookback.every')} <input name="every" class="short numeric" inputmode="decimal" .value=${String(usual)} required pattern="[0-9]{1,4}([.,][0-9]+)?" /> s</label>
      </div>
      <label class="question"
        ><span>${t('lookback.question')}</span>
        <input id="past-question" name="question" maxlength="8000" autocomplete="off" placeholder=${t('lookback.placeholder')} required
      /></label>
      <div class="buttons">
        <button class="main" ?disabled=${this.busy}>${t('lookback.send')}</button>
        <button type="button" @click=${this.#end}>${t('common.close')}</button>
      </div>
    </form>`;
  }

  /** @param {KeyboardEvent} event */
  #escape(event) {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.#end();
    }
  }

  /**
   * @param {'from' | 'to'} side
   * @param {string} label
   * @param {number} seconds
   */
  #time(side, label, seconds) {
    return html`<label
      >${label}
      <input
        class="numeric"
        name=${side}
        .value=${momentText(seconds, this.began)}
        @change=${(/** @type {Event} */ e) => this.#set(side, momentOf(/** @type {HTMLInputElement} */ (e.target).value, this.began))}
        @keydown=${(/** @type {KeyboardEvent} */ e) => this.#key(e, side)}
    /></label>`;
  }

  /** @param {Lookback} lookback */
  #progress({ run, status, clips, answered, unchanged, detail, settings }) {
    const running = status === 'running';
    const asked = settings.prompt ?? '';
    return html`<div class="progress" role="status">
      <p>
        <strong>${running ? t('player.runRun', { run: String(run) }) : t('lookback.runOver', { run: String(run), over: t(`lookback.${status}`) })}</strong>
        <span class="asked">${asked}</span>
        <span class="numeric">${running ? t('lookback.answeredOf', { answered, n: clips }) : t('lookback.answers', { n: answered })}</span>
      </p>
      ${running
        ? html`<progress max=${clips} .value=${Math.min(clips, answered + unchanged)} aria-label=${t('lookback.soFar')}></progress>
            <button class="quiet" @click=${this.#cancel}>${t('common.cancel')}</button>`
        : html`<button class="quiet" @click=${() => this.open?.forgetLookback()}>${t('lookback.hide')}</button>`}
      ${detail && status !== 'finished' ? html`<p class="detail">${detail}</p>` : nothing}
    </div>`;
  }

  static styles = [base, noticeStyles, askPastStyles];
}

customElements.define('fw-ask-past', AskPast);
