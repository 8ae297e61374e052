import { html } from '../lib/lit/index.js';
import { motionHint } from '../app/hints.js';
import '../sampling/how-asked.js';
import './prompt-bar.js';
import './questions.js';

/** @typedef {import('../sampling/sampling.js').Asking} Asking */

/**
 * What is asked, and what can be done about it. `apply` and `undo` are for what runs already.
 *
 * @typedef {object} Fields
 * @property {string} prompt
 * @property {Asking} asking
 * @property {string} [asked] what the running session is being asked
 * @property {BackendState[]} backends
 * @property {string} defaultBackend
 * @property {Record<string, string>} [errors] what the service said of fields
 * @property {boolean} [running]
 * @property {boolean} live the video comes as it comes
 * @property {'' | 'start' | 'update' | 'stop'} busy
 * @property {boolean} [ready] there is a picture to ask about
 * @property {boolean} [again] it ran before
 * @property {boolean} [differs] what is chosen is not what the running session does
 *
 * @typedef {object} Acts
 * @property {(prompt: string) => void} type
 * @property {(part: Partial<Asking>) => void} choose
 * @property {() => void} start
 * @property {() => void} [update]
 * @property {() => void} [stop]
 * @property {() => void} [undo]
 */

/**
 * Everything that a session can be told when it is started: the question, more of them, of whom and how.
 *
 * @param {Fields} fields
 * @param {Acts} acts
 */
export function askingFields(fields, acts) {
  const { prompt, asking, backends, errors = {}, running = false, busy } = fields;
  const change = (/** @type {CustomEvent<Partial<Asking>>} */ e) => acts.choose(e.detail);
  return html`
    <fw-prompt-bar
      .prompt=${prompt}
      .asked=${fields.asked ?? ''}
      .running=${running}
      .busy=${busy}
      .ready=${fields.ready ?? true}
      .again=${fields.again ?? false}
      @prompt-input=${(/** @type {CustomEvent<string>} */ e) => acts.type(e.detail)}
      @start=${acts.start}
      @update=${acts.update}
      @stop=${acts.stop}
    ></fw-prompt-bar>
    ${motionHint(prompt, asking, (sampling) => acts.choose(sampling))}
    <fw-questions .asking=${asking} .backends=${backends} .errors=${errors} @change=${change}></fw-questions>
    <fw-how-asked
      .asking=${asking}
      .backends=${backends}
      .defaultBackend=${fields.defaultBackend}
      .errors=${errors}
      .running=${running}
      .live=${fields.live}
      .differs=${fields.differs ?? false}
      .busy=${busy !== ''}
      @change=${change}
      @apply=${acts.update}
      @undo=${acts.undo}
    ></fw-how-asked>
  `;
}
