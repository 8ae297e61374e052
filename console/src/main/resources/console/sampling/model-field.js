import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import { fieldStyles } from './field-styles.js';

/**
 * The model of a back end: a list to choose from where its models are known, with a field for others. Dispatches `change`
 * with the name; empty for the default.
 */
export class ModelField extends LitElement {
  static properties = {
    models: { attribute: false },
    model: { type: String },
    error: { type: String },
    typing: { state: true },
  };

  constructor() {
    super();
    /** @type {string[]} names of the models that it has */
    this.models = [];
    this.model = '';
    /** The service's error, if any. */
    this.error = '';
    /** Whether a name is typed that is not in the list. */
    this.typing = false;
  }

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('models') && changed.get('models') && String(changed.get('models')) !== String(this.models)) {
      this.typing = false;
    }
  }

  /** @param {string} name */
  #choose(name) {
    this.dispatchEvent(new CustomEvent('change', { detail: name }));
  }

  /** @param {Event} event */
  #selected(event) {
    const { selectedIndex, options, value } = /** @type {HTMLSelectElement} */ (event.target);
    this.typing = selectedIndex === options.length - 1;
    if (this.typing) {
      this.updateComplete.then(() => this.renderRoot.querySelector('input')?.focus());
    } else {
      this.#choose(value);
    }
  }

  render() {
    const { models, model, error } = this;
    const listed = models.length > 0;
    const invalid = String(Boolean(error));
    return html`<div class="field">
      <label for="model">${t('common.model')}</label>
      ${listed
        ? html`<select id="model" aria-invalid=${invalid} @change=${this.#selected}>
            <option value="" ?selected=${!this.typing && model === ''}>${t('common.default')}</option>
            ${(model && !models.includes(model) ? [model, ...models] : models).map(
              (name) => html`<option value=${name} ?selected=${!this.typing && name === model}>${name}</option>`,
            )}
            <option value="" ?selected=${this.typing}>${t('sampling.anotherModel')}</option>
          </select>`
        : nothing}
      ${this.typing || !listed
        ? html`<input
            id=${listed ? 'other' : 'model'}
            aria-label=${t(listed ? 'sampling.nameOfTheModel' : 'common.model')}
            maxlength="200"
            spellcheck="false"
            placeholder=${listed ? nothing : t('common.default')}
            aria-invalid=${invalid}
            .value=${model}
            @change=${(/** @type {Event} */ e) => this.#choose(/** @type {HTMLInputElement} */ (e.target).value.trim())}
          />`
        : nothing}
      ${error ? html`<small class="wrong">${error}</small>` : nothing}
    </div>`;
  }

  static styles = [
    base,
    fieldStyles,
    css`
      :host {
        display: block;
      }
      select {
        width: 100%;
      }
      #other {
        margin-top: 6px;
      }
    `,
  ];
}

customElements.define('fw-model-field', ModelField);
