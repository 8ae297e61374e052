import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import uPlot from '../lib/uplot/uPlot.esm.js';
import { base } from '../look/styles.js';
import { clock, latency } from '../look/words.js';
import { t } from '../messages/messages.js';
import { newestRun } from '../session/spans.js';

const HEIGHT = 96;
const MOST_POINTS = 600;

/** Latency of the last answers: a line for the inference, dots for failures. */
export class LatencyChart extends LitElement {
  static properties = { results: { attribute: false } };

  constructor() {
    super();
    /** @type {ResultEvent[]} */
    this.results = [];
  }

  /** @type {uPlot | undefined} */
  #plot;
  #size = new ResizeObserver(() => this.#resized());
  #recolour = () => this.#redraw();
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
  }

  #shown() {
    return newestRun(this.results).slice(-MOST_POINTS);
  }

  /** @returns {uPlot.AlignedData} */
  #data() {
    const shown = this.#shown();
    return [
      shown.map((_, i) => i),
      shown.map((r) => r.inference_latency_ms),
      shown.map((r) => (r.ok ? null : r.inference_latency_ms)),
    ];
  }

  /** @param {string} name of a custom property; a canvas needs its computed color */
  #colour(name) {
    const probe = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.probe'));
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  }

  firstUpdated() {
    const place = /** @type {HTMLElement} */ (this.renderRoot.querySelector('.plot'));
    const axis = {
      stroke: () => this.#colour('--soft'),
      font: '11px Inter, sans-serif',
      ticks: { show: false },
    };
    const line = { stroke: () => this.#colour('--line'), width: 1 };
    this.#plot = new uPlot(
      {
        width: this.clientWidth || 300,
        height: HEIGHT,
        padding: [8, 18, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false }, y: { range: (_u, _min, max) => [0, Math.max(10, max * 1.15)] } },
        axes: [
          {
            ...axis,
            size: 20,
            space: 90,
            grid: { show: false },
            values: (_u, at) => at.map((i) => this.#timeOf(i)),
          },
          {
            ...axis,
            size: 52,
            space: 28,
            grid: line,
            values: (_u, at) => at.map((ms) => latency(ms)),
          },
        ],
        series: [
          {},
          { stroke: () => this.#colour('--ink'), width: 1.25, points: { show: false } },
          {
            stroke: () => this.#colour('--bad'),
            width: 0,
            points: { show: true, size: 6, fill: () => this.#colour('--bad') },
          },
        ],
      },
      this.#data(),
      place,
    );
  }

  /** @param {number} i */
  #timeOf(i) {
    const result = this.#shown()[i];
    return result ? clock(result.clip.start_seconds) : '';
  }

  updated() {
    this.#plot?.setData(this.#data());
  }

  #resized() {
    if (this.clientWidth > 0) {
      this.#plot?.setSize({ width: this.clientWidth, height: HEIGHT });
    }
  }

  #redraw() {
    this.#plot?.redraw(false, true);
  }

  render() {
    const sorted = this.#shown()
      .map((r) => r.inference_latency_ms)
      .sort((a, b) => a - b);
    const share = (/** @type {number} */ q) => latency(sorted[Math.ceil(sorted.length * q) - 1]);
    return html`
      <link rel="stylesheet" href="${new URL('../lib/uplot/uPlot.min.css', import.meta.url).href}" />
      <p>
        ${sorted.length > 0
          ? html`<span class="numeric">${t('results.medianMedianP95P95', { median: share(0.5), p95: share(0.95) })}</span>`
          : nothing}
      </p>
      <div class="plot" aria-hidden="true"></div>
      <span class="probe" hidden></span>
    `;
  }

  static styles = [
    base,
    css`
      :host {
        display: block;
        min-width: 0;
        overflow: hidden;
      }
      p {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        padding: 0 16px;
        color: var(--soft);
        font-size: 12px;
      }
    `,
  ];
}

customElements.define('fw-latency-chart', LatencyChart);
