/** Lists up to this number of rows are rendered whole. */
const FEW = 300;
/** Distance from the screen within which rows are rendered, in pixels. */
const AROUND_PX = 800;
/** Distance from the screen within which rows must be rendered, in pixels. */
const ENOUGH_PX = 400;
/** Height of a row that was never rendered, before any was measured, in pixels. */
const USUAL_PX = 38;

/**
 * The rows of a long list that are on the screen or near it; space of the same height takes the place of the others.
 * Heights are measured once a row is rendered, and estimated before.
 */
export class VisibleRows {
  /** @type {(string | number)[]} keys of all rows */
  #keys = [];
  /** @type {Map<string | number, number>} in pixels */
  #heights = new Map();
  #measured = { sum: 0, rows: 0 };
  #from = 0;
  #to = FEW;

  /** @param {(string | number)[]} keys of all rows, in their order */
  set keys(keys) {
    this.#keys = keys;
  }

  /** Whether the list is long enough to leave rows out. */
  get long() {
    return this.#keys.length > FEW;
  }

  /** Number of the first rendered row. */
  get from() {
    return this.long ? Math.min(this.#from, Math.max(0, this.#keys.length - 1)) : 0;
  }

  /** Number after the last rendered row. */
  get to() {
    return this.long ? Math.min(this.#to, this.#keys.length) : this.#keys.length;
  }

  /** Height of the rows before those, in pixels. */
  get above() {
    return this.offsetOf(this.from);
  }

  /** Height of the rows after those, in pixels. */
  get below() {
    let sum = 0;
    for (let i = this.to; i < this.#keys.length; i++) {
      sum += this.#heightOf(i);
    }
    return sum;
  }

  /**
   * @param {number} row
   * @returns {number} distance from the top of the list, in pixels
   */
  offsetOf(row) {
    let sum = 0;
    for (let i = 0; i < row; i++) {
      sum += this.#heightOf(i);
    }
    return sum;
  }

  /** @param {number} i */
  #heightOf(i) {
    const { sum, rows } = this.#measured;
    return this.#heights.get(this.#keys[i]) ?? (rows > 0 ? sum / rows : USUAL_PX);
  }

  /** @param {ArrayLike<HTMLElement>} rendered the rows from {@link from} to {@link to} */
  measure(rendered) {
    for (let i = 0; i < rendered.length && this.long; i++) {
      const key = this.#keys[this.from + i];
      const height = rendered[i].getBoundingClientRect().height;
      const before = this.#heights.get(key);
      this.#measured.sum += height - (before ?? 0);
      this.#measured.rows += before === undefined ? 1 : 0;
      this.#heights.set(key, height);
    }
  }

  /**
   * Other rows are rendered only once those beside the screen run out, because each change renders all of them.
   *
   * @param {number} top upper edge of the screen, from the top of the list, in pixels
   * @param {number} height of the screen
   * @returns {boolean} whether other rows have to be rendered
   */
  look(top, height) {
    if (!this.long) {
      return false;
    }
    const needed = this.#within(top - ENOUGH_PX, top + height + ENOUGH_PX);
    if (this.#from <= needed.from && this.#to >= needed.to) {
      return false;
    }
    const wanted = this.#within(top - AROUND_PX, top + height + AROUND_PX);
    return this.#set(wanted.from, wanted.to);
  }

  /**
   * @param {number} top in pixels from the top of the list
   * @param {number} bottom
   */
  #within(top, bottom) {
    let y = 0;
    let from = -1;
    let to = this.#keys.length;
    for (let i = 0; i < this.#keys.length; i++) {
      y += this.#heightOf(i);
      if (from < 0 && y > top) {
        from = i;
      }
      if (y > bottom) {
        to = i + 1;
        break;
      }
    }
    return { from: from < 0 ? Math.max(0, this.#keys.length - 50) : from, to };
  }

  /**
   * Renders the surroundings of a row.
   *
   * @param {number} row
   */
  around(row) {
    this.#set(Math.max(0, row - 25), row + 50);
  }

  /**
   * @param {number} from
   * @param {number} to
   */
  #set(from, to) {
    const moved = from !== this.#from || to !== this.#to;
    this.#from = from;
    this.#to = to;
    return moved;
  }
}
