import { LitElement, html, nothing } from '../lib/lit/index.js';
import { live } from '../lib/lit-html/directives/live.js';
import { backendName } from '../look/backend-name.js';
import { base } from '../look/styles.js';
import { t } from '../messages/messages.js';
import './asking-more.js';
import './model-field.js';
import { askingPanelStyles } from './asking-panel-styles.js';
import { fieldStyles } from './field-styles.js';
import { samplingPicture } from './sampling-picture.js';
import { SAMPLING_FIELDS, SAMPLING_PRESETS, inWords, sameSampling, valid } from './sampling.js';
import { advancedFields, plainFields } from './sampling-fields.js';

/** @type {Record<string, string>} what a back end can do, by its name in the API */
const CAN = {
  describe: t('sampling.can.describe'),
  read: t('sampling.can.read'),
  count: t('sampling.can.count'),
  detect: t('sampling.can.detect'),
  motion: t('sampling.can.motion'),
  output_schema: t('sampling.can.output_schema'),
  language: t('sampling.can.language'),
  tools: t('sampling.can.tools'),
};

/** Back end, sampling and pace. Dispatches `change` with the differences. */
export class AskingPanel extends LitElement {
  static properties = {
    asking: { attribute: false },
    backends: { attribute: false },
    defaultBackend: { attribute: false },
    running: { type: Boolean },
    live: { type: Boolean },
    errors: { attribute: false },
  };

  constructor() {
    super();
    /** @type {import('./sampling.js').Asking | undefined} */
    this.asking = undefined;
    /** @type {BackendState[]} */
    this.backends = [];
    this.defaultBackend = '';
    this.running = false;
    /** Whether the video is live, without a choice of pace. */
    this.live = false;
    /** @type {Record<string, string>} the service's errors, by field */
    this.errors = {};
  }

  /** @param {Partial<import('./sampling.js').Asking>} part */
  #change(part) {
    this.dispatchEvent(new CustomEvent('change', { detail: part }));
  }

  render() {
    const asking = this.asking;
    if (!asking) {
      return nothing;
    }
    return html`
      ${this.running
        ? html`<p class="note">${t('sampling.changesAreAppliedToTheNext')}</p>`
        : nothing}
      <div class="columns">
        <fieldset>
          <legend class="heading">${t('common.modelProvider')}</legend>
          <div class="backends">${this.#backends(asking.backend)}</div>
          ${this.#model(asking)}
        </fieldset>
        <div class="right">
          <fieldset>
            <legend class="heading">${t('sampling.pictures')}</legend>
            <div class="presets">
              ${SAMPLING_PRESETS.map(
                (p) => html`<button
                  type="button"
                  aria-pressed=${String(sameSampling(p.sampling, asking))}
                  @click=${() => this.#change(p.sampling)}
                >
                  ${p.name}
                </button>`,
              )}
            </div>
            ${plainFields(asking, this.errors, (part) => this.#change(part))}
            ${valid(asking)
              ? html`${samplingPicture(asking)}
                  <p class="sum" id="sampling-words">${inWords(asking)}</p>`
              : nothing}
            <details class="advanced" ?open=${SAMPLING_FIELDS.some((f) => this.errors[f.name])}>
              <summary>${t('sampling.advanced')}</summary>
              ${advancedFields(asking, this.errors, (part) => this.#change(part))}
            </details>
          </fieldset>
          ${this.live ? nothing : this.#pace(asking)}
        </div>
      </div>
      <fw-asking-more
        .asking=${asking}
        .backends=${this.backends}
        .defaultBackend=${this.defaultBackend}
        .errors=${this.errors}
        @change=${(/** @type {CustomEvent} */ e) => this.#change(e.detail)}
      ></fw-asking-more>
    `;
  }

  /** @param {string} chosen */
  #backends(chosen) {
    const now = this.defaultBackend ? t('sampling.currentlyBackend', { backend: backendName(this.defaultBackend) }) : '';
    return html`
      ${this.#backend('', t('sampling.chooseForMe'), now, true, chosen)}
      ${this.backends.toSorted((a, b) => Number(b.ready) - Number(a.ready)).map((b) =>
        this.#backend(
          b.name,
          backendName(b.name),
          b.ready ? (b.capabilities ?? []).map((name) => CAN[name] ?? name).join(', ') : (b.reason ?? ''),
          b.ready,
          chosen,
        ),
      )}
    `;
  }

  /**
   * For a back end that is not ready, shows what is missing and, on demand, how to fix it.
   *
   * @param {string} value
   * @param {string} name
   * @param {string} detail
   * @param {boolean} ready
   * @param {string} chosen
   */
  #backend(value, name, detail, ready, chosen) {
    const shown = ready ? detail : detail.split(': ')[0];
    return html`<label class="check ${ready ? '' : 'off'}" title=${shown === detail ? nothing : detail}>
      <input
        type="radio"
        name="backend"
        .value=${value}
        .checked=${live(chosen === value)}
        ?disabled=${!ready && chosen !== value}
        @change=${() => this.#change({ backend: value, model: '' })}
      />
      <span>${name} ${ready ? nothing : html`<em>${t('sampling.notReady')}</em>`}<small>${shown}</small></span>
    </label>`;
  }

  /** @param {import('./sampling.js').Asking} asking */
  #model({ backend, model }) {
    const asked = this.backends.find((b) => b.name === (backend || this.defaultBackend));
    const error = this.errors.model ?? this.errors.backend;
    if (!asked || asked.name === 'builtin') {
      return nothing;
    }
    return html`<fw-model-field
      class="model"
      .models=${asked.models ?? []}
      .model=${model}
      .error=${error ?? ''}
      @change=${(/** @type {CustomEvent<string>} */ e) => this.#change({ model: e.detail })}
    ></fw-model-field>`;
  }

  /** @param {import('./sampling.js').Asking} asking */
  #pace(asking) {
    return html`<fieldset>
      <legend class="heading">${t('sampling.pace')}</legend>
      ${this.#paces(asking)}
      <label class="check">
        <input
          type="checkbox"
          .checked=${live(asking.loop)}
          ?disabled=${this.running}
          @change=${(/** @type {Event} */ e) =>
            this.#change({ loop: /** @type {HTMLInputElement} */ (e.target).checked })}
        />
        <span>${t('sampling.loop')} <small>${t('sampling.startOverAtTheEndOf')}</small></span>
      </label>
    </fieldset>`;
  }

  /** @param {import('./sampling.js').Asking} asking */
  #paces(asking) {
    /** @type {[Pace, string, string][]} */
    const paces = [
      ['realtime', t('sampling.inRealTime'), t('sampling.skipsClipsToKeepUpWith')],
      ['fast', t('sampling.asFastAsPossible'), t('sampling.answersEveryClip')],
    ];
    return paces.map(
      ([value, name, detail]) => html`<label class="check">
        <input
          type="radio"
          name="pace"
          .value=${value}
          .checked=${live(asking.pace === value)}
          ?disabled=${this.running}
          @change=${() => this.#change({ pace: value })}
        />
        <span>${name} <small>${detail}</small></span>
      </label>`,
    );
  }

  static styles = [base, fieldStyles, askingPanelStyles];
}

customElements.define('fw-asking-panel', AskingPanel);
