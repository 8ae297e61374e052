import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { live } from '../lib/lit-html/directives/live.js';
import { backendName } from '../look/backend-name.js';
import * as icons from '../look/icons.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import '../sampling/schema-field.js';

const MAX_COUNT = 8;
const MAX_NAME_LENGTH = 64;
const MAX_PROMPT_LENGTH = 4000;

/** @typedef {import('../sampling/sampling.js').Question} Question */

/**
 * Further questions about the same pictures, each with a name and, optionally, its own back end. Dispatches `change`
 * with the differences, and `submit` when Enter is pressed.
 */
export class Questions extends LitElement {
  static properties = {
    asking: { attribute: false },
    backends: { attribute: false },
    errors: { attribute: false },
  };

  constructor() {
    super();
    /** @type {import('../sampling/sampling.js').Asking | undefined} */
    this.asking = undefined;
    /** @type {BackendState[]} */
    this.backends = [];
    /** @type {Record<string, string>} the service's errors, by field */
    this.errors = {};
  }

  #added = false;

  /** @param {object} part */
  #change(part) {
    this.dispatchEvent(new CustomEvent('change', { detail: part }));
  }

  /**
   * @param {number} at
   * @param {Partial<Question>} part
   */
  #edit(at, part) {
    const others = (this.asking?.others ?? []).map((q, i) => (i === at ? { ...q, ...part } : q));
    this.#change({ others });
  }

  #add() {
    const { name, others } = /** @type {import('../sampling/sampling.js').Asking} */ (this.asking);
    const names = [name, ...others.map((q) => q.name)];
    let number = names.length + 1;
    while (names.includes(t('prompt.questionNumber', { number }))) {
      number++;
    }
    this.#added = true;
    this.#change({ others: [...others, { name: t('prompt.questionNumber', { number }), prompt: '', backend: '', model: '', schema: '' }] });
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      this.dispatchEvent(new Event('submit'));
    }
  }

  updated() {
    if (this.#added) {
      this.#added = false;
      [...this.renderRoot.querySelectorAll('textarea')].at(-1)?.focus();
    }
  }

  render() {
    const { asking } = this;
    if (!asking) {
      return nothing;
    }
    const { others } = asking;
    return html`
      ${others.length > 0
        ? html`<div class="first">
            ${this.#text('first-name', t('prompt.nameOfTheFirstQuestion'), asking.name, 'prompts[0].name', (name) => this.#change({ name }))}
          </div>`
        : nothing}
      ${others.length > 0 ? html`<ol>${others.map((question, i) => this.#question(question, i))}</ol>` : nothing}
      ${others.length + 1 < MAX_COUNT
        ? html`<button type="button" class="quiet add" @click=${this.#add}>${icons.plus} ${t('prompt.askAnotherQuestion')}</button>`
        : nothing}
    `;
  }

  /**
   * @param {Question} question
   * @param {number} i
   */
  #question(question, i) {
    const field = `prompts[${i + 1}]`;
    const error = this.errors[`${field}.prompt`];
    return html`<li>
      <div class="head">
        ${this.#text(`name-${i}`, t('common.name'), question.name, `${field}.name`, (name) => this.#edit(i, { name }))}
        <button
          type="button"
          class="bare"
          aria-label="${t('prompt.removeName', { name: question.name })}"
          title="${t('prompt.remove')}"
          @click=${() => this.#change({ others: this.asking?.others.toSpliced(i, 1) })}
        >
          ${icons.close}
        </button>
      </div>
      <label class="only-read" for="prompt-${i}">${question.name}</label>
      <textarea
          dir="auto"
        id="prompt-${i}"
        rows="1"
        maxlength=${MAX_PROMPT_LENGTH}
        placeholder="${t('prompt.askSomethingElseAboutTheSame')}"
        aria-invalid=${String(Boolean(error))}
        .value=${live(question.prompt)}
        @input=${(/** @type {Event} */ e) =>
          this.#edit(i, { prompt: /** @type {HTMLTextAreaElement} */ (e.target).value })}
        @keydown=${this.#pressed}
      ></textarea>
      ${error ? html`<small class="wrong">${error}</small>` : nothing}
      <div class="who">
        <div class="field">
          <label for="backend-${i}">${t('common.modelProvider')}</label>
          <select
            id="backend-${i}"
            @change=${(/** @type {Event} */ e) =>
              this.#edit(i, { backend: /** @type {HTMLSelectElement} */ (e.target).value, model: '' })}
          >
            <option value="" .selected=${question.backend === ''}>${t('prompt.sameAsAbove')}</option>
            ${this.backends
              .filter((b) => b.ready || b.name === question.backend)
              .map((b) => html`<option value=${b.name} .selected=${b.name === question.backend}>${backendName(b.name)}</option>`)}
          </select>
          ${this.#wrong(`${field}.backend`)}
        </div>
        ${this.#text(`model-${i}`, t('common.model'), question.model, `${field}.model`, (model) => this.#edit(i, { model }), t('common.default'))}
      </div>
      <details>
        <summary>${question.schema.trim() ? t('prompt.structuredAnswer') : t('common.structuredAnswerJsonSchema')}</summary>
        <fw-schema-field
          .text=${question.schema}
          .error=${this.errors[`${field}.output_schema`]}
          @change=${(/** @type {CustomEvent<string>} */ e) => this.#edit(i, { schema: e.detail })}
        ></fw-schema-field>
      </details>
    </li>`;
  }

  /**
   * @param {string} id
   * @param {string} label
   * @param {string} value
   * @param {string} field name of the field in the API
   * @param {(value: string) => void} changed
   * @param {string} [placeholder]
   */
  #text(id, label, value, field, changed, placeholder = '') {
    return html`<div class="field">
      <label for=${id}>${label}</label>
      <input
        id=${id}
        maxlength=${MAX_NAME_LENGTH}
        spellcheck="false"
        placeholder=${placeholder}
        aria-invalid=${String(Boolean(this.errors[field]))}
        .value=${live(value)}
        @input=${(/** @type {Event} */ e) => changed(/** @type {HTMLInputElement} */ (e.target).value)}
      />
      ${this.#wrong(field)}
    </div>`;
  }

  /** @param {string} field */
  #wrong(field) {
    return this.errors[field] ? html`<small class="wrong">${this.errors[field]}</small>` : nothing;
  }

  static styles = [
    base,
    css`
      :host {
        display: block;
        margin-top: 6px;
      }
      .first {
        margin-top: 10px;
      }
      ol {
        display: grid;
        gap: 12px;
        margin: 10px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        gap: 8px;
        padding: 10px 12px 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--paper);
      }
      .head {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
      }
      .who {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 20px;
      }
      .field {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
      }
      .field label {
        color: var(--soft);
        font-size: 12px;
      }
      .field input,
      .field select {
        width: 160px;
        min-height: 30px;
        padding: 3px 8px;
        font-size: 13px;
      }
      summary {
        width: fit-content;
        color: var(--soft);
        font-size: 12px;
        cursor: pointer;
      }
      summary:hover {
        color: var(--ink);
      }
      fw-schema-field {
        margin-top: 6px;
      }
      textarea {
        min-height: 38px;
        max-height: 140px;
        resize: none;
        field-sizing: content;
      }
      [aria-invalid='true'] {
        border-color: var(--bad);
      }
      .wrong {
        flex-basis: 100%;
        color: var(--bad);
        font-size: 12px;
      }
      .add {
        margin-top: 4px;
        padding-inline: 6px 10px;
        color: var(--soft);
        font-size: 12px;
      }
    `,
  ];
}

customElements.define('fw-questions', Questions);
