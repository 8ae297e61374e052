import { html } from '../lib/lit/index.js';
import { motionHint } from '../app/hints.js';
import '../sampling/how-asked.js';
import { applyBar } from './apply-bar.js';
import './prompt-bar.js';
import './questions.js';

/** @typedef {import('../sampling/sampling.js').Asking} Asking */
/** @typedef {'prompt' | 'questions' | 'settings'} Part */

/**
 * The question and its settings, with the available actions. `apply` and `undo` are for a running session.
 *
 * @typedef {object} Fields
 * @property {string} prompt
 * @property {Asking} asking
 * @property {string} [asked] the running session's question
 * @property {BackendState[]} backends
 * @property {string} defaultBackend
 * @property {Record<string, string>} [errors] the service's errors, by field
 * @property {boolean} [running]
 * @property {boolean} live whether the video is live
 * @property {'' | 'start' | 'update' | 'stop'} busy
 * @property {boolean} [ready] whether there is a picture to ask about
 * @property {boolean} [again] whether it ran before
 * @property {boolean} [differs] whether the fields differ from the running session
 * @property {Part} [edited] the part that was edited last
 *
 * @typedef {object} Acts
 * @property {(prompt: string) => void} type
 * @property {(part: Partial<Asking>, edited: Part) => void} choose
 * @property {() => void} start
 * @property {() => void} [update]
 * @property {() => void} [stop]
 * @property {() => void} [undo]
 */

/**
 * All settings of a start: the questions, back ends and sampling.
 *
 * @param {Fields} fields
 * @param {Acts} acts
 */
export function askingFields(fields, acts) {
  const { prompt, asking, backends, errors = {}, running = false, differs = false, edited = 'prompt', busy } = fields;
  const change = (/** @type {Part} */ part) => (/** @type {CustomEvent<Partial<Asking>>} */ e) =>
    acts.choose(e.detail, part);
  const apply = (/** @type {Part} */ part) => applyBar(differs && edited === part, busy !== '', acts);
  const submit = running ? acts.update : acts.start;
  return html`
    <fw-prompt-bar
      .prompt=${prompt}
      .asked=${fields.asked ?? ''}
      .running=${running}
      .differs=${differs}
      .applied=${differs && edited !== 'prompt' ? 'elsewhere' : 'here'}
      .busy=${busy}
      .ready=${fields.ready ?? true}
      .again=${fields.again ?? false}
      @prompt-input=${(/** @type {CustomEvent<string>} */ e) => acts.type(e.detail)}
      @start=${acts.start}
      @update=${acts.update}
      @undo=${acts.undo}
      @stop=${acts.stop}
    ></fw-prompt-bar>
    ${motionHint(prompt, asking, (sampling) => acts.choose(sampling, 'settings'))}
    <fw-questions
      .asking=${asking}
      .backends=${backends}
      .errors=${errors}
      @change=${change('questions')}
      @submit=${() => (!running || differs) && submit?.()}
    ></fw-questions>
    ${apply('questions')}
    <fw-how-asked
      .asking=${asking}
      .backends=${backends}
      .defaultBackend=${fields.defaultBackend}
      .errors=${errors}
      .running=${running}
      .live=${fields.live}
      @change=${change('settings')}
    ></fw-how-asked>
    ${apply('settings')}
  `;
}
