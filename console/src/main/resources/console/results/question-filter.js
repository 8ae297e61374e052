import { html, nothing } from '../lib/lit/index.js';
import { t } from '../messages/messages.js';

/**
 * Filters the answers by question.
 *
 * @param {string[]} names
 * @param {string} only empty for all
 * @param {(only: string) => void} choose
 */
export function questionFilter(names, only, choose) {
  if (names.length < 2) {
    return nothing;
  }
  return html`<div class="filter" role="group" aria-label="${t('results.filterByQuestion')}">
    ${['', ...names].map(
      (name) => html`<button aria-pressed=${String(only === name)} title=${name || nothing} @click=${() => choose(name)}>
        <span dir="auto">${name || t('results.allQuestions')}</span>
      </button>`,
    )}
  </div>`;
}
