import { LitElement, css, html } from '../lib/lit/index.js';
import { styleMap } from '../lib/lit-html/directives/style-map.js';
import { base } from '../look/styles.js';
import { clock } from '../look/words.js';
import { t } from '../messages/messages.js';

/**
 * The timeline of the video. Dispatches `seek` with seconds, and `step` with -1 or 1 for the previous or next answer.
 */
export class Timeline extends LitElement {
  static properties = {
    duration: { type: Number },
    time: { type: Number },
    ghost: { type: Number },
  };

  constructor() {
    super();
    this.duration = 0;
    this.time = 0;
    /** @type {number | undefined} the second that the mouse points at elsewhere */
    this.ghost = undefined;
  }

  /** @param {Event} event */
  #moved(event) {
    const seconds = /** @type {HTMLInputElement} */ (event.target).valueAsNumber;
    this.dispatchEvent(new CustomEvent('seek', { detail: seconds }));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by !== undefined && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent('step', { detail: by }));
    }
  }

  render() {
    const share = this.duration > 0 ? Math.min(1, this.time / this.duration) : 0;
    const ghost = this.ghost !== undefined && this.duration > 0 ? Math.min(1, this.ghost / this.duration) : undefined;
    return html`
      <div class="track" aria-hidden="true">
        <div class="played" style=${styleMap({ transform: `scaleX(${share})` })}></div>
      </div>
      ${ghost === undefined
        ? ''
        : html`<div class="ghost" aria-hidden="true" style=${styleMap({ left: `${ghost * 100}%` })}></div>`}
      <div class="head" aria-hidden="true" style=${styleMap({ left: `${share * 100}%` })}></div>
      <input
        type="range"
        aria-label="${t('player.timeInTheVideo')}"
        aria-valuetext="${t('player.timeOfDuration', { time: clock(this.time), duration: clock(this.duration) })}"
        title="${t('player.arrowKeysStepFromAnswerTo')}"
        min="0"
        max=${this.duration || 1}
        step="0.05"
        .value=${String(this.time)}
        ?disabled=${!this.duration}
        @keydown=${this.#pressed}
        @input=${this.#moved}
      />
    `;
  }

  static styles = [
    base,
    css`
      :host {
        position: relative;
        display: block;
        height: 20px;
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
      .ghost {
        position: absolute;
        top: 2px;
        width: 2px;
        height: 16px;
        margin-left: -1px;
        background: var(--ink);
        opacity: 0.45;
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
        height: 20px;
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
