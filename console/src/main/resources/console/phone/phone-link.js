import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import { savedAddress } from '../service/address.js';
import { Api } from '../service/api.js';
import { Problem } from '../service/problem.js';

/** Opens this console on a phone: its address and a QR code. */
export class PhoneLink extends LitElement {
  static properties = {
    access: { state: true },
    chosen: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    /** @type {PhoneAccess | undefined} */
    this.access = undefined;
    /** The address in the QR code. */
    this.chosen = '';
    /** @type {Problem | undefined} */
    this.problem = undefined;
  }

  #api = new Api(savedAddress());

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
  }

  async #show() {
    this.#api = new Api(savedAddress());
    this.access = undefined;
    this.problem = undefined;
    this.#dialog.showModal();
    try {
      this.access = await this.#api.phone();
      this.chosen = this.access.urls[0] ?? '';
    } catch (e) {
      this.problem = Problem.of(e);
    }
  }

  render() {
    return html`<button class="quiet" @click=${this.#show}>${icons.phone} ${t('phone.useAPhone')}</button>
      <dialog aria-labelledby="phone-title">
        <div class="inside">
          <h2 id="phone-title">${t('phone.useAPhone')}</h2>
          ${this.problem
            ? html`<p role="alert">${this.problem.title}. ${this.problem.detail}</p>`
            : nothing}
          ${this.access ? this.#where(this.access) : nothing}
          <div class="buttons">
            <button class="main" @click=${() => this.#dialog.close()}>${t('common.close')}</button>
          </div>
        </div>
      </dialog>`;
  }

  /** @param {PhoneAccess} access */
  #where(access) {
    return html`<p>${access.advice}</p>
      ${this.chosen
        ? html`<img
              crossorigin="anonymous"
              src=${this.#api.phoneCodeUrl(this.chosen)}
              alt="${t('phone.qrCodeOfChosen', { chosen: this.chosen })}"
              width="216"
              height="216"
            />
            <p class="url"><a href=${this.chosen}>${this.chosen}</a></p>`
        : nothing}
      ${access.urls.length > 1 ? this.#others(access.urls) : nothing}
      ${access.certificate?.self_signed
        ? html`<details>
            <summary>${t('phone.theCertificatesFingerprint')}</summary>
            <p class="print">SHA-256 ${access.certificate.sha256}</p>
          </details>`
        : nothing}`;
  }

  /** @param {string[]} urls */
  #others(urls) {
    return html`<label for="other">${t('phone.inAnotherNetwork')}</label>
      <select
        id="other"
        @change=${(/** @type {Event} */ e) => {
          this.chosen = /** @type {HTMLSelectElement} */ (e.target).value;
        }}
      >
        ${urls.map((url) => html`<option ?selected=${url === this.chosen}>${url}</option>`)}
      </select>`;
  }

  static styles = [
    base,
    css`
      .inside {
        display: grid;
        gap: 12px;
        padding: 20px 24px;
        text-align: left;
      }
      p {
        color: var(--soft);
        font-size: 13px;
        line-height: 1.5;
        overflow-wrap: anywhere;
      }
      img {
        justify-self: center;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: #fff;
      }
      .url {
        color: var(--ink);
        font-size: 15px;
        font-weight: 500;
        text-align: center;
      }
      label,
      summary {
        color: var(--soft);
        font-size: 12px;
      }
      summary {
        cursor: pointer;
      }
      .print {
        margin-top: 6px;
        font: 400 12px/1.5 ui-monospace, monospace;
      }
      .buttons {
        display: flex;
        justify-content: flex-end;
      }
    `,
  ];
}

customElements.define('fw-phone-link', PhoneLink);
