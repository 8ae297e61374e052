const AT_END_WITHIN = 48;
/** Margin between the followed row and the edges. */
const ABOVE = 8;
const BELOW = 24;

/**
 * The row to follow: the newest answer while more will arrive, otherwise the one that belongs to the picture.
 *
 * @typedef {{newest: boolean, atTop: boolean}} Followed `atTop` where the newest answer comes first
 */

/**
 * Keeps the followed row visible until the user scrolls away; continues when the user scrolls to the end of the list.
 * Dispatches `change`.
 */
export class Following extends EventTarget {
  /** @param {() => HTMLElement} scroller */
  constructor(scroller) {
    super();
    this.#scroller = scroller;
  }

  #scroller;
  #on = true;
  /** Number of new rows that were not visible. */
  unseen = 0;
  /** Whether the next scroll event is caused by this class. */
  #scrolling = false;

  get on() {
    return this.#on;
  }

  set on(on) {
    const changed = on !== this.#on;
    this.#on = on;
    if (on) {
      this.unseen = 0;
    }
    if (changed) {
      this.dispatchEvent(new Event('change'));
    }
  }

  /** @param {number} rows number of new rows */
  came(rows) {
    if (!this.#on) {
      this.unseen += Math.max(0, rows);
    }
  }

  /** @param {Followed} what to follow: the newest answer or the current one */
  show({ newest, atTop }) {
    if (!this.#on) {
      return;
    }
    const scroller = this.#scroller();
    if (newest) {
      this.#scrollTo(atTop ? 0 : scroller.scrollHeight);
      return;
    }
    const row = scroller.querySelector('.current');
    if (row instanceof HTMLElement) {
      const top = row.offsetTop - scroller.offsetTop;
      const visible =
        top >= scroller.scrollTop + ABOVE &&
        top + row.offsetHeight <= scroller.scrollTop + scroller.clientHeight - BELOW;
      if (!visible) {
        // In the middle; one that is taller than the list from its beginning.
        this.#scrollTo(Math.min(top - ABOVE, top - scroller.clientHeight / 2 + row.offsetHeight / 2));
      }
    }
  }

  /**
   * Scrolls for the sake of the followed row.
   *
   * @param {number} top in pixels
   */
  to(top) {
    this.#scrollTo(top);
  }

  /** @param {Followed} what the list was scrolled away from, or back to */
  scrolled({ newest, atTop }) {
    if (this.#scrolling) {
      this.#scrolling = false;
      return;
    }
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller();
    const away = atTop ? scrollTop : scrollHeight - clientHeight - scrollTop;
    this.on = newest && away < AT_END_WITHIN;
  }

  /** @param {number} top */
  #scrollTo(top) {
    const scroller = this.#scroller();
    const before = scroller.scrollTop;
    scroller.scrollTop = top;
    // Two scrolls in quick succession cause only one event.
    this.#scrolling ||= scroller.scrollTop !== before;
  }
}
