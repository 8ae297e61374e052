import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import uPlot from '../lib/uplot/uPlot.esm.js';
import { base } from '../look/styles.js';
import { clock, number, timeOfDay, timeToTheSecond } from '../look/words.js';
import { newestRun, seriesOf } from '../session/spans.js';

const HEIGHT = 104;
/** Distances of the labels of the time axis, in seconds. */
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];
const COLOURS = ['--s0', '--s1', '--s2', '--s3', '--s4', '--s5'];

/**
 * Numbers in the answers over time, one line each. Dispatches `hover` with the seconds under the mouse, or null, and
 * `seek` with those that are clicked.
 */
export class NumberChart extends LitElement {
  static properties = {
    results: { attribute: false },
    order: { attribute: false },
    duration: { type: Number },
    began: { type: Number },
    time: { type: Number },
    at: { state: true },
    hidden: { type: Boolean, reflect: true },
  };

  constructor() {
    super();
    /** @type {ResultEvent[]} */
    this.results = [];
    /** @type {string[]} names of the questions, in their order */
    this.order = [];
    /** In seconds of the video, or since its first picture. */
    this.duration = 0;
    /** When the first picture of live video arrived, in milliseconds of `Date`; 0 for a file. */
    this.began = 0;
    this.time = 0;
    /** @type {number | undefined} index of the points under the mouse */
    this.at = undefined;
    this.hidden = true;
  }

  /** @type {import('../session/spans.js').Series[]} */
  #series = [];
  /** @type {uPlot.AlignedData} */
  #data = [[]];
  #drawn = '';
  /** @type {uPlot | undefined} */
  #plot;
  #size = new ResizeObserver(() => this.#resized());
  #recolour = () => this.#plot?.redraw(false, true);
  #dark = matchMedia('(prefers-color-scheme: dark)');

  connectedCallback() {
    super.connectedCallback();
    this.#size.observe(this);
    addEventListener('themechange', this.#recolour);
    this.#dark.addEventListener('change', this.#recolour);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#size.disconnect();
    removeEventListener('themechange', this.#recolour);
    this.#dark.removeEventListener('change', this.#recolour);
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#drawn = '';
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('results') || changed.has('order')) {
      this.#series = seriesOf(newestRun(this.results), this.order);
      this.hidden = this.#series.length === 0;
      const times = [...new Set(this.#series.flatMap(({ points }) => points.map(([at]) => at)))].sort((a, b) => a - b);
      this.#data = [
        times,
        ...this.#series.map(({ points }) => {
          const values = new Map(points);
          return times.map((at) => values.get(at));
        }),
      ];
    }
  }

  updated() {
    const labels = this.#series.map(({ label }) => label).join('\n');
    if (labels !== this.#drawn) {
      this.#plot?.destroy();
      this.#plot = undefined;
      this.#drawn = labels;
      if (labels) {
        this.#make();
      }
    } else {
      this.#plot?.setData(this.#data);
    }
  }

  /** @param {string} name of a custom property; a canvas needs its computed color */
  #colour(name) {
    const probe = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.probe'));
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  }

  #make() {
    const place = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.plot'));
    const axis = { stroke: () => this.#colour('--soft'), font: '11px Inter, sans-serif', ticks: { show: false } };
    const steps = /** @type {NonNullable<typeof uPlot.paths.stepped>} */ (uPlot.paths.stepped)({ align: 1 });
    this.#plot = new uPlot(
      {
        width: this.clientWidth || 600,
        height: HEIGHT,
        // Half of the last label of the time axis is right of its end.
        padding: [8, this.began ? 32 : 22, 0, 0],
        legend: { show: false },
        cursor: {
          y: false,
          points: { size: 6 },
          drag: { x: false, y: false },
          bind: { click: (plot, _target, run) => (e) => (this.#clicked(plot), run(e)) },
        },
        hooks: { setCursor: [(plot) => this.#pointed(plot)] },
        scales: {
          x: { time: false, range: () => [0, Math.max(this.duration, this.#data[0].at(-1) ?? 1)] },
          y: { range: (_u, min, max) => [Math.min(0, min), Math.max(1, max) * 1.1] },
        },
        axes: [
          { ...axis, size: 20, space: 90, grid: { show: false }, incrs: TIME_STEPS, values: (_u, at, _i, _space, step) => at.map((s) => this.#when(s, step)) },
          {
            ...axis,
            size: 34,
            space: 26,
            grid: { stroke: () => this.#colour('--line'), width: 1 },
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000],
          },
        ],
        series: [
          {},
          ...this.#series.map((_, i) => ({
            stroke: () => this.#colour(COLOURS[i]),
            width: 1.75,
            spanGaps: true,
            points: { show: false },
            paths: steps,
          })),
        ],
      },
      this.#data,
      place,
    );
  }

  /**
   * @param {number} seconds
   * @param {number} step seconds from one label to the next
   */
  #when(seconds, step) {
    if (!this.began) {
      return clock(seconds);
    }
    const at = this.began + seconds * 1000;
    return step < 60 ? timeToTheSecond(at) : timeOfDay(at);
  }

  /** @param {uPlot} plot */
  #secondsAt(plot) {
    const { left } = plot.cursor;
    return left === undefined || left < 0 ? undefined : plot.posToVal(left, 'x');
  }

  /** @param {uPlot} plot */
  #pointed(plot) {
    const seconds = this.#secondsAt(plot);
    this.at = seconds === undefined ? undefined : this.#indexAt(seconds);
    this.dispatchEvent(new CustomEvent('hover', { detail: seconds ?? null }));
  }

  /** @param {uPlot} plot */
  #clicked(plot) {
    const seconds = this.#secondsAt(plot);
    if (seconds !== undefined) {
      this.dispatchEvent(new CustomEvent('seek', { detail: seconds }));
    }
  }

  /** @param {number} seconds */
  #indexAt(seconds) {
    const i = this.#data[0].findLastIndex((at) => at <= seconds + 0.02);
    return i < 0 ? undefined : i;
  }

  #resized() {
    if (this.clientWidth > 0) {
      this.#plot?.setSize({ width: this.clientWidth, height: HEIGHT });
    }
  }

  render() {
    const i = this.at ?? this.#indexAt(this.time);
    return html`
      <link rel="stylesheet" href="${new URL('../lib/uplot/uPlot.min.css', import.meta.url).href}" />
      <p class="legend">
        ${this.#series.map(
          ({ label, points }, s) => html`<span class="one"
            ><span class="dot" style="background: var(${COLOURS[s]})"></span>${label}${i === undefined
              ? nothing
              : html` <b class="numeric">${this.#valueAt(points, this.#data[0][i])}</b>`}</span
          >`,
        )}
      </p>
      <div class="plot" aria-hidden="true"></div>
      <span class="probe" hidden></span>
    `;
  }

  /**
   * @param {[number, number][]} points
   * @param {number} seconds
   */
  #valueAt(points, seconds) {
    const point = points.findLast(([at]) => at <= seconds + 0.001);
    return point ? number(point[1]) : '';
  }

  static styles = [
    base,
    css`
      :host {
        display: block;
        min-width: 0;
        overflow: hidden;
        padding: 0 8px 8px;
        border-top: 1px solid var(--line);
        --s0: light-dark(#2f6db5, #7fb2f0);
        --s1: light-dark(#226b41, #72c892);
        --s2: light-dark(#7a4fb5, #c39bf0);
        --s3: light-dark(#0f7a83, #6cc9d0);
        --s4: light-dark(#a8537f, #e08fb6);
        --s5: light-dark(#7a6a12, #d2c25a);
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 16px;
        padding: 8px 8px 0;
        color: var(--soft);
        font-size: 12px;
      }
      .one {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      .one b {
        min-width: 1.5ch;
        color: var(--ink);
        font-weight: 600;
      }
      .dot {
        width: 8px;
        height: 8px;
        border-radius: 2px;
      }
      .plot {
        cursor: crosshair;
      }
    `,
  ];
}

customElements.define('fw-number-chart', NumberChart);
