import { LitElement, css, html } from '../lib/lit/index.js';
import uPlot from '../lib/uplot/uPlot.esm.js';
import { base } from '../look/styles.js';
import { latency, timeToTheSecond } from '../look/words.js';

const HEIGHT = 96;

/** Latency of the last requests to a back end: a line for all, dots for failures. */
export class LatencyChart extends LitElement {
  static properties = { recent: { attribute: false } };

  constructor() {
    super();
    /** @type {NonNullable<BackendState['recent']>} oldest first */
    this.recent = [];
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

  /** @returns {uPlot.AlignedData} */
  #data() {
    const { recent } = this;
    return [
      recent.map((_, i) => i),
      recent.map((r) => r.latency_ms),
      recent.map((r) => (r.ok ? null : r.latency_ms)),
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
        padding: [8, 32, 0, 0],
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
    const request = this.recent[i];
    return request ? timeToTheSecond(request.at) : '';
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
    return html`
      <link rel="stylesheet" href="${new URL('../lib/uplot/uPlot.min.css', import.meta.url).href}" />
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
    `,
  ];
}

customElements.define('fw-latency-chart', LatencyChart);
