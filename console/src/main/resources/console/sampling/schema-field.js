import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { live } from '../lib/lit-html/directives/live.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import { fieldStyles } from './field-styles.js';
import { SCHEMA_EXAMPLE, schemaFault } from './schema.js';

const MAX_SCHEMA_LENGTH = 20_000;

/** The JSON Schema for answers, checked while it is edited. Dispatches `change` with its text. */
export class SchemaField extends LitElement {
  static properties = {
    label: {},
    text: { attribute: false },
    error: { attribute: false },
  };

  constructor() {
    super();
    this.label = t('common.structuredAnswerJsonSchema');
    this.text = '';
    /** @type {string | undefined} the service's error */
    this.error = undefined;
  }

  /** @param {string} text */
  #change(text) {
    this.dispatchEvent(new CustomEvent('change', { detail: text }));
  }

  render() {
    const wrong = schemaFault(this.text) ?? this.error;
    return html`<div class="field">
      <div class="head">
        <label for="schema">${this.label}</label>
        ${this.text.trim() === ''
          ? html`<button type="button" class="quiet" @click=${this.#example}>${t('sampling.insertAnExample')}</button>`
          : nothing}
      </div>
      <textarea
        id="schema"
        rows="2"
        maxlength=${MAX_SCHEMA_LENGTH}
        spellcheck="false"
        autocapitalize="off"
        placeholder='{"type": "object", "properties": ...}'
        aria-describedby="schema-means"
        aria-invalid=${String(Boolean(wrong))}
        .value=${live(this.text)}
        @input=${(/** @type {Event} */ e) => this.#change(/** @type {HTMLTextAreaElement} */ (e.target).value)}
      ></textarea>
      <small id="schema-means" class=${wrong ? 'wrong' : ''} aria-live="polite"
        >${wrong ?? t('sampling.eachAnswerIsJsonThatFits')}</small
      >
    </div>`;
  }

  async #example() {
    this.#change(SCHEMA_EXAMPLE);
    await this.updateComplete;
    this.renderRoot.querySelector('textarea')?.focus();
  }

  static styles = [
    base,
    fieldStyles,
    css`
      :host {
        display: block;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0 8px;
        min-height: 30px;
      }
      .head label {
        margin: 0;
      }
      .head button {
        min-height: 26px;
        padding: 0 8px;
        color: var(--soft);
        font-size: 12px;
      }
      textarea {
        min-height: 58px;
        max-height: 320px;
        margin-bottom: 4px;
        field-sizing: content;
        font: 400 12px/1.5 ui-monospace, monospace;
        tab-size: 2;
      }
    `,
  ];
}

customElements.define('fw-schema-field', SchemaField);
