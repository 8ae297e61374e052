/** Sessions that are selected in the list. Immutable. */
export class Selection {
  /**
   * @param {Iterable<string>} [ids]
   * @param {string} [anchor] where a range begins: the session that was toggled last
   */
  constructor(ids = [], anchor = '') {
    this.ids = new Set(ids);
    this.anchor = anchor;
  }

  get size() {
    return this.ids.size;
  }

  /** @param {string} id */
  has(id) {
    return this.ids.has(id);
  }

  /** @param {string} id @returns {Selection} with it added or removed */
  toggled(id) {
    const ids = new Set(this.ids);
    if (!ids.delete(id)) {
      ids.add(id);
    }
    return new Selection(ids, id);
  }

  /**
   * @param {string} id
   * @param {string[]} shown ids in the order of the list
   * @returns {Selection} with all between the anchor and it
   */
  upTo(id, shown) {
    const from = shown.indexOf(this.anchor);
    const to = shown.indexOf(id);
    if (from < 0 || to < 0) {
      return new Selection([...this.ids, id], id);
    }
    return new Selection([...this.ids, ...shown.slice(Math.min(from, to), Math.max(from, to) + 1)], this.anchor);
  }

  /** @param {string[]} shown @returns {Selection} without those that are no longer listed; this where there are none */
  within(shown) {
    const ids = [...this.ids].filter((id) => shown.includes(id));
    return ids.length === this.ids.size ? this : new Selection(ids, this.anchor);
  }
}
