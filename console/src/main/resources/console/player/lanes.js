import { LitElement, html, nothing } from '../lib/lit/index.js';
import { guard } from '../lib/lit-html/directives/guard.js';
import { styleMap } from '../lib/lit-html/directives/style-map.js';
import { base } from '../look/styles.js';
import { clock, timeToTheSecond } from '../look/words.js';
import { t } from '../messages/messages.js';
import { liveTracksOf, tracksOf } from '../session/spans.js';
import { barsOf, incidentBars } from './incident-bars.js';
import { laneTip } from './lane-tip.js';
import { marksOf } from './lane-marks.js';
import { lanesStyles } from './lanes-styles.js';
import { TimeWindow } from './time-window.js';

const PICTURE_AFTER_MS = 160;
/** One step of the wheel, or a key, makes the view this much longer. */
const ZOOM = 1.25;
/** Pixels that browsers report for one step of the wheel; touchpads report fractions of it, when pinched small ones. */
const STEP_PIXELS = 100;
const PINCH_PIXELS = 10;

/**
 * Answers over time: one lane for each question, one color for each answer. Dispatches `seek` with seconds. For live
 * video it shows the last hour by default; the wheel zooms, dragging moves, and keys do both: `step` is dispatched with -1 or
 * 1 for the previous or next answer. With Shift, or while `selecting`, dragging
 * selects a span: dispatches `span` with its `from` and `to`. Dispatches `earlier` where it shows a time before the first
 * answer although there are `earlier` ones.
 */
export class Lanes extends LitElement {
  static properties = {
    results: { attribute: false },
    events: { attribute: false },
    order: { attribute: false },
    duration: { type: Number },
    time: { type: Number },
    live: { type: Boolean },
    began: { type: Number },
    frameUrl: { attribute: false },
    offsetOf: { attribute: false },
    earlier: { type: Boolean },
    selecting: { type: Boolean },
    span: { attribute: false },
    at: { state: true },
    picture: { state: true },
    view: { state: true },
  };

  constructor() {
    super();
    /** @type {ResultEvent[]} */
    this.results = [];
    /** @type {SessionEvent[]} */
    this.events = [];
    /** @type {string[]} names of the questions, in their order */
    this.order = [];
    /** In seconds of the video, or since its first picture. */
    this.duration = 0;
    this.time = 0;
    this.live = false;
    /** When the first picture of live video arrived, in milliseconds of `Date`; 0 when unknown. */
    this.began = 0;
    /** @type {((seconds: number) => string) | undefined} */
    this.frameUrl = undefined;
    /** @type {(result: ResultEvent) => number} seconds to add to the times of a run of live video */
    this.offsetOf = () => 0;
    /** Whether there are answers before the first of `results`. */
    this.earlier = false;
    /** Whether dragging selects. */
    this.selecting = false;
    /** @type {{from: number, to: number} | undefined} the selected span */
    this.span = undefined;
    /** @type {{seconds: number, x: number, lane: number} | undefined} position of the mouse */
    this.at = undefined;
    /** The picture at the position of the mouse. */
    this.picture = '';
    /** @type {import('./time-window.js').View | undefined} the range of live video that the user chose */
    this.view = undefined;
  }

  /** @type {import('../session/spans.js').Track[]} */
  #tracks = [];
  /** @type {number[]} seconds where another run of live video begins */
  #rules = [];
  /** @type {number | undefined} */
  #resting;
  /** @type {{x: number, from: number, moved: boolean} | undefined} */
  #drag;

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    const before = /** @type {number | undefined} */ (changed.get('began'));
    if (before && this.began && this.view) {
      // Older answers were loaded: the view stays at its time of day.
      this.view = { ...this.view, from: this.view.from + (before - this.began) / 1000 };
    }
    if (['results', 'events', 'order', 'live'].some((name) => changed.has(name))) {
      const { results, events, order } = this;
      const { tracks, rules } = this.live
        ? liveTracksOf(results, events, order, this.offsetOf)
        : { tracks: tracksOf(results, events, order), rules: [] };
      this.#tracks = tracks;
      this.#rules = rules;
    }
  }

  updated() {
    const first = Math.min(...this.#tracks.map(({ spans }) => spans[0]?.from ?? Infinity));
    if (this.live && this.earlier && this.#window.from < first) {
      this.dispatchEvent(new Event('earlier'));
    }
  }

  get #window() {
    const earliest = Math.min(0, ...this.#tracks.map(({ spans }) => spans[0]?.from ?? 0));
    return new TimeWindow(this.live, earliest, this.duration, this.view);
  }

  /** @param {PointerEvent | WheelEvent | MouseEvent} event */
  #secondsAt(event) {
    const box = this.getBoundingClientRect();
    const { from, length } = this.#window;
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return { seconds: from + share * length, x: event.clientX - box.left, width: box.width };
  }

  /** @type {number | undefined} the second at which a selection began */
  #marked;

  /** @param {PointerEvent} event */
  #mark(event) {
    const { seconds } = this.#secondsAt(event);
    const from = Math.max(0, Math.min(this.#marked ?? seconds, seconds));
    const to = Math.max(this.#marked ?? seconds, seconds);
    this.dispatchEvent(new CustomEvent('span', { detail: { from, to } }));
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    if (this.#marked !== undefined) {
      this.#mark(event);
      return;
    }
    if (this.#drag && this.live) {
      const { from, x } = this.#drag;
      const window = this.#window;
      const width = this.getBoundingClientRect().width;
      this.#drag.moved ||= Math.abs(event.clientX - x) > 3;
      if (this.#drag.moved) {
        this.view = window.startingAt(from + ((x - event.clientX) / width) * window.length);
        return;
      }
    }
    const { seconds, x } = this.#secondsAt(event);
    const lane = /** @type {HTMLElement} */ (event.composedPath()[0]).dataset?.lane ?? 0;
    this.at = { seconds, x, lane: Number(lane) };
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => (this.picture = this.frameUrl?.(seconds) ?? ''), PICTURE_AFTER_MS);
  }

  #left() {
    clearTimeout(this.#resting);
    this.at = undefined;
    this.picture = '';
    this.#drag = undefined;
    this.#marked = undefined;
  }

  /** @param {PointerEvent} event */
  #pressed(event) {
    if (this.selecting || event.shiftKey) {
      event.preventDefault();
      this.#marked = this.#secondsAt(event).seconds;
      /** @type {Element} */ (event.target).setPointerCapture(event.pointerId);
      return;
    }
    this.#drag = { x: event.clientX, from: this.#window.from, moved: false };
    /** @type {Element} */ (event.target).setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  #released(event) {
    if (this.#marked !== undefined) {
      this.#mark(event);
      this.#marked = undefined;
      return;
    }
    const dragged = this.#drag?.moved;
    this.#drag = undefined;
    if (!dragged) {
      this.dispatchEvent(new CustomEvent('seek', { detail: this.#secondsAt(event).seconds }));
    }
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    if (!this.live) {
      return;
    }
    event.preventDefault();
    const window = this.#window;
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      this.view = window.startingAt(window.from + (event.deltaX / this.getBoundingClientRect().width) * window.length);
    } else if (event.deltaY !== 0) {
      this.view = window.zoomed(this.#secondsAt(event).seconds, ZOOM ** stepsOf(event));
    }
  }

  /**
   * Keys of live video, which has no slider.
   *
   * @param {KeyboardEvent} event
   */
  #keyed(event) {
    const window = this.#window;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (by !== undefined && event.shiftKey) {
      this.view = window.startingAt(window.from + (by * window.length) / 4);
    } else if (by !== undefined) {
      this.dispatchEvent(new CustomEvent('step', { detail: by }));
    } else if (event.key === '+' || event.key === '-') {
      this.view = window.zoomed((window.from + window.to) / 2, event.key === '-' ? ZOOM : 1 / ZOOM);
    } else if (event.key === 'Home') {
      this.view = window.startingAt(-Infinity);
    } else if (event.key === 'End') {
      this.view = undefined;
    } else {
      return;
    }
    event.preventDefault();
  }

  /**
   * @param {number} seconds
   * @param {number} lane
   */
  #spanAt(seconds, lane) {
    const spans = (this.#tracks[lane] ?? this.#tracks[0])?.spans ?? [];
    return spans.findLast((span) => span.from <= seconds && seconds <= Math.max(span.to, span.from + 0.05));
  }

  render() {
    const { from, to } = this.#window;
    const share = (this.time - from) / (to - from);
    return html`
      ${guard([this.results, this.events, this.order, this.selecting, from, to], () => this.#drawn(from, to))}
      ${share >= 0 && share <= 1
        ? html`<div class="head" style=${styleMap({ left: `${share * 100}%` })}></div>`
        : nothing}
      ${this.span ? this.#selected(this.span, from, to) : nothing}
      ${this.at ? html`<div class="hover" style=${styleMap({ left: `${this.at.x}px` })}></div>` : nothing}
      ${this.at ? this.#tip(this.at) : nothing}
      ${this.live ? this.#axis(from, to) : nothing}
      ${this.live ? this.#keys() : nothing}
    `;
  }

  /**
   * @param {{from: number, to: number}} span
   * @param {number} from
   * @param {number} to
   */
  #selected(span, from, to) {
    const left = Math.max(0, ((span.from - from) / (to - from)) * 100);
    const right = Math.min(100, ((span.to - from) / (to - from)) * 100);
    return right > left
      ? html`<div class="span" style=${styleMap({ left: `${left}%`, width: `${right - left}%` })}></div>`
      : nothing;
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #drawn(from, to) {
    const tracks = this.#tracks;
    const many = tracks.filter(({ older }) => !older).length > 1;
    return html`<div
      class=${many ? 'many' : ''}
      @pointermove=${this.#moved}
      @pointerleave=${this.#left}
      @pointerdown=${this.#pressed}
      @pointerup=${this.#released}
      @wheel=${this.#wheel}
    >
      ${this.#bars(from, to)}
      ${tracks.map(
        ({ run, name, spans, older }, i) => html`${older && tracks[i - 1].run !== run
            ? html`<p class="rule numeric">${t('player.runRun', { run })}</p>`
            : nothing}
          <div class="lane ${older ? 'older' : ''}">
            ${many && !older ? html`<span class="label">${name || spans[0]?.first.prompt}</span>` : nothing}
            <svg viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label=${this.#summary(older ? run : 0, name, spans)}>
              <defs>
                <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                  <rect width="2" height="5" fill="var(--paper)" fill-opacity="0.75"></rect>
                </pattern>
              </defs>
              ${marksOf(spans, from, to)}
            </svg>
            <div class="surface ${this.selecting ? 'selecting' : this.live ? 'panned' : ''}" data-lane=${i}></div>
          </div>`,
      )}
      ${this.#rules
        .filter((at) => at > from && at < to)
        .map((at) => html`<div class="run" style=${styleMap({ left: `${((at - from) / (to - from)) * 100}%` })} title="${t('player.aNewRunStartsHere')}"></div>`)}
    </div>`;
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #bars(from, to) {
    const bars = barsOf(this.events, { live: this.live, run: this.results.at(-1)?.run ?? 0, end: this.duration, offsetOf: this.offsetOf });
    return bars.length > 0 ? incidentBars(bars, from, to, (at) => this.dispatchEvent(new CustomEvent('seek', { detail: at }))) : nothing;
  }

  /**
   * @param {number} run an earlier one; 0 for the newest
   * @param {string} name
   * @param {import('../session/spans.js').Span[]} spans
   */
  #summary(run, name, spans) {
    const failed = spans.filter((span) => !span.first.ok).length;
    const parts = [...(run > 0 ? [t('player.runRun', { run })] : []), name || t('common.answers'), t('count.changes', { n: Math.max(0, spans.length - 1) })];
    if (failed > 0) {
      parts.push(t('count.errors', { n: failed }));
    }
    return parts.join(', ');
  }

  /** What the keyboard moves; the mouse uses the lanes below it. */
  #keys() {
    return html`<div
      class="keys"
      role="slider"
      tabindex="0"
      aria-label="${t('player.timeInTheVideo')}"
      aria-valuemin="0"
      aria-valuemax=${Math.round(this.duration)}
      aria-valuenow=${Math.round(this.time)}
      aria-valuetext=${this.#when(this.time)}
      title="${t('player.timelineKeys')}"
      @keydown=${this.#keyed}
    ></div>`;
  }

  /** @param {{seconds: number, x: number, lane: number}} at */
  #tip({ seconds, x, lane }) {
    return laneTip(
      {
        track: this.#tracks[lane],
        span: this.#spanAt(seconds, lane),
        picture: this.picture,
        left: Math.max(0, Math.min(this.getBoundingClientRect().width - 220, x - 110)),
        at: this.#when(seconds),
        since: (from) => (this.live ? this.#when(from) : clock(from)),
      },
      () => (this.picture = ''),
    );
  }

  /** @param {number} seconds */
  #when(seconds) {
    return this.live && this.began
      ? timeToTheSecond(this.began + seconds * 1000)
      : clock(seconds, 1);
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #axis(from, to) {
    return html`<div class="axis numeric">
      <span>${this.#when(from)}</span><span>${this.#when((from + to) / 2)}</span><span>${this.#when(to)}</span>
    </div>`;
  }

  static styles = [base, lanesStyles];
}

/**
 * @param {WheelEvent} event
 * @returns {number} steps of the wheel towards the user, between -1 and 1
 */
function stepsOf({ deltaY, deltaMode, ctrlKey }) {
  const step = deltaMode === WheelEvent.DOM_DELTA_PIXEL ? (ctrlKey ? PINCH_PIXELS : STEP_PIXELS) : 1;
  return Math.max(-1, Math.min(1, deltaY / step));
}

customElements.define('fw-lanes', Lanes);
