const AT_END_WITHIN = 48;
/** What is scrolled to stands clear of the edges. */
const ABOVE = 8;
const BELOW = 24;

/**
 * What is being followed: the newest answer while there will be more, else the one that belongs to the picture.
 *
 * @typedef {{newest: boolean, atTop: boolean}} Followed `atTop` where the newest answer comes first
 */

/**
 * Keeps what is followed in sight, until a person scrolls away; at the end of the list it is followed again.
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
  /** How many rows came that nobody saw. */
  unseen = 0;
  /** The scroll event that comes next is ours. */
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

  /** @param {number} rows that came */
  came(rows) {
    if (!this.#on) {
      this.unseen += Math.max(0, rows);
    }
  }

  /** @param {Followed} what is shown, if it is followed */
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
        this.#scrollTo(top - scroller.clientHeight / 2 + row.offsetHeight / 2);
      }
    }
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
    // Two of ours before the event of the first is there make one event.
    this.#scrolling ||= scroller.scrollTop !== before;
  }
}
