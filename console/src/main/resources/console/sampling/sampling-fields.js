import { html } from '../lib/lit/index.js';
import { PLAIN_FIELDS, SAMPLING_FIELDS, outOfRange, plainOf, withPlain, wrong } from './sampling.js';

/** @typedef {import('./sampling.js').Asking} Asking */

/** Fields of the API that a plain field sets. */
const SETS = /** @type {const} */ ({ every: 'delay_seconds', frames: 'fps', over: 'clip_length_seconds' });

/**
 * How often to ask and how much to look at.
 *
 * @param {Asking} asking
 * @param {Record<string, string>} errors the service's, by field
 * @param {(part: Partial<Asking>) => void} change
 */
export function plainFields(asking, errors, change) {
  const plain = plainOf(asking);
  const shown = PLAIN_FIELDS.filter(({ name }) => name !== 'over' || plain.frames > 1);
  return html`<div class="plain">
    ${shown.map((field) => {
      const { name, label, unit, min, max } = field;
      const value = plain[name];
      const error = wrong(SETS[name], asking[SETS[name]]) ?? errors[SETS[name]];
      return html`<div class="field">
        <label for=${name}>${label}</label>
        <span class="box">
          <input
            id=${name}
            class="numeric"
            type="number"
            inputmode="decimal"
            min=${min}
            max=${max}
            step=${name === 'frames' ? 1 : 'any'}
            aria-describedby="${name}-unit ${name}-error"
            aria-invalid=${error ? 'true' : 'false'}
            .value=${Number.isNaN(value) ? '' : String(value)}
            @change=${(/** @type {Event} */ e) => {
              const input = /** @type {HTMLInputElement} */ (e.target);
              const typed = input.valueAsNumber;
              // An interval out of range is shown as an error; frames have no field of their own to show one.
              if (name === 'every' || !outOfRange(field, typed)) {
                change(withPlain(asking, name, typed));
              } else {
                const nearest = Number.isNaN(typed) ? value : Math.min(max, Math.max(min, typed));
                input.value = String(nearest);
                change(withPlain(asking, name, nearest));
              }
            }}
          />
          <span id="${name}-unit">${unit(plain.frames)}</span>
        </span>
        <small id="${name}-error" class="wrong">${error ?? ''}</small>
      </div>`;
    })}
  </div>`;
}

/**
 * The numbers of the API.
 *
 * @param {Asking} asking
 * @param {Record<string, string>} errors the service's, by field
 * @param {(part: Partial<Asking>) => void} change
 */
export function advancedFields(asking, errors, change) {
  return html`<div class="fields">
    ${SAMPLING_FIELDS.map((field) => {
      const { name } = field;
      const value = asking[name];
      const error = wrong(name, value) ?? errors[name];
      return html`<div class="field">
        <label for=${name}>${field.label}</label>
        <span class="box">
          <input
            id=${name}
            class="numeric"
            type="number"
            inputmode="decimal"
            min=${field.min}
            max=${field.max}
            step="any"
            aria-describedby="${name}-means"
            aria-invalid=${error ? 'true' : 'false'}
            .value=${Number.isNaN(value) ? '' : String(value)}
            @change=${(/** @type {Event} */ e) =>
              change({ [name]: /** @type {HTMLInputElement} */ (e.target).valueAsNumber })}
          />
          <span aria-hidden="true">${field.unit}</span>
        </span>
        <small id="${name}-means" class=${error ? 'wrong' : ''}>${error ?? field.means}</small>
      </div>`;
    })}
  </div>`;
}
