import { html, nothing } from '../lib/lit/index.js';
import { t } from '../messages/messages.js';

/** @typedef {'all' | 'changes' | 'errors'} Which */

/** @type {[Which, string][]} */
const CHOICES = [
  ['all', t('common.all')],
  ['changes', t('results.changes')],
  ['errors', t('common.errors')],
];

/**
 * Filter for the answers.
 *
 * @param {object} state
 * @param {Which} state.which
 * @param {string} state.words
 * @param {number} state.errors number of failed answers
 * @param {(which: Which) => void} choose
 * @param {(words: string) => void} find
 */
export function findBar({ which, words, errors }, choose, find) {
  return html`<div class="find">
    <div class="choices" role="group" aria-label="${t('results.filterByKind')}">
      ${CHOICES.map(
        ([choice, label]) => html`<button aria-pressed=${String(which === choice)} @click=${() => choose(choice)}>
          ${label}${choice === 'errors' && errors > 0 ? html` <span class="numeric">${errors}</span>` : nothing}
        </button>`,
      )}
    </div>
    <input
      type="search"
      aria-label="${t('results.filterAnswers')}"
      placeholder="${t('results.filterAnswers')}"
      .value=${words}
      @input=${(/** @type {Event} */ e) => find(/** @type {HTMLInputElement} */ (e.target).value)}
    />
  </div>`;
}
