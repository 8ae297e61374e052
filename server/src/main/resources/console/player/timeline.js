import { LitElement, css, html, svg } from '../lib/lit/index.js';
import { guard } from '../lib/lit-html/directives/guard.js';
import { styleMap } from '../lib/lit-html/directives/style-map.js';
import { base } from '../look/styles.js';
import { clock } from '../look/words.js';

/** More marks than this stand closer than a pixel. */
const MOST_MARKS = 1500;

/**
 * The length of the video with a mark for every answer. Dispatches `seek` with seconds.
 */
export class Timeline extends LitElement {
  static properties = {
    duration: { type: Number },
    time: { type: Number },
    results: { attribute: false },
    current: { attribute: false },
  };

  constructor() {
    super();
    this.duration = 0;
    this.time = 0;
    /** @type {ResultEvent[]} */
    this.results = [];
    /** @type {ResultEvent | undefined} */
    this.current = undefined;
  }

  /** @param {Event} event */
  #moved(event) {
    const seconds = /** @type {HTMLInputElement} */ (event.target).valueAsNumber;
    this.dispatchEvent(new CustomEvent('seek', { detail: seconds }));
  }

  render() {
    const share = this.duration > 0 ? Math.min(1, this.time / this.duration) : 0;
    return html`
      <div class="track" aria-hidden="true">
        <div class="played" style=${styleMap({ transform: `scaleX(${share})` })}></div>
      </div>
      ${guard([this.results, this.current, this.duration], () => this.#marks())}
      <div class="head" aria-hidden="true" style=${styleMap({ left: `${share * 100}%` })}></div>
      <input
        type="range"
        aria-label="Time in the video"
        aria-valuetext="${clock(this.time)} of ${clock(this.duration)}"
        min="0"
        max=${this.duration || 1}
        step="0.05"
        .value=${String(this.time)}
        ?disabled=${!this.duration}
        @input=${this.#moved}
      />
    `;
  }

  #marks() {
    const length = this.duration || 1;
    /** @type {Map<string, ResultEvent>} */
    const marks = new Map();
    for (const result of this.results.slice(-MOST_MARKS)) {
      marks.set(((result.clip.start_seconds / length) * 1000).toFixed(1), result);
    }
    return svg`<svg class="marks" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
      ${[...marks].map(
        ([x, result]) => svg`<path
          class=${result === this.current ? 'now' : result.ok ? 'ok' : 'bad'}
          d="M${x} ${result.ok ? 2 : 0}v${result.ok ? 6 : 10}" />`,
      )}
    </svg>`;
  }

  static styles = [
    base,
    css`
      :host {
        position: relative;
        display: block;
        height: 32px;
      }
      .track {
        position: absolute;
        inset: 8px 0 auto;
        height: 4px;
        overflow: hidden;
        border-radius: 2px;
        background: var(--line);
      }
      .played {
        height: 100%;
        background: var(--now-fill);
        transform-origin: left;
      }
      .marks {
        position: absolute;
        inset: 17px 0 auto;
        width: 100%;
        height: 10px;
        overflow: visible;
      }
      .marks path {
        stroke: var(--line-strong);
        stroke-width: 2;
        vector-effect: non-scaling-stroke;
      }
      .marks .bad {
        stroke: var(--bad);
      }
      .marks .now {
        stroke: var(--now);
        stroke-width: 3;
      }
      .head {
        position: absolute;
        top: 3px;
        width: 14px;
        height: 14px;
        margin-left: -7px;
        border: 3px solid var(--paper);
        border-radius: 50%;
        background: var(--now-fill);
        box-shadow: 0 0 0 1px var(--line-strong);
        pointer-events: none;
      }
      input {
        position: absolute;
        inset: 0 -7px auto;
        width: calc(100% + 14px);
        height: 30px;
        min-height: 0;
        margin: 0;
        padding: 0;
        opacity: 0;
        cursor: pointer;
      }
      :host(:focus-within) .head {
        outline: 2px solid var(--now);
        outline-offset: 2px;
      }
    `,
  ];
}

customElements.define('fw-timeline', Timeline);
