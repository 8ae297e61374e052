import { html } from '../lib/lit/index.js';
import { isTree, valueWords } from '../look/json-words.js';

const DEEPEST = 3;

/**
 * Names and values as a list; nested values are indented.
 *
 * @param {unknown} json
 * @param {number} [depth]
 * @returns {unknown}
 */
export function jsonAnswer(json, depth = 0) {
  if (!isTree(json)) {
    return valueWords(json);
  }
  if (depth >= DEEPEST) {
    return html`<code>${JSON.stringify(json, undefined, 2)}</code>`;
  }
  if (Array.isArray(json)) {
    return html`<span class="json list"
      >${json.map((item) => html`<span class="item">${jsonAnswer(item, depth + 1)}</span>`)}</span
    >`;
  }
  return html`<span class="json"
    >${Object.entries(/** @type {object} */ (json)).map(
      ([name, value]) => html`<span class="pair"
        ><span class="key">${name}<span class="only-read">: </span></span
        ><span class="value ${typeof value === 'number' ? 'numeric' : ''}">${jsonAnswer(value, depth + 1)}</span></span
      >`,
    )}</span
  >`;
}
