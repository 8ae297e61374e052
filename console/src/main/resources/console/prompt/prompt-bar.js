import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { live } from '../lib/lit-html/directives/live.js';
import * as icons from '../look/icons.js';
import { base } from '../look/styles.js';
import { PRESETS } from './presets.js';

const LONGEST_PROMPT = 4000;

/**
 * The question, with presets and buttons. Dispatches `prompt-input` while it is edited, `start`, `update` and `stop`.
 */
export class PromptBar extends LitElement {
  static properties = {
    prompt: { attribute: false },
    asked: { attribute: false },
    running: { type: Boolean },
    busy: { attribute: false },
    ready: { type: Boolean },
    again: { type: Boolean },
  };

  constructor() {
    super();
    this.prompt = '';
    /** The running session's question. */
    this.asked = '';
    this.running = false;
    /** @type {'' | 'start' | 'update' | 'stop'} */
    this.busy = '';
    /** Whether there is a picture to ask about. */
    this.ready = true;
    /** Whether it ran before. */
    this.again = false;
  }

  focus() {
    const field = this.renderRoot.querySelector('textarea');
    field?.focus();
    field?.select();
  }

  /** Starts the session or changes its prompt, whichever is possible now. */
  submit() {
    if (this.busy || !this.ready || this.prompt.trim() === '') {
      return;
    }
    if (!this.running) {
      this.#say('start');
    } else if (this.#differs) {
      this.#say('update');
    }
  }

  get #differs() {
    return this.prompt.trim() !== this.asked.trim();
  }

  /** @param {string} type */
  #say(type) {
    this.dispatchEvent(new Event(type));
  }

  /** @param {string} prompt */
  #type(prompt) {
    this.dispatchEvent(new CustomEvent('prompt-input', { detail: prompt }));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      this.submit();
    }
  }

  render() {
    const empty = this.prompt.trim() === '';
    return html`
      <label class="heading" for="prompt">Question</label>
      <div class="row">
        <textarea
          id="prompt"
          rows="1"
          maxlength=${LONGEST_PROMPT}
          placeholder="Ask about the video in plain words"
          .value=${live(this.prompt)}
          @input=${(/** @type {Event} */ e) =>
            this.#type(/** @type {HTMLTextAreaElement} */ (e.target).value)}
          @keydown=${this.#pressed}
        ></textarea>
        <div class="buttons">
          ${this.running
            ? html`<button
                  class=${this.#differs && !empty ? 'main' : ''}
                  ?disabled=${empty || !this.#differs || this.busy !== ''}
                  @click=${() => this.submit()}
                >
                  ${this.busy === 'update' ? 'Updating' : 'Update prompt'}
                </button>
                <button ?disabled=${this.busy === 'stop'} @click=${() => this.#say('stop')}>
                  ${icons.stop} ${this.busy === 'stop' ? 'Stopping' : 'Stop'}
                </button>`
            : html`<button
                class="main"
                ?disabled=${empty || !this.ready || this.busy !== ''}
                @click=${() => this.submit()}
              >
                ${icons.play}
                ${this.busy === 'start' ? 'Starting' : this.again ? 'Start again' : 'Start'}
              </button>`}
        </div>
      </div>
      <div class="presets" role="group" aria-label="Ready-made questions">
        ${PRESETS.map(
          (preset) => html`<button
            type="button"
            aria-pressed=${String(preset === this.prompt)}
            @click=${() => this.#type(preset)}
          >
            ${preset}
          </button>`,
        )}
      </div>
      ${this.running && this.asked && this.#differs && !empty
        ? html`<p class="pending">Being asked now: <q>${this.asked}</q></p>`
        : nothing}
    `;
  }

  static styles = [
    base,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      label {
        display: block;
        margin-bottom: 6px;
      }
      .row {
        display: flex;
        gap: 8px;
        align-items: stretch;
      }
      textarea {
        flex: 1;
        min-width: 0;
        min-height: 40px;
        max-height: 180px;
        padding: 8px 12px;
        resize: none;
        font-size: 15px;
        field-sizing: content;
      }
      .buttons {
        display: flex;
        gap: 8px;
      }
      .buttons button {
        min-height: 40px;
        padding: 0 16px;
        align-self: flex-start;
      }
      .presets {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin-top: 8px;
      }
      .presets button {
        min-height: 28px;
        padding: 0 10px;
        border-radius: 14px;
        font-weight: 400;
        font-size: 12px;
      }
      .pending {
        margin-top: 8px;
        color: var(--soft);
        font-size: 12px;
      }
      @container (max-width: 480px) {
        .row {
          flex-direction: column;
        }
        .buttons button {
          flex: 1;
        }
        .presets {
          flex-wrap: nowrap;
          overflow-x: auto;
          margin-inline: -16px;
          padding-inline: 16px;
          scrollbar-width: none;
        }
        .presets button {
          min-height: 32px;
        }
      }
    `,
  ];
}

customElements.define('fw-prompt-bar', PromptBar);
