/** Number of decimals that tell the times of a list's answers apart, computed again only when the rows have changed. */
export class Decimals {
  /** @type {import('../session/rows.js').Row[]} */
  #rows = [];
  #decimals = 0;

  /**
   * @param {import('../session/rows.js').Row[]} rows of all runs, which may be asked at different rates
   * @returns {number} 0 to 2
   */
  of(rows) {
    if (rows !== this.#rows) {
      this.#rows = rows;
      this.#decimals = decimalsOf(rows);
    }
    return this.#decimals;
  }
}

/** @param {import('../session/rows.js').Row[]} rows */
function decimalsOf(rows) {
  let least = 1;
  let before = Infinity;
  for (const row of rows) {
    if (row.kind === 'result') {
      const at = row.event.clip.start_seconds;
      // Answers to several questions share a time; a later run begins at an earlier one.
      if (at - before > 0.001) {
        least = Math.min(least, at - before);
      }
      before = at;
    }
  }
  return least >= 0.999 ? 0 : least >= 0.0999 ? 1 : 2;
}
