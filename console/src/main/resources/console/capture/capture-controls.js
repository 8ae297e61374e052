import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { live } from '../lib/lit-html/directives/live.js';
import * as icons from '../look/icons.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';

/** Choice of camera, its direction, or the screen; also available while sending. */
export class CaptureControls extends LitElement {
  static properties = { capture: { attribute: false } };

  constructor() {
    super();
    /** @type {import('./capture.js').Capture | undefined} */
    this.capture = undefined;
  }

  #changed = () => this.requestUpdate();

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('capture')) {
      const before = /** @type {typeof this.capture} */ (changed.get('capture'));
      before?.removeEventListener('change', this.#changed);
      this.capture?.addEventListener('change', this.#changed);
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.capture?.removeEventListener('change', this.#changed);
  }

  connectedCallback() {
    super.connectedCallback();
    this.capture?.addEventListener('change', this.#changed);
  }

  render() {
    const { capture } = this;
    if (!capture) {
      return nothing;
    }
    if (capture.kind === 'screen') {
      return html`<button ?disabled=${capture.opening} @click=${() => capture.open()}>
        ${icons.screen} ${capture.stream ? t('capture.shareSomethingElse') : t('capture.chooseWhatToShare')}
      </button>`;
    }
    return html`
      ${capture.cameras.length > 0
        ? html`<select
            aria-label="${t('capture.camera')}"
            ?disabled=${capture.opening}
            .value=${live(capture.device)}
            @change=${(/** @type {Event} */ e) =>
              capture.choose(/** @type {HTMLSelectElement} */ (e.target).value)}
          >
            ${capture.cameras.map(
              (camera, i) => html`<option
                value=${camera.deviceId}
                ?selected=${camera.deviceId === capture.device}
              >
                ${camera.label || t('capture.cameraNumber', { number: i + 1 })}
              </option>`,
            )}
          </select>`
        : nothing}
      ${capture.canFlip
        ? html`<button
            class="bare"
            aria-label="${t('capture.switchCamera')}"
            title="${t('capture.frontOrBackCamera')}"
            ?disabled=${capture.opening}
            @click=${() => capture.flip()}
          >
            ${icons.flip}
          </button>`
        : nothing}
      ${!capture.stream && !capture.opening
        ? html`<button @click=${() => capture.open()}>${icons.camera} ${t('capture.turnOnTheCamera')}</button>`
        : nothing}
    `;
  }

  static styles = [
    base,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 8px;
        min-width: 0;
      }
      select {
        width: auto;
        min-width: 0;
        max-width: 260px;
        min-height: 32px;
        padding: 4px 8px;
        font-size: 13px;
        text-overflow: ellipsis;
      }
      @media (hover: none) {
        select,
        button {
          min-height: 40px;
        }
        button.bare {
          width: 40px;
        }
      }
    `,
  ];
}

customElements.define('fw-capture-controls', CaptureControls);
