import { LitElement, css, html, nothing } from '../lib/lit/index.js';
import { live } from '../lib/lit-html/directives/live.js';
import { backendName } from '../look/backend-name.js';
import { base } from '../look/styles.js';
import { samplingPicture } from './sampling-picture.js';
import { SAMPLING_FIELDS, SAMPLING_PRESETS, inWords, sameSampling, valid, wrong } from './sampling.js';

/**
 * Who answers, which pictures, how fast. Dispatches `change` with the whole new value.
 */
export class AskingPanel extends LitElement {
  static properties = {
    asking: { attribute: false },
    backends: { attribute: false },
    defaultBackend: { attribute: false },
    running: { type: Boolean },
    live: { type: Boolean },
  };

  constructor() {
    super();
    /** @type {import('./sampling.js').Asking | undefined} */
    this.asking = undefined;
    /** @type {BackendState[]} */
    this.backends = [];
    this.defaultBackend = '';
    this.running = false;
    /** The video comes as it comes: there is no pace to choose. */
    this.live = false;
  }

  /** @param {Partial<import('./sampling.js').Asking>} part */
  #change(part) {
    this.dispatchEvent(new CustomEvent('change', { detail: { ...this.asking, ...part } }));
  }

  render() {
    const asking = this.asking;
    if (!asking) {
      return nothing;
    }
    return html`
      ${this.running
        ? html`<p class="note">Changes here take effect at the next start.</p>`
        : nothing}
      <div class="columns">
        <fieldset>
          <legend class="heading">Who answers</legend>
          <div class="backends">${this.#backends(asking.backend)}</div>
        </fieldset>
        <div class="right">
          <fieldset>
            <legend class="heading">Which pictures</legend>
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
            <div class="fields">${SAMPLING_FIELDS.map((f) => this.#field(f, asking[f.name]))}</div>
            ${valid(asking)
              ? html`${samplingPicture(asking)}
                  <p class="sum" id="sampling-words">${inWords(asking)}</p>`
              : nothing}
          </fieldset>
          ${this.live ? nothing : this.#pace(asking)}
        </div>
      </div>
    `;
  }

  /** @param {string} chosen */
  #backends(chosen) {
    const now = this.defaultBackend ? `now ${backendName(this.defaultBackend)}` : '';
    return html`
      ${this.#backend('', 'Choose for me', now, true, chosen)}
      ${this.backends.map((b) =>
        this.#backend(
          b.name,
          backendName(b.name),
          b.ready ? (b.capabilities ?? []).join(', ') : (b.reason ?? 'not ready'),
          b.ready,
          chosen,
        ),
      )}
    `;
  }

  /**
   * @param {string} value
   * @param {string} name
   * @param {string} detail
   * @param {boolean} ready
   * @param {string} chosen
   */
  #backend(value, name, detail, ready, chosen) {
    return html`<label class="check ${ready ? '' : 'off'}">
      <input
        type="radio"
        name="backend"
        .value=${value}
        .checked=${live(chosen === value)}
        ?disabled=${!ready && chosen !== value}
        @change=${() => this.#change({ backend: value })}
      />
      <span>${name} ${ready ? nothing : html`<em>not ready</em>`}<small>${detail}</small></span>
    </label>`;
  }

  /**
   * @param {typeof SAMPLING_FIELDS[number]} field
   * @param {number} value
   */
  #field(field, value) {
    const error = wrong(field.name, value);
    return html`<div class="field">
      <label for=${field.name}>${field.label}</label>
      <span class="box ${error ? 'bad' : ''}">
        <input
          id=${field.name}
          class="numeric"
          type="number"
          inputmode="decimal"
          min=${field.min}
          max=${field.max}
          step="any"
          aria-describedby="${field.name}-means"
          aria-invalid=${error ? 'true' : 'false'}
          .value=${live(String(value))}
          @change=${(/** @type {Event} */ e) =>
            this.#change({
              [field.name]: /** @type {HTMLInputElement} */ (e.target).valueAsNumber,
            })}
        />
        <span aria-hidden="true">${field.unit}</span>
      </span>
      <small id="${field.name}-means" class=${error ? 'wrong' : ''}>${error ?? field.means}</small>
    </div>`;
  }

  /** @param {import('./sampling.js').Asking} asking */
  #pace(asking) {
    return html`<fieldset>
      <legend class="heading">Pace</legend>
      ${this.#paces(asking)}
      <label class="check">
        <input
          type="checkbox"
          .checked=${live(asking.loop)}
          @change=${(/** @type {Event} */ e) =>
            this.#change({ loop: /** @type {HTMLInputElement} */ (e.target).checked })}
        />
        <span>Loop <small>start over at the end of the video</small></span>
      </label>
    </fieldset>`;
  }

  /** @param {import('./sampling.js').Asking} asking */
  #paces(asking) {
    /** @type {[Pace, string, string][]} */
    const paces = [
      ['realtime', 'With the video', 'a slow answer drops clips, the newest is kept'],
      ['fast', 'As fast as it goes', 'every clip is answered, none dropped'],
    ];
    return paces.map(
      ([value, name, detail]) => html`<label class="check">
        <input
          type="radio"
          name="pace"
          .value=${value}
          .checked=${live(asking.pace === value)}
          @change=${() => this.#change({ pace: value })}
        />
        <span>${name} <small>${detail}</small></span>
      </label>`,
    );
  }

  static styles = [
    base,
    css`
      :host {
        display: block;
        container-type: inline-size;
      }
      .note {
        margin-bottom: 12px;
        color: var(--soft);
        font-size: 13px;
      }
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1.9fr);
        gap: 20px 32px;
      }
      .right {
        display: grid;
        gap: 20px;
        align-content: start;
      }
      @container (max-width: 560px) {
        .columns {
          grid-template-columns: minmax(0, 1fr);
        }
      }
      fieldset {
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0 0 8px;
      }
      .check {
        display: flex;
        gap: 9px;
        padding: 5px 0;
        cursor: pointer;
        font-size: 13px;
        line-height: 1.35;
      }
      .check input {
        flex: none;
        margin-top: 1px;
      }
      .check small {
        display: block;
      }
      .check.off {
        cursor: default;
      }
      .check.off > span {
        color: var(--soft);
      }
      em {
        margin-left: 4px;
        color: var(--faint);
        font-size: 12px;
        font-style: normal;
      }
      small {
        color: var(--soft);
        font-size: 12px;
        line-height: 1.4;
        overflow-wrap: anywhere;
      }
      .presets {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        margin-bottom: 14px;
      }
      .presets button {
        min-height: 28px;
        padding: 0 10px;
        font-size: 12px;
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
        gap: 12px 20px;
      }
      .field label {
        display: block;
        margin-bottom: 4px;
        font-size: 13px;
      }
      .box {
        display: flex;
        align-items: center;
        gap: 6px;
        margin-bottom: 4px;
        color: var(--soft);
        font-size: 12px;
      }
      .box input {
        max-width: 110px;
      }
      .box.bad input {
        border-color: var(--bad);
      }
      .field small {
        display: block;
      }
      small.wrong {
        color: var(--bad);
      }
      .picture {
        display: block;
        width: 100%;
        max-width: 480px;
        margin-top: 16px;
      }
      .picture text {
        fill: var(--soft);
        font: 400 11px var(--sans);
      }
      .picture .axis {
        stroke: var(--line-strong);
      }
      .picture .clip {
        fill: var(--hover);
        stroke: var(--line-strong);
        stroke-width: 1;
      }
      .picture .frame {
        stroke: var(--now);
        stroke-width: 2;
      }
      .sum {
        margin-top: 6px;
        font-weight: 500;
        font-size: 13px;
      }
    `,
  ];
}

customElements.define('fw-asking-panel', AskingPanel);
