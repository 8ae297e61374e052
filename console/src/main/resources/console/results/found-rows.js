import { byClip, newestFirst, onlyOf } from './clips.js';
import { filtered, foldRepeats } from './folds.js';

/** @typedef {import('./folds.js').FindingRow & {inside?: boolean}} FoundRow `inside` an expanded fold */

/**
 * Which rows to find.
 *
 * @typedef {object} Wanted
 * @property {import('../session/rows.js').Row[]} rows
 * @property {PartialEvent[]} growing answers that are being written
 * @property {string[]} order names of the questions, in their order
 * @property {string} only the only question whose answers are shown; empty for all
 * @property {boolean} folds whether repeats are folded
 * @property {import('./find-bar.js').Which} which
 * @property {string} words
 * @property {boolean} newestFirst
 * @property {Set<string>} opened keys of the expanded folds, among others
 */

/** The rows that the list shows, computed again only when something has changed. */
export class FoundRows {
  /** @type {unknown[]} */
  #of = [];
  /** @type {FoundRow[]} */
  #rows = [];

  /**
   * @param {Wanted} wanted
   * @returns {FoundRow[]}
   */
  of(wanted) {
    const { rows, growing, order, only, folds, which, words, newestFirst: newest, opened } = wanted;
    const of = [rows, growing, order.join('\n'), only, folds, which, words, newest, opened];
    if (of.some((now, i) => now !== this.#of[i])) {
      this.#of = of;
      this.#rows = found(wanted);
    }
    return this.#rows;
  }
}

/**
 * @param {Wanted} wanted
 * @returns {FoundRow[]}
 */
function found({ rows, growing, order, only, folds, which, words, newestFirst: newest, opened }) {
  const written = growing.map((event) => ({
    kind: /** @type {const} */ ('growing'),
    seq: Number.MAX_SAFE_INTEGER,
    event,
  }));
  const all = [...rows, ...written];
  const clips = only ? onlyOf(all, only) : byClip(all, order);
  // Without repeats, changes can't be distinguished.
  const folded = folds || which === 'changes' ? foldRepeats(clips) : clips;
  const shown = filtered(folded, which, words);
  return expanded(newest ? newestFirst(shown) : shown, opened, newest);
}

/**
 * @param {import('./folds.js').FindingRow[]} rows
 * @param {Set<string>} opened
 * @param {boolean} newest whether the newest row is the first
 * @returns {FoundRow[]} with the rows of expanded folds
 */
function expanded(rows, opened, newest) {
  return rows.flatMap((row) => {
    if (row.kind !== 'fold' || !opened.has(row.key)) {
      return [row];
    }
    const inside = row.rows.map((one) => ({ ...one, inside: true }));
    return [row, ...(newest ? inside.reverse() : inside)];
  });
}
