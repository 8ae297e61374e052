import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { closeDialog, dialogFoot } from '../look/dialog-foot.js';
import * as icons from '../look/icons.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';

/** How long a button says that its text was copied, in milliseconds. */
const COPIED_MS = 2_000;

/** A button that opens the session's address for OpenAI clients, and an example that asks about it. */
export class StreamAddress extends LitElement {
  static properties = {
    session: { type: String },
    service: { type: String },
    copied: { state: true },
  };

  constructor() {
    super();
    /** The session's id. */
    this.session = '';
    /** The service's URL, without a slash at its end. */
    this.service = '';
    /** @type {'' | 'address' | 'example'} whose text was copied a moment ago */
    this.copied = '';
    this.timer = 0;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  get #address() {
    return `ovs://streams/${this.session}?frame_index=-1`;
  }

  get #example() {
    const question = {
      model: 'builtin',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: this.#address } },
            { type: 'text', text: 'How many people are there?' },
          ],
        },
      ],
    };
    return `curl -s ${this.service}/v1beta/chat/completions \\
  -H 'Authorization: Bearer KEY' \\
  -d '${JSON.stringify(question)}'`;
  }

  #show() {
    this.copied = '';
    /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog')).showModal();
  }

  /** @param {'address' | 'example'} what */
  async #copy(what) {
    // Pages without HTTPS have no clipboard; the text is selected instead.
    await navigator.clipboard?.writeText(what === 'address' ? this.#address : this.#example);
    const field = /** @type {HTMLInputElement} */ (this.renderRoot.querySelector(`#${what}`));
    field.select();
    if (navigator.clipboard) {
      this.copied = what;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => (this.copied = ''), COPIED_MS);
    }
  }

  render() {
    return html`<button class="bare" aria-label="${t('session.useInCode')}" title="${t('session.useInCode')}" @click=${this.#show}>
        ${icons.code}
      </button>
      <dialog aria-labelledby="title">
        <h2 id="title">${t('session.useInCode')}</h2>
        <p>${t('session.anyOpenAIClientCanAskAbout')} <code>${this.service}/v1beta</code>.</p>
        <label for="address">${t('session.theNewestPicture')}</label>
        <div class="row">
          <input id="address" readonly .value=${this.#address} />
          ${this.#button('address', t('session.copyAddress'))}
        </div>
        <p>${t('session.forTheLastFiveSecondsUse')} <code>start_offset_ms=-5000</code> ${t('session.inA')} <code>video_url</code>.</p>
        <label for="example">${t('session.askWithCurl')}</label>
        <div class="row">
          <textarea id="example" readonly rows="6" spellcheck="false" .value=${this.#example}></textarea>
          ${this.#button('example', t('session.copyExample'))}
        </div>
        <p>${t('session.replaceKeyWithAnApiKey')}</p>
        <span class="only-read" role="status">${this.copied ? t('session.copied') : nothing}</span>
        <div class="buttons"><button @click=${closeDialog}>${t('common.close')}</button></div>
      </dialog>`;
  }

  /**
   * @param {'address' | 'example'} what
   * @param {string} label
   */
  #button(what, label) {
    return html`<button aria-label=${label} @click=${() => this.#copy(what)}>
      ${this.copied === what ? t('session.copied') : t('common.copy')}
    </button>`;
  }

  static styles = [
    base,
    dialogFoot,
    css`
      dialog {
        --foot-gap: 16px;
        width: min(640px, calc(100vw - 32px));
        padding: 20px 24px;
      }
      h2 {
        margin-bottom: 8px;
      }
      p {
        color: var(--soft);
        font-size: 13px;
        overflow-wrap: anywhere;
      }
      label {
        display: block;
        margin-top: 16px;
        font-size: 13px;
        font-weight: 500;
      }
      .row {
        display: flex;
        gap: 8px;
        align-items: flex-start;
        margin: 6px 0;
      }
      .row button {
        min-width: 76px;
        min-height: 34px;
      }
      input,
      textarea {
        flex: 1;
        min-width: 0;
        font-family: ui-monospace, monospace;
        font-size: 12px;
      }
      textarea {
        resize: vertical;
      }
    `,
  ];
}

customElements.define('fw-stream-address', StreamAddress);
