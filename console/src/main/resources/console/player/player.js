import { LitElement, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { answerInWords } from '../look/json-words.js';
import { base } from '../look/styles.js';
import { clock } from '../look/words.js';
import { t } from '../messages/messages.js';
import { playerStyles } from './player-styles.js';
import { boxesWanted, saveBoxesWanted } from './boxes.js';
import './lanes.js';
import './timeline.js';

const SOUND_KEY = 'framewise.sound';
const CAPTION_KEY = 'framewise.caption';
const SPEEDS = [0.5, 1, 2];
/** Minimum seconds between updates of the time shown. */
const STEP_SECONDS = 0.05;

/**
 * The video, with its answers marked on the timeline. Dispatches `time` with seconds during playback, and `step` with
 * -1 or 1 for the previous or next answer.
 */
export class Player extends LitElement {
  static properties = {
    src: { type: String },
    length: { type: Number },
    results: { attribute: false },
    events: { attribute: false },
    order: { attribute: false },
    selecting: { type: Boolean },
    span: { attribute: false },
    frameUrl: { attribute: false },
    current: { attribute: false },
    over: { attribute: false },
    looped: { type: Boolean },
    time: { state: true },
    playing: { state: true },
    silent: { state: true },
    captions: { state: true },
    speed: { state: true },
    unplayable: { state: true },
    ghost: { state: true },
    boxes: { state: true },
    seen: { attribute: false },
    seenUntil: { type: Number },
    size: { attribute: false },
  };

  constructor() {
    super();
    this.src = '';
    /** Seconds as the service measured them; the browser's value where it is more accurate. */
    this.length = 0;
    /** @type {ResultEvent[]} */
    this.results = [];
    /** @type {SessionEvent[]} */
    this.events = [];
    /** @type {string[]} names of the questions */
    this.order = [];
    /** Whether dragging over the timeline selects a span. */
    this.selecting = false;
    /** @type {{from: number, to: number} | undefined} the selected span */
    this.span = undefined;
    /** @type {((seconds: number) => string) | undefined} */
    this.frameUrl = undefined;
    /** @type {import('../session/seen.js').Seen[]} objects that the current answer found */
    this.seen = [];
    /** The second until which they apply. */
    this.seenUntil = 0;
    /** @type {{width: number, height: number} | undefined} pixels of the picture */
    this.size = undefined;
    this.boxes = boxesWanted();
    /** @type {number | undefined} the second that the mouse points at elsewhere */
    this.ghost = undefined;
    /** @type {ResultEvent | undefined} */
    this.current = undefined;
    /** @type {{ok: boolean, result: string} | undefined} text over the picture, if enabled */
    this.over = undefined;
    this.looped = false;
    this.time = 0;
    this.playing = false;
    this.silent = localStorage.getItem(SOUND_KEY) !== 'on';
    this.captions = localStorage.getItem(CAPTION_KEY) === 'on';
    this.speed = 1;
    this.unplayable = false;
  }

  #frame = 0;
  /** @type {number | undefined} position of the video before the mouse pointed elsewhere */
  #before;

  get #video() {
    return this.renderRoot.querySelector('video');
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('src')) {
      this.time = 0;
      this.playing = false;
      this.unplayable = false;
    }
  }

  /** Whether there is no picture that an answer could belong to. */
  get showsNewest() {
    return this.unplayable;
  }

  /** @param {number} seconds */
  seek(seconds) {
    const video = this.#video;
    this.#before = undefined;
    if (video && !this.unplayable) {
      video.currentTime = seconds;
    }
    this.#at(seconds);
  }

  /** @param {number} seconds */
  playFrom(seconds) {
    this.seek(seconds);
    this.#video?.play().catch(() => undefined);
  }

  /**
   * Shows a moment while the mouse points at it; during playback, only its position.
   *
   * @param {number | null} seconds null once it does not
   */
  hover(seconds) {
    const video = this.#video;
    this.ghost = seconds ?? undefined;
    if (!video || this.unplayable || !video.paused) {
      this.#before = undefined;
      return;
    }
    if (seconds === null) {
      if (this.#before !== undefined) {
        video.currentTime = this.#before;
        this.#before = undefined;
      }
    } else {
      this.#before ??= video.currentTime;
      video.currentTime = seconds;
    }
  }

  pause() {
    this.#video?.pause();
  }

  toggle() {
    const video = this.#video;
    if (video?.paused) {
      video.play().catch(() => undefined);
    } else {
      video?.pause();
    }
  }

  /** @param {number} seconds */
  #at(seconds) {
    if (seconds !== this.time) {
      this.time = seconds;
      this.dispatchEvent(new CustomEvent('time', { detail: seconds }));
    }
  }

  #followPlayback = () => {
    const video = this.#video;
    if (video) {
      if (video.paused || Math.abs(video.currentTime - this.time) >= STEP_SECONDS) {
        this.#at(video.currentTime);
      }
      if (!video.paused) {
        this.#frame = requestAnimationFrame(this.#followPlayback);
      }
    }
  };

  #startedOrStopped() {
    const video = this.#video;
    this.playing = video ? !video.paused : false;
    cancelAnimationFrame(this.#frame);
    this.#followPlayback();
  }

  #sound() {
    this.silent = !this.silent;
    localStorage.setItem(SOUND_KEY, this.silent ? 'off' : 'on');
  }

  #caption() {
    this.captions = !this.captions;
    localStorage.setItem(CAPTION_KEY, this.captions ? 'on' : 'off');
  }

  #box() {
    this.boxes = !this.boxes;
    saveBoxesWanted(this.boxes);
  }

  #faster() {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length];
    const video = this.#video;
    if (video) {
      video.playbackRate = this.speed;
    }
  }

  get #duration() {
    const own = this.#video?.duration;
    return own && Number.isFinite(own) ? own : this.length;
  }

  render() {
    return html`
      <div class="screen">
        <video
          crossorigin="anonymous"
          src=${this.src || nothing}
          playsinline
          preload="auto"
          ?loop=${this.looped}
          .muted=${this.silent}
          @click=${() => this.toggle()}
          @play=${this.#startedOrStopped}
          @pause=${this.#startedOrStopped}
          @seeked=${this.#followPlayback}
          @timeupdate=${this.#followPlayback}
          @loadedmetadata=${() => this.requestUpdate()}
          @error=${() => (this.unplayable = this.src !== '')}
        ></video>
        ${this.boxes && !this.unplayable && this.size && this.time <= this.seenUntil
          ? html`<fw-boxes .seen=${this.seen} .width=${this.size.width} .height=${this.size.height}></fw-boxes>`
          : nothing}
        ${this.unplayable ? this.#cannotPlay() : nothing}
        ${this.captions && this.over?.ok && this.over.result
          ? html`<p class="caption"><span dir="auto">${answerInWords(this.over.result)}</span></p>`
          : nothing}
        <slot></slot>
      </div>
      <fw-timeline
        .duration=${this.#duration}
        .time=${this.time}
        .ghost=${this.ghost}
        @seek=${(/** @type {CustomEvent<number>} */ e) => this.seek(e.detail)}
        @step=${(/** @type {CustomEvent<number>} */ e) => this.dispatchEvent(new CustomEvent('step', { detail: e.detail }))}
      ></fw-timeline>
      ${this.results.length > 0
        ? html`<fw-lanes
            .duration=${this.#duration}
            .time=${this.time}
            .results=${this.results}
            .events=${this.events}
            .order=${this.order}
            .selecting=${this.selecting}
            .span=${this.span}
            .frameUrl=${this.frameUrl}
            @span=${(/** @type {CustomEvent<{from: number, to: number}>} */ e) => this.dispatchEvent(new CustomEvent('span', { detail: e.detail }))}
            @seek=${(/** @type {CustomEvent<number>} */ e) => this.seek(e.detail)}
          ></fw-lanes>`
        : nothing}
      <div class="controls">
        <button
          class="bare"
          aria-label=${this.playing ? t('player.pause') : t('player.play')}
          title="${t('player.valueSpace', { value: this.playing ? t('player.pause') : t('player.play') })}"
          ?disabled=${this.unplayable}
          @click=${() => this.toggle()}
        >
          ${this.playing ? icons.pause : icons.play}
        </button>
        <span class="time numeric" data-testid="time"
          >${clock(this.time, 1)} <span>/ ${clock(this.#duration, 1)}</span></span
        >
        <span class="gap"></span>
        <button class="bare speed" aria-label="${t('player.speedSpeed', { speed: this.speed })}" @click=${this.#faster}>
          ${this.speed}×
        </button>
        <button
          class="bare"
          aria-label="${t('player.boxes')}"
          title="${t('player.boxesAroundDetectedObjects')}"
          aria-pressed=${String(this.boxes)}
          @click=${this.#box}
        >
          ${icons.boxes}
        </button>
        <button
          class="bare"
          aria-label="${t('player.answerOverThePicture')}"
          title="${t('player.answerOverThePicture')}"
          aria-pressed=${String(this.captions)}
          @click=${this.#caption}
        >
          ${icons.captions}
        </button>
        <button
          class="bare"
          aria-label=${this.silent ? t('player.turnSoundOn') : t('player.turnSoundOff')}
          title=${this.silent ? t('player.turnSoundOn') : t('player.turnSoundOff')}
          @click=${this.#sound}
        >
          ${this.silent ? icons.muted : icons.sound}
        </button>
        <button
          class="bare"
          aria-label="${t('player.fullScreen')}"
          title="${t('player.fullScreen')}"
          @click=${() => this.renderRoot.querySelector('.screen')?.requestFullscreen()}
        >
          ${icons.full}
        </button>
      </div>
    `;
  }

  #cannotPlay() {
    return html`<div class="cannot">
      <strong>${t('player.thisBrowserCantPlayThisVideo')}</strong>
      <p>${t('player.framewiseCanStillAnalyzeIt')}</p>
    </div>`;
  }

  static styles = [base, playerStyles];
}

customElements.define('fw-player', Player);
