import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { live } from '../lib/lit-html/directives/live.js';
import { defaultAddress, parseAddress } from '../service/address.js';
import { Api } from '../service/api.js';
import { Problem } from '../service/problem.js';
import { closeDialog, dialogFoot } from '../look/dialog-foot.js';
import { base } from '../look/styles.js';
import { LANGUAGES, chosenLanguage, setLanguage, t } from '../messages/messages.js';
import './spending.js';

/** @type {[import('../messages/messages.js').Language | 'auto', string][]} */
const LANGUAGE_CHOICES = [
  ['auto', t('settings.matchBrowser')],
  ['en', LANGUAGES.en],
  ['de', LANGUAGES.de],
];

/** The service's address and the console's theme. Dispatches `address` with a new one. */
export class SettingsDialog extends LitElement {
  static properties = {
    address: { type: String },
    typed: { state: true },
    outcome: { state: true },
    theme: { state: true },
  };

  constructor() {
    super();
    this.address = '';
    this.typed = '';
    /** @type {{ok: boolean, text: string} | undefined} */
    this.outcome = undefined;
    this.theme = window.framewiseTheme.get();
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.renderRoot.querySelector('dialog'));
  }

  show() {
    this.typed = this.address;
    this.outcome = undefined;
    /** @type {import('./spending.js').SpendingToday} */ (this.renderRoot.querySelector('fw-spending')).load(this.address);
    this.#dialog.showModal();
  }

  /** @returns {string | undefined} the parsed address; undefined, with a message shown, where it is invalid */
  #parsed() {
    try {
      return parseAddress(this.typed);
    } catch (e) {
      this.outcome = { ok: false, text: Problem.of(e).detail };
      return undefined;
    }
  }

  async #test() {
    const address = this.#parsed();
    if (address) {
      this.outcome = { ok: true, text: t('settings.testing') };
      try {
        const { version } = await new Api(address).health();
        this.outcome = { ok: true, text: t('settings.foundFramewiseVersion', { version }) };
      } catch (e) {
        const { title, detail } = Problem.of(e);
        this.outcome = { ok: false, text: `${title}. ${detail}` };
      }
    }
  }

  /** @param {Event} event */
  #save(event) {
    event.preventDefault();
    const address = this.#parsed();
    if (address) {
      this.#dialog.close();
      this.dispatchEvent(new CustomEvent('address', { detail: address }));
    }
  }

  /** @param {'auto' | 'light' | 'dark'} theme */
  #look(theme) {
    this.theme = theme;
    window.framewiseTheme.set(theme);
  }

  render() {
    /** @type {['auto' | 'light' | 'dark', string][]} */
    const themes = [
      ['auto', t('settings.matchSystem')],
      ['light', t('settings.light')],
      ['dark', t('settings.dark')],
    ];
    return html`<dialog aria-labelledby="settings-title">
      <form @submit=${this.#save} novalidate>
        <h2 id="settings-title">${t('common.settings')}</h2>
        <label for="address">${t('settings.serviceUrl')}</label>
        <div class="row">
          <input
            id="address"
            type="url"
            spellcheck="false"
            autocomplete="off"
            aria-describedby="address-help"
            placeholder=${defaultAddress()}
            .value=${live(this.typed)}
            @input=${(/** @type {Event} */ e) => {
              this.typed = /** @type {HTMLInputElement} */ (e.target).value;
              this.outcome = undefined;
            }}
          />
          <button type="button" @click=${this.#test}>${t('settings.test')}</button>
        </div>
        <p id="address-help">${t('settings.leaveEmptyToUseThisPages', { address: defaultAddress() })}</p>
        <p role="status" class=${this.outcome?.ok ? 'good' : 'bad'}>${this.outcome?.text ?? nothing}</p>
        <fieldset>
          <legend>${t('settings.theme')}</legend>
          ${themes.map(
            ([value, name]) =>
              html`<label>
                <input
                  type="radio"
                  name="theme"
                  .checked=${live(this.theme === value)}
                  @change=${() => this.#look(value)}
                />
                ${name}
              </label>`,
          )}
        </fieldset>
        <fieldset>
          <legend>${t('settings.language')}</legend>
          ${LANGUAGE_CHOICES.map(
            ([value, name]) =>
              html`<label>
                <input
                  type="radio"
                  name="language"
                  .checked=${chosenLanguage === value}
                  @change=${() => setLanguage(value)}
                />
                ${value === 'auto' ? name : html`<span lang=${value}>${name}</span>`}
              </label>`,
          )}
        </fieldset>
        <fw-spending></fw-spending>
        <p class="more"><a href="#/service" @click=${closeDialog}>${t('settings.serviceStatus')}</a></p>
        <div class="buttons">
          <button type="button" @click=${closeDialog}>${t('common.close')}</button>
          <button class="main">${t('common.save')}</button>
        </div>
      </form>
    </dialog>`;
  }

  static styles = [
    base,
    dialogFoot,
    css`
      dialog {
        --foot-gap: 24px;
      }
      form {
        padding: 20px 24px;
      }
      h2 {
        margin-bottom: 16px;
      }
      label,
      legend {
        font-size: 13px;
        font-weight: 500;
      }
      .row {
        display: flex;
        gap: 8px;
        margin: 6px 0;
      }
      .row button {
        min-height: 34px;
      }
      p {
        color: var(--soft);
        font-size: 12px;
        overflow-wrap: anywhere;
      }
      .more {
        margin-top: 16px;
        font-size: 13px;
      }
      .good {
        color: var(--good);
      }
      .bad {
        color: var(--bad);
      }
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 20px;
        margin: 20px 0 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0 0 8px;
      }
      fieldset label {
        display: flex;
        align-items: center;
        gap: 8px;
        font-weight: 400;
      }
    `,
  ];
}

customElements.define('fw-settings-dialog', SettingsDialog);
