/** @typedef {{seq: number, kind: string, key: string | number}} KeyedRow */

/**
 * Gives each rendered row of a list an element, named by a number. A row keeps its element while it is rendered; then a
 * new row of the same kind takes over the element. Otherwise, far leaps of the scrollbar leave more discarded elements
 * than the browser collects in time.
 */
export class RowElements {
  /** @type {Map<string | number, {element: number, seq: number, kind: string}>} by the rows' keys */
  #taken = new Map();
  #last = 0;

  /**
   * @param {KeyedRow[]} rows that are rendered now
   * @param {number | undefined} focused number of the row that has the focus: no other row takes over its element
   * @returns {(key: string | number) => number} the element for the row with a key
   */
  of(rows, focused) {
    const kept = new Set(rows.map(({ key }) => key));
    /** @type {Map<string, number[]>} */
    const free = new Map();
    for (const [key, { element, seq, kind }] of this.#taken) {
      if (!kept.has(key) && seq !== focused) {
        const some = free.get(kind);
        if (some) {
          some.push(element);
        } else {
          free.set(kind, [element]);
        }
      }
    }
    const before = this.#taken;
    this.#taken = new Map(
      rows.map(({ key, kind, seq }) => {
        const element = before.get(key)?.element ?? free.get(kind)?.pop() ?? ++this.#last;
        return [key, { element, seq, kind }];
      }),
    );
    return (key) => /** @type {{element: number}} */ (this.#taken.get(key)).element;
  }
}
