import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { live } from '../lib/lit-html/directives/live.js';
import { backendName } from '../look/backend-name.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import { fieldStyles } from './field-styles.js';
import './schema-field.js';

const MAX_PROMPT_LENGTH = 4000;
const MAX_LANGUAGE_LENGTH = 35;

/**
 * Settings that limit cost and keep answers coming: unchanged clips, budget, fallback, system prompt and schema.
 * Dispatches `change` with the differences.
 */
export class AskingMore extends LitElement {
  static properties = {
    asking: { attribute: false },
    backends: { attribute: false },
    defaultBackend: { attribute: false },
    errors: { attribute: false },
  };

  constructor() {
    super();
    /** @type {import('./sampling.js').Asking | undefined} */
    this.asking = undefined;
    /** @type {BackendState[]} */
    this.backends = [];
    this.defaultBackend = '';
    /** @type {Record<string, string>} the service's errors, by field */
    this.errors = {};
  }

  /** @param {Partial<import('./sampling.js').Asking>} part */
  #change(part) {
    this.dispatchEvent(new CustomEvent('change', { detail: part }));
  }

  render() {
    const { asking } = this;
    if (!asking) {
      return nothing;
    }
    return html`
      <div class="row">
        <label class="check">
          <input
            type="checkbox"
            .checked=${live(asking.skip)}
            @change=${(/** @type {Event} */ e) =>
              this.#change({ skip: /** @type {HTMLInputElement} */ (e.target).checked })}
          />
          <span>${t('sampling.skipUnchangedClips')} <small>${t('sampling.noCallForAnUnchangedClip')}</small></span>
        </label>
        ${this.#number('budget', t('sampling.budget'), '$', asking.budget, t('sampling.inUsDollarsOverAllRuns'), (budget) =>
          this.#change({ budget: Number.isNaN(budget) ? null : budget }))}
      </div>
      ${this.#wrong('skip_unchanged')}
      <details>
        <summary>${t('sampling.moreWords', { words: this.#inWords(asking) })}</summary>
        <div class="row">
          ${this.#number('threshold', t('sampling.changeThreshold'), '%', round(asking.threshold * 100), t('sampling.aClipCountsAsChangedWhen'), (share) =>
            this.#change({ threshold: Number.isNaN(share) ? 0.005 : share / 100 }), !asking.skip)}
          ${this.#number('refresh_seconds', t('sampling.askAnywayAfter'), 's', asking.refresh, t('sampling.secondsOfVideoFrom1To'), (refresh) =>
            this.#change({ refresh: Number.isNaN(refresh) ? 60 : refresh }), !asking.skip)}
        </div>
        ${this.#fallback(asking)}
        <div class="field">
          <label for="system">${t('sampling.systemPrompt')}</label>
          <textarea
            id="system"
            rows="2"
            maxlength=${MAX_PROMPT_LENGTH}
            placeholder="${t('sampling.instructionsForEveryQuestion')}"
            .value=${asking.system}
            @change=${(/** @type {Event} */ e) =>
              this.#change({ system: /** @type {HTMLTextAreaElement} */ (e.target).value })}
          ></textarea>
          ${this.#wrong('system')}
        </div>
        <div class="field">
          <label for="language">${t('sampling.answerInThisLanguage')}</label>
          <input
            id="language"
            maxlength=${MAX_LANGUAGE_LENGTH}
            placeholder="${t('sampling.germanOrATagSuchAs')}"
            autocomplete="off"
            .value=${asking.language}
            @change=${(/** @type {Event} */ e) =>
              this.#change({ language: /** @type {HTMLInputElement} */ (e.target).value })}
          />
          ${this.#wrong(this.errors.language ? 'language' : 'prompts[0].language')}
        </div>
        <fw-schema-field
          .label=${asking.others.length > 0 ? t('sampling.structuredAnswerToNameJsonSchema', { name: asking.name }) : t('common.structuredAnswerJsonSchema')}
          .text=${asking.schema}
          .error=${this.errors.output_schema ?? this.errors['prompts[0].output_schema']}
          @change=${(/** @type {CustomEvent<string>} */ e) => this.#change({ schema: e.detail })}
        ></fw-schema-field>
      </details>
    `;
  }

  /** @param {import('./sampling.js').Asking} asking */
  #inWords({ fallback, system, schema }) {
    const instead = fallback.length > 0 ? t('common.fallsBackToNames', { names: fallback.map(backendName).join(', ') }) : t('sampling.fallback');
    return `${instead}, ${system.trim() ? t('sampling.aSystemPrompt') : t('sampling.systemPrompt2')}, ${schema.trim() ? t('sampling.aStructuredAnswer') : t('sampling.structuredAnswer')}`;
  }

  /** @param {import('./sampling.js').Asking} asking */
  #fallback({ backend, fallback }) {
    const first = backend || this.defaultBackend;
    const choices = this.backends.filter((b) => (b.ready && b.name !== first) || fallback.includes(b.name));
    return html`<div class="field" role="group" aria-labelledby="fallback-label">
      <span class="label" id="fallback-label">${t('sampling.fallback2')}</span>
      <div class="choices">
        ${choices.map((b) => {
          const place = fallback.indexOf(b.name);
          return html`<button
            type="button"
            aria-pressed=${String(place >= 0)}
            @click=${() =>
              this.#change({
                fallback: place >= 0 ? fallback.toSpliced(place, 1) : [...fallback, b.name],
              })}
          >
            ${place >= 0 ? html`<b class="numeric">${place + 1}.</b>` : nothing} ${backendName(b.name)}
          </button>`;
        })}
        ${choices.length === 0 ? html`<small>${t('sampling.noOtherProviderIsReady')}</small>` : nothing}
      </div>
      ${choices.length > 1 ? html`<small>${t('sampling.triedInThisOrder')}</small>` : nothing}
      ${this.#wrong('fallback')}
    </div>`;
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {string} unit
   * @param {number | null} value
   * @param {string} means
   * @param {(value: number) => void} changed
   * @param {boolean} [off]
   */
  #number(name, label, unit, value, means, changed, off = false) {
    const error = this.errors[name];
    return html`<div class="field">
      <label for=${name}>${label}</label>
      <span class="box">
        ${unit === '$' ? html`<span aria-hidden="true">$</span>` : nothing}
        <input
          id=${name}
          class="numeric"
          type="number"
          inputmode="decimal"
          min="0"
          step="any"
          aria-describedby="${name}-means"
          aria-invalid=${String(Boolean(error))}
          ?disabled=${off}
          .value=${value === null ? '' : String(value)}
          @change=${(/** @type {Event} */ e) =>
            changed(/** @type {HTMLInputElement} */ (e.target).valueAsNumber)}
        />
        ${unit === '$' ? nothing : html`<span aria-hidden="true">${unit}</span>`}
      </span>
      <small id="${name}-means" class=${error ? 'wrong' : ''}>${error ?? means}</small>
    </div>`;
  }

  /** @param {string} field */
  #wrong(field) {
    return this.errors[field] ? html`<small class="wrong">${this.errors[field]}</small>` : nothing;
  }

  static styles = [
    base,
    fieldStyles,
    css`
      :host {
        display: block;
        margin-top: 20px;
        padding-top: 16px;
        border-top: 1px solid var(--line);
      }
      .row {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 220px), 1fr));
        gap: 12px 32px;
        align-items: start;
      }
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin-bottom: 4px;
      }
      .choices button {
        min-height: 30px;
        font-size: 12px;
      }
      details {
        margin-top: 12px;
      }
      summary {
        width: fit-content;
        padding: 4px 0;
        color: var(--soft);
        font-size: 13px;
        cursor: pointer;
      }
      summary:hover {
        color: var(--ink);
      }
      details[open] summary {
        margin-bottom: 10px;
      }
      details > .field,
      fw-schema-field {
        margin-top: 16px;
      }
    `,
  ];
}

/** @param {number} n */
function round(n) {
  return Math.round(n * 1000) / 1000;
}

customElements.define('fw-asking-more', AskingMore);
