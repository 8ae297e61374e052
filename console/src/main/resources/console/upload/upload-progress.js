import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { styleMap } from '../lib/lit-html/directives/style-map.js';
import { base } from '../look/styles.js';
import { size } from '../look/words.js';
import { t } from '../messages/messages.js';

/** An upload, with the video's own picture behind the numbers. Dispatches `cancel`. */
export class UploadProgress extends LitElement {
  static properties = { upload: { attribute: false }, preview: { state: true } };

  constructor() {
    super();
    /** @type {import('../service/upload.js').Upload | undefined} */
    this.upload = undefined;
    this.preview = '';
  }

  #progressed = () => this.requestUpdate();

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('upload')) {
      const before = /** @type {typeof this.upload} */ (changed.get('upload'));
      before?.removeEventListener('progress', this.#progressed);
      this.upload?.addEventListener('progress', this.#progressed);
      this.#forget();
      this.preview = this.upload ? URL.createObjectURL(this.upload.file) : '';
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forget();
  }

  /** Removes the file from the player first, which would otherwise report an error. */
  #forget() {
    const video = this.renderRoot.querySelector('video');
    video?.removeAttribute('src');
    video?.load();
    URL.revokeObjectURL(this.preview);
  }

  render() {
    const upload = this.upload;
    if (!upload) {
      return nothing;
    }
    const share = upload.total > 0 ? Math.min(1, upload.sent / upload.total) : 0;
    const percent = Math.floor(share * 100);
    return html`
      <div class="card">
        <video src=${this.preview} muted playsinline preload="metadata" aria-hidden="true"></video>
        <div class="text">
          <h1>${upload.file.name}</h1>
          <div
            class="bar"
            role="progressbar"
            aria-label="${t('upload.uploadOfName', { name: upload.file.name })}"
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=${percent}
          >
            <div
              class=${upload.checking ? 'checking' : ''}
              style=${styleMap({ transform: `scaleX(${upload.checking ? 1 : share})` })}
            ></div>
          </div>
          <div class="numbers numeric">
            <span>${upload.checking ? t('upload.checkingTheVideo') : `${percent} %`}</span>
            <span>${upload.checking ? size(upload.total) : this.#facts(upload)}</span>
          </div>
          <button @click=${() => this.dispatchEvent(new Event('cancel'))}>${t('common.cancel')}</button>
        </div>
      </div>
    `;
  }

  /** @param {import('../service/upload.js').Upload} upload */
  #facts(upload) {
    const facts = [t('upload.sentOfTotal', { sent: size(upload.sent), total: size(upload.total) })];
    if (upload.speed > 0) {
      facts.push(`${size(upload.speed)}/s`);
    }
    const left = upload.secondsLeft;
    if (left !== undefined && left >= 1) {
      facts.push(left < 90 ? t('upload.leftSLeft', { left: Math.round(left) }) : t('upload.leftMinLeft', { left: Math.round(left / 60) }));
    }
    return facts.join(' · ');
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
      .card {
        width: min(560px, 100%);
        overflow: hidden;
        border: 1px solid var(--line);
        border-radius: 12px;
        background: var(--paper);
        box-shadow: var(--shadow);
      }
      video {
        display: block;
        width: 100%;
        aspect-ratio: 16 / 9;
        background: #0b0b0a;
        object-fit: contain;
      }
      .text {
        display: grid;
        gap: 10px;
        padding: 18px 20px 20px;
      }
      h1 {
        overflow: hidden;
        font-size: 15px;
        font-weight: 600;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .bar {
        height: 6px;
        overflow: hidden;
        border-radius: 3px;
        background: var(--line);
      }
      .bar div {
        height: 100%;
        background: var(--now-fill);
        transform-origin: left;
        transition: transform 0.2s linear;
      }
      .bar .checking {
        animation: breathe 1.2s ease-in-out infinite alternate;
      }
      @keyframes breathe {
        to {
          opacity: 0.4;
        }
      }
      .numbers {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 4px 12px;
        color: var(--soft);
        font-size: 13px;
      }
      .numbers span:first-child {
        color: var(--ink);
        font-weight: 500;
      }
      button {
        justify-self: start;
        margin-top: 4px;
      }
    `,
  ];
}

customElements.define('fw-upload-progress', UploadProgress);
