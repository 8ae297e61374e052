import { html, nothing } from '../lib/lit/index.js';
import { isTree, jsonOf } from '../look/json-words.js';

/** Maximum number of columns; more fields are stacked. */
const MAX_COUNT = 5;
const LOOKED_AT = 30;
/** Minimum width for each field, in pixels. */
const COLUMN_PX = 84;
const BESIDE_PX = 160;

/** @typedef {{name: string, narrow: boolean}} Field `narrow` for numbers and booleans */

/**
 * The common fields of all structured answers, as columns.
 *
 * @param {import('../session/rows.js').Row[]} rows
 * @param {number} width of the list, in pixels
 * @returns {Field[]} empty where the answers have no common fields, or space is too narrow
 */
export function fieldsOf(rows, width) {
  /** @type {string[] | undefined} */
  let fields;
  /** @type {Set<string>} */
  const wide = new Set();
  for (const { event } of newestAnswers(rows)) {
    const json = /** @type {Record<string, unknown> | undefined} */ (
      event.name === undefined ? jsonOf(event.result) : undefined
    );
    if (json === undefined || Array.isArray(json) || Object.values(json).some(isTree)) {
      return [];
    }
    const own = Object.keys(json);
    if (fields && fields.join('\n') !== own.join('\n')) {
      return [];
    }
    fields = own;
    own.filter((field) => typeof json[field] === 'string').forEach((field) => wide.add(field));
  }
  const count = fields?.length ?? 0;
  return fields && count > 1 && count <= MAX_COUNT && width >= BESIDE_PX + count * COLUMN_PX
    ? fields.map((name) => ({ name, narrow: wide.size > 0 && !wide.has(name) }))
    : [];
}

/** @param {import('../session/rows.js').Row[]} rows */
function newestAnswers(rows) {
  /** @type {import('../session/rows.js').ResultRow[]} */
  const answers = [];
  for (let i = rows.length - 1; i >= 0 && answers.length < LOOKED_AT; i--) {
    const row = rows[i];
    if (row.kind === 'result' && row.event.ok) {
      answers.unshift(row);
    }
  }
  return answers;
}

/**
 * @param {Field[]} fields
 * @returns {string} their widths, as CSS
 */
export function columnsOf(fields) {
  return fields.map(({ narrow }) => (narrow ? '60px' : 'minmax(0, 1fr)')).join(' ');
}

/** @param {Field[]} fields */
export function fieldsHead(fields) {
  return fields.length > 0
    ? html`<div class="fields" aria-hidden="true">
        <span></span>
        <span class="names">${fields.map(({ name }) => html`<span title=${name}>${name}</span>`)}</span>
      </div>`
    : nothing;
}
