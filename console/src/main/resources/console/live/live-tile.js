import { LitElement, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { answerInWords } from '../look/json-words.js';
import { sessionName, sessionNameStyles } from '../look/session-name.js';
import { base } from '../look/styles.js';
import { noConnection, sourceWords, statusWords } from '../look/words.js';
import { t } from '../messages/messages.js';
import { draw } from '../player/picture-stream.js';
import { tileStyles } from './live-tile-styles.js';

/** Age in seconds from which an answer is highlighted. */
const OLD_SECONDS = 30;

/** One live session: its picture, name and newest answer with its age. Links to the session. */
export class LiveTile extends LitElement {
  static properties = {
    live: { attribute: false },
    seen: { state: true },
    /** Changes every second, to update ages. */
    now: { type: Number },
  };

  constructor() {
    super();
    /** @type {import('./live-session.js').LiveSession | undefined} */
    this.live = undefined;
    /** Whether there is a picture. */
    this.seen = false;
    this.now = 0;
  }

  /** @param {Blob | undefined} jpeg the newest picture */
  async show(jpeg) {
    const canvas = this.renderRoot.querySelector('canvas');
    if (jpeg && canvas) {
      await draw(canvas, jpeg);
    }
    this.seen = this.seen || jpeg !== undefined;
  }

  render() {
    const { live } = this;
    if (!live) {
      return nothing;
    }
    const { session } = live;
    return html`<a class=${live.running ? '' : 'over'} href="#/session/${session.session_id}">
      <span class="picture ${this.seen ? 'seen' : ''}">
        <canvas width="16" height="9" aria-hidden="true"></canvas>
        ${this.seen ? nothing : html`<span class="none">${icons.live}<span>${t('live.noPictureYet')}</span></span>`}
        ${this.#said(live)}
      </span>
      <span class="line">
        ${sessionName(session)}
        <span class="status ${session.status}">${statusWords(session)}</span>
      </span>
      <span class="facts numeric">${this.#facts(live)}</span>
    </a>`;
  }

  /** @param {import('./live-session.js').LiveSession} live */
  #said({ session, running, result, notice: reported }) {
    const notice = reported || noConnection(session);
    if (notice) {
      const trouble = running || session.status === 'failed';
      return html`<span class="said ${trouble ? 'trouble' : 'soft'}">${notice}</span>`;
    }
    if (!result) {
      return this.seen ? html`<span class="said soft">${t('common.waitingForTheFirstAnswer')}</span>` : nothing;
    }
    return result.ok
      ? html`<span class="said">${answerInWords(result.result, ', ')}</span>`
      : html`<span class="said trouble">${result.error?.message ?? t('common.noAnswerForThisClip')}</span>`;
  }

  /** @param {import('./live-session.js').LiveSession} live */
  #facts({ session, running, answerAge }) {
    const dropped = session.counters?.dropped ?? 0;
    return html`<span>${sourceWords(session)}</span>
      ${running && answerAge !== undefined
        ? html`<span class=${answerAge > OLD_SECONDS ? 'old' : ''}>${t('live.answeredAgo', { age: age(answerAge) })}</span>`
        : nothing}
      ${dropped > 0 ? html`<span>${t('common.clipsSkipped', { clips: t('count.clips', { n: dropped }) })}</span>` : nothing}`;
  }

  static styles = [base, sessionNameStyles, tileStyles];
}

/** @param {number} seconds */
function age(seconds) {
  if (seconds < 90) {
    return `${Math.round(seconds)} s`;
  }
  return seconds < 5400 ? t('live.minutesMin', { minutes: Math.round(seconds / 60) }) : `${Math.round(seconds / 3600)} h`;
}

customElements.define('fw-live-tile', LiveTile);
