import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { base } from '../look/styles.js';
import '../phone/phone-link.js';
import './add-url.js';
import { canShareScreens, isSecure, notSecure } from '../capture/faults.js';
import { t } from '../messages/messages.js';

const VIDEOS = 'video/*,.mp4,.avi,.mov,.mkv,.webm';
const BUNDLES = '.zip,application/zip';

/**
 * The start screen: drop or choose a file, film, or try the sample. Dispatches `file` with a File, `film` with the kind
 * of capture, `sample`, and `added` with the session of a URL.
 */
export class AddVideo extends LitElement {
  static properties = {
    drawing: { type: Boolean },
    disabled: { type: Boolean },
    api: { attribute: false },
  };

  constructor() {
    super();
    /** Whether the service is preparing the sample. */
    this.drawing = false;
    this.disabled = false;
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
  }

  choose() {
    this.#ask(VIDEOS);
  }

  /** @param {string} accept kinds of files to choose from */
  #ask(accept) {
    const input = this.renderRoot.querySelector('input');
    if (input) {
      input.accept = accept;
      input.click();
    }
  }

  /** @param {Event} event */
  #chosen(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const file = input.files?.[0];
    if (file) {
      this.dispatchEvent(new CustomEvent('file', { detail: file }));
    }
    input.value = '';
  }

  render() {
    return html`
      <div class="place">
        <svg viewBox="0 0 120 72" width="120" height="72" aria-hidden="true" fill="none">
          <path
            class="corner"
            d="M2 18V10a8 8 0 0 1 8-8h14M96 2h14a8 8 0 0 1 8 8v8M118 54v8a8 8 0 0 1-8 8H96M24 70H10a8 8 0 0 1-8-8v-8"
          />
          <path class="play" d="M51 24v24l20-12z" />
        </svg>
        <h1><span class="mouse">${t('upload.dropAVideoHere')}</span><span class="touch">${t('upload.addAVideo')}</span></h1>
        <p>${t('upload.thenAskAboutItInPlain')}</p>
        <div class="buttons">
          <button class="main" ?disabled=${this.disabled} @click=${this.choose}>${t('upload.chooseAFile')}</button>
          ${this.#live()}
          <button
            ?disabled=${this.disabled || this.drawing}
            @click=${() => this.dispatchEvent(new Event('sample'))}
          >
            ${this.drawing ? t('upload.preparingTheSample') : t('upload.tryTheSample')}
          </button>
        </div>
        <p class="small">
          <span>${t('upload.mp4AviMovMkvOrWebM')}</span>
          <button class="link" ?disabled=${this.disabled} title=${t('lookback.openBundleTitle')} @click=${() => this.#ask(BUNDLES)}>
            ${t('lookback.openBundle')}
          </button>
        </p>
        <fw-add-url
          .api=${this.api}
          .disabled=${this.disabled}
          @added=${(/** @type {CustomEvent<Session>} */ e) =>
            this.dispatchEvent(new CustomEvent('added', { detail: e.detail }))}
        ></fw-add-url>
        ${isSecure() ? nothing : this.#whyNoCamera()}
        <fw-phone-link></fw-phone-link>
        ${this.disabled ? nothing : html`<slot></slot>`}
        <input
          type="file"
          tabindex="-1"
          aria-label="${t('upload.videoFile')}"
          accept=${VIDEOS}
          @change=${this.#chosen}
        />
      </div>
    `;
  }

  #live() {
    return html`<button
        ?disabled=${this.disabled || !isSecure()}
        @click=${() => this.dispatchEvent(new CustomEvent('film', { detail: 'webcam' }))}
      >
        ${icons.camera} ${t('common.webcam')}
      </button>
      ${canShareScreens() || !isSecure()
        ? html`<button
            ?disabled=${this.disabled || !isSecure()}
            @click=${() => this.dispatchEvent(new CustomEvent('film', { detail: 'screen' }))}
          >
            ${icons.screen} ${t('common.screen')}
          </button>`
        : nothing}`;
  }

  #whyNoCamera() {
    const { title, detail, steps } = notSecure();
    return html`<div class="why">
      <strong>${title}</strong>
      <p>${detail}</p>
      <ul>
        ${steps.map((step) => html`<li>${step}</li>`)}
      </ul>
    </div>`;
  }

  static styles = [
    base,
    css`
      :host {
        display: grid;
        min-height: 100%;
        padding: 24px;
        place-items: center;
      }
      .place {
        display: grid;
        justify-items: center;
        width: min(560px, 100%);
        text-align: center;
      }
      .corner {
        stroke: var(--line-strong);
        stroke-width: 2;
        stroke-linecap: round;
      }
      .play {
        fill: var(--now-fill);
      }
      h1 {
        margin: 24px 0 6px;
        font-size: 22px;
        font-weight: 600;
        letter-spacing: -0.015em;
      }
      .touch {
        display: none;
      }
      @media (hover: none) {
        .mouse {
          display: none;
        }
        .touch {
          display: inline;
        }
      }
      p {
        max-width: 42ch;
        color: var(--soft);
        font-size: 15px;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: 8px;
        margin: 24px 0 16px;
      }
      .buttons button {
        min-height: 40px;
        padding: 0 18px;
        font-size: 14px;
      }
      .small {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: 0 12px;
        max-width: none;
        font-size: 12px;
      }
      .link {
        display: inline;
        min-height: 24px;
        padding: 0 2px;
        border: 0;
        background: none;
        color: var(--ink);
        font-size: 12px;
        text-decoration: underline;
      }
      fw-add-url {
        margin: 28px 0 16px;
        padding-top: 24px;
        border-top: 1px solid var(--line);
      }
      .why {
        margin-top: 24px;
        padding: 12px 16px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--paper);
        font-size: 13px;
        text-align: left;
        overflow-wrap: anywhere;
      }
      .why p {
        max-width: none;
        font-size: 13px;
      }
      .why strong {
        font-weight: 600;
      }
      .why ul {
        margin: 6px 0 0;
        padding-left: 18px;
        color: var(--soft);
      }
      input {
        position: absolute;
        width: 1px;
        height: 1px;
        min-height: 0;
        opacity: 0;
        pointer-events: none;
      }
    `,
  ];
}

customElements.define('fw-add-video', AddVideo);
