import { html, nothing } from '../lib/lit/index.js';

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
  return html`<div class="filter" role="group" aria-label="Whose answers">
    ${['', ...names].map(
      (name) => html`<button aria-pressed=${String(only === name)} @click=${() => choose(name)}>
        ${name || 'All questions'}
      </button>`,
    )}
  </div>`;
}
