import { LitElement, css, html, nothing, svg } from '../lib/lit/index.js';
import { base } from '../look/styles.js';

const FONT_PX = 12;
const KEY = 'framewise.boxes';

/** @type {CanvasRenderingContext2D | null} */
let ruler = null;

/**
 * @param {string} words
 * @returns {number} their width in a label, in pixels of the screen
 */
function widthOf(words) {
  ruler ??= document.createElement('canvas').getContext('2d');
  if (!ruler) {
    return words.length * FONT_PX * 0.64;
  }
  ruler.font = `600 ${FONT_PX}px ${getComputedStyle(document.documentElement).getPropertyValue('--sans') || 'sans-serif'}`;
  return ruler.measureText(words).width;
}

/** @returns {boolean} whether boxes are wanted */
export function boxesWanted() {
  return localStorage.getItem(KEY) !== 'off';
}

/** @param {boolean} wanted */
export function saveBoxesWanted(wanted) {
  localStorage.setItem(KEY, wanted ? 'on' : 'off');
}

/** Boxes and labels over a picture that is fitted and centered in its space. */
export class Boxes extends LitElement {
  static properties = {
    seen: { attribute: false },
    width: { type: Number },
    height: { type: Number },
    scale: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../session/seen.js').Seen[]} */
    this.seen = [];
    /** Size of the picture; only the aspect ratio matters. */
    this.width = 16;
    this.height = 9;
    /** Screen pixels per picture pixel. */
    this.scale = 1;
  }

  #size = new ResizeObserver(([place]) => {
    const { width, height } = place.contentRect;
    this.scale = Math.max(0.01, Math.min(width / this.width, height / this.height));
  });

  connectedCallback() {
    super.connectedCallback();
    this.#size.observe(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#size.disconnect();
  }

  render() {
    const { width, height, seen } = this;
    if (seen.length === 0) {
      return nothing;
    }
    return html`<svg viewBox="0 0 ${width} ${height}" preserveAspectRatio="xMidYMid meet" aria-hidden="true">
      ${seen.map((one) => this.#box(one))}
    </svg>`;
  }

  /** @param {import('../session/seen.js').Seen} one */
  #box({ label, score, box, kind }) {
    const [x, y, w, h] = [box[0] * this.width, box[1] * this.height, box[2] * this.width, box[3] * this.height];
    const font = FONT_PX / this.scale;
    const words = score !== undefined && kind === 'object' ? `${label} ${Math.round(score * 100)}%` : label;
    const shown = words.length > 40 ? `${words.slice(0, 39)}…` : words;
    const top = y > font * 1.5 ? y - font * 1.45 : y + h;
    return svg`<g class=${kind}>
      <rect class="box" x=${x} y=${y} width=${w} height=${h}></rect>
      ${shown
        ? svg`<rect class="plate" x=${x} y=${top} width=${widthOf(shown) / this.scale + 0.9 * font} height=${font * 1.45} rx=${font * 0.2}></rect>
          <text x=${x + font * 0.45} y=${top + font * 1.05} font-size=${font}>${shown}</text>`
        : nothing}
    </g>`;
  }

  static styles = [
    base,
    css`
      :host {
        position: absolute;
        inset: 0;
        overflow: hidden;
        pointer-events: none;
      }
      svg {
        display: block;
        width: 100%;
        height: 100%;
        --edge: #ffb84d;
      }
      .text {
        --edge: #6fd3ff;
      }
      .box {
        fill: none;
        stroke: var(--edge);
        stroke-width: 2;
        vector-effect: non-scaling-stroke;
        filter: drop-shadow(0 0 1px rgb(0 0 0 / 70%));
      }
      .plate {
        fill: var(--edge);
      }
      text {
        fill: #16130c;
        font-family: var(--sans);
        font-weight: 600;
      }
    `,
  ];
}

customElements.define('fw-boxes', Boxes);
