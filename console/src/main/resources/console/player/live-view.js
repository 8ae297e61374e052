import { LitElement, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { answerInWords } from '../look/json-words.js';
import { base } from '../look/styles.js';
import { canStartAgain, clock, isLost, isRunning, noConnection } from '../look/words.js';
import { t } from '../messages/messages.js';
import { liveViewStyles } from './live-view-styles.js';
import { boxesWanted, saveBoxesWanted } from './boxes.js';
import './lanes.js';
import './preview.js';

const SUBTITLES_KEY = 'framewise.live-subtitles';
const AS_THEY_ARRIVE = t('player.livePicturesAppearHereAsThey');

/**
 * Replaces the player for live video: the newest or chosen picture with its answer. Shows this page's own picture where
 * this page sends the video, otherwise the service's, and the kept picture of an answer that is not the newest or of a
 * session that has ended. While there is no picture, the answer is shown large. Dispatches
 * `time` when an answer is chosen, `earlier` when the timeline shows a time whose answers are not loaded, `step` with -1 or 1 for the previous or next answer, and `now` to return to the newest.
 */
export class LiveView extends LitElement {
  static properties = {
    session: { attribute: false },
    events: { attribute: false },
    log: { attribute: false },
    picture: { attribute: false },
    preview: { type: String },
    current: { attribute: false },
    chosen: { state: true },
    watching: { state: true },
    order: { attribute: false },
    selecting: { type: Boolean },
    span: { attribute: false },
    seen: { attribute: false },
    frameUrl: { attribute: false },
    earlier: { type: Boolean },
    still: { type: String },
    missing: { state: true },
    boxes: { state: true },
    subtitles: { state: true },
  };

  constructor() {
    super();
    /** @type {Session | undefined} */
    this.session = undefined;
    /** @type {import('../session/event-log.js').EventLog | undefined} */
    this.log = undefined;
    /** @type {MediaStream | undefined} the picture that this page sends */
    this.picture = undefined;
    /** URL of the service's preview. */
    this.preview = '';
    /** @type {import('../session/seen.js').Seen[]} objects that the current answer found */
    this.seen = [];
    /** @type {((seconds: number) => string) | undefined} a picture that is kept */
    this.frameUrl = undefined;
    /** Whether there are answers before the log's first one. */
    this.earlier = false;
    /** URL of the kept picture that belongs to the current answer, where it is not the live one; empty for none. */
    this.still = '';
    /** The one that could not be loaded. */
    this.missing = '';
    this.boxes = boxesWanted();
    /** Whether the answer is shown in the picture. */
    this.subtitles = localStorage.getItem(SUBTITLES_KEY) !== 'off';
    /** @type {string[]} names of the questions */
    this.order = [];
    /** Whether dragging over the timeline selects a span. */
    this.selecting = false;
    /** @type {{from: number, to: number} | undefined} the selected span */
    this.span = undefined;
    /** Whether the service's picture is visible. */
    this.watching = false;
    /** @type {SessionEvent[]} events of the log, which itself stays the same object */
    this.events = [];
    /** @type {ResultEvent | undefined} */
    this.current = undefined;
    /** @type {number | undefined} seconds; undefined follows the newest */
    this.chosen = undefined;
  }

  /** @type {number | undefined} */
  #tick;
  /** @type {number | undefined} when the first picture arrived, at the last update */
  #began;

  get #running() {
    return this.session !== undefined && isRunning(this.session);
  }

  /** Whether its source can't be reached at the moment. */
  get #lost() {
    return this.session !== undefined && isLost(this.session);
  }

  /** Whether the video comes from elsewhere and may have a picture by now. */
  get #previewed() {
    return !this.picture && this.session?.status === 'streaming';
  }

  /** Whether to show the newest answer. */
  get showsNewest() {
    return this.chosen === undefined;
  }

  /** @param {number} seconds since the first picture, of the answer to show */
  seek(seconds) {
    this.chosen = seconds;
    this.dispatchEvent(new CustomEvent('time', { detail: seconds }));
  }

  /** @param {number} seconds since the first picture, of the newest answer */
  playFrom(seconds) {
    this.chosen = undefined;
    this.dispatchEvent(new CustomEvent('time', { detail: seconds }));
  }

  /** Does nothing: live video can't be paused. */
  toggle() {}

  /** Does nothing where pictures are not kept. */
  hover() {}

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const before = /** @type {Session | undefined} */ (changed.get('session'));
    if (before && before.session_id !== this.session?.session_id) {
      this.chosen = undefined;
    }
    if (!this.#previewed) {
      this.watching = false;
    }
    const began = this.log?.firstPictureAt;
    if (this.chosen !== undefined && began !== undefined && this.#began !== undefined) {
      this.chosen += (this.#began - began) / 1000;
    }
    this.#began = began;
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

  /** @param {ResultEvent} result */
  #offsetOf = (result) => this.log?.offsetOf(result) ?? 0;

  /** Seconds from the first picture to now, or to the end. */
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
      <div class="screen ${this.#seesPicture ? 'seen' : ''}">
        ${this.#picture()} ${this.#kept()} ${this.#boxes()} ${this.#trouble()}
        ${this.current && (this.subtitles || !this.#seesPicture) ? this.#answer(this.current) : this.current ? nothing : this.#words()}
      </div>
      ${elapsed !== undefined && this.log && this.log.results.length > 0
        ? html`<fw-lanes
            live
            .duration=${elapsed}
            .time=${this.chosen ?? elapsed}
            .began=${this.log.firstPictureAt ?? 0}
            .results=${this.log.results}
            .events=${this.events}
            .order=${this.order}
            .selecting=${this.selecting}
            .span=${this.span}
            .frameUrl=${this.frameUrl}
            .offsetOf=${this.#offsetOf}
            .earlier=${this.earlier}
            @earlier=${() => this.dispatchEvent(new Event('earlier'))}
            @span=${(/** @type {CustomEvent<{from: number, to: number}>} */ e) => this.dispatchEvent(new CustomEvent('span', { detail: e.detail }))}
            @step=${(/** @type {CustomEvent<number>} */ e) => this.dispatchEvent(new CustomEvent('step', { detail: e.detail }))}
            @seek=${(/** @type {CustomEvent<number>} */ e) => this.seek(e.detail)}
          ></fw-lanes>`
        : nothing}
      <div class="controls">
        <span class="badge ${this.#running && !this.#lost ? 'on' : ''}"
          >${icons.live} ${this.#lost ? t('common.noConnection') : this.#running ? t('common.live') : t('common.liveStream')}</span
        >
        <span class="time numeric" data-testid="time"
          >${elapsed === undefined ? '' : clock(elapsed)}
          <span>${this.#timeWords(elapsed)}</span></span
        >
        <span class="gap"></span>
        ${this.#running && !this.showsNewest
          ? html`<button class="quiet" @click=${() => this.dispatchEvent(new Event('now'))}>
              ${icons.down} ${t('player.backToLive')}
            </button>`
          : nothing}
        ${this.#seesPicture
          ? html`<button class="bare" aria-label="${t('player.boxes')}" title="${t('player.boxesAroundDetectedObjects')}" aria-pressed=${String(this.boxes)} @click=${this.#box}>
                ${icons.boxes}
              </button>
              <button class="bare" aria-label="${t('player.answerOverThePicture')}" title="${t('player.answerOverThePicture')}" aria-pressed=${String(this.subtitles)} @click=${this.#subtitle}>
                ${icons.captions}
              </button>`
          : nothing}
        <slot></slot>
      </div>
    `;
  }

  get #seesPicture() {
    return this.picture !== undefined || this.watching || this.#hasStill;
  }

  get #hasStill() {
    return this.still !== '' && this.still !== this.missing;
  }

  #box() {
    this.boxes = !this.boxes;
    saveBoxesWanted(this.boxes);
  }

  #subtitle() {
    this.subtitles = !this.subtitles;
    localStorage.setItem(SUBTITLES_KEY, this.subtitles ? 'on' : 'off');
  }

  /** Only the newest answer belongs to the live picture. */
  #boxes() {
    const video = this.session?.video;
    return this.boxes && this.#seesPicture && (this.showsNewest || this.#hasStill) && video
      ? html`<fw-boxes .seen=${this.seen} .width=${video.width} .height=${video.height}></fw-boxes>`
      : nothing;
  }

  #picture() {
    if (this.picture) {
      return html`<video autoplay muted playsinline aria-label="${t('player.whatIsBeingSent')}" .srcObject=${this.picture}></video>`;
    }
    return this.#previewed
      ? html`<fw-preview
          ?hidden=${!this.watching}
          .src=${this.preview}
          @seen=${(/** @type {CustomEvent<boolean>} */ e) => (this.watching = e.detail)}
        ></fw-preview>`
      : nothing;
  }

  /** Covers the live picture with the kept one. */
  #kept() {
    const { still } = this;
    return this.#hasStill
      ? html`<img class="still" crossorigin="anonymous" alt="${t('player.theKeptPicture')}" src=${still} @error=${() => (this.missing = still)} />`
      : nothing;
  }

  /** Explains a picture that stands still. */
  #trouble() {
    const trouble = this.watching && (this.log?.trouble || noConnection(this.session));
    return trouble ? html`<p class="trouble">${trouble}</p>` : nothing;
  }

  /** @param {ResultEvent} result */
  #answer(result) {
    const said = result.ok ? answerInWords(result.result) : (result.error?.message ?? t('common.noAnswerForThisClip'));
    return html`<blockquote class=${result.ok ? '' : 'failed'} aria-label="${t('player.answer')}">
      <p class="said ${said.length > 160 ? 'long' : ''}" dir="auto">${said}</p>
      <p class="at numeric">${t('player.atStart', { start: clock(result.clip.start_seconds) })}</p>
    </blockquote>`;
  }

  #words() {
    if (this.picture || this.watching) {
      return html`<p class="caption">${t('common.waitingForTheFirstAnswer')}</p>`;
    }
    if (this.#running && this.session?.status === 'waiting') {
      return this.session.source.type === 'url'
        ? this.#connecting(this.log?.trouble || this.session.source.trouble)
        : this.#placeholder(t('player.waitingForTheFirstPicture'), t('player.theSenderHasConnectedAndShows'));
    }
    if (this.#running) {
      return this.#placeholder(t('common.live'), AS_THEY_ARRIVE);
    }
    return this.session && canStartAgain(this.session)
      ? this.#placeholder(t('common.notConnected'), t('player.pressStartThePictureAndIts'))
      : this.#placeholder(t('player.thisStreamHasEnded'), t('player.itEndedBeforeThereWasAn'));
  }

  /** @param {string} [trouble] */
  #connecting(trouble) {
    return trouble
      ? this.#placeholder(t('common.noConnection'), trouble)
      : this.#placeholder(t('common.connecting'), t('player.noPictureHasArrivedYet'));
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
      return this.#running && !this.#lost ? t('player.noPictureYet') : '';
    }
    return this.#running ? t('player.sinceTheFirstPicture') : t('player.inTotal');
  }

  static styles = [base, liveViewStyles];
}

customElements.define('fw-live-view', LiveView);
