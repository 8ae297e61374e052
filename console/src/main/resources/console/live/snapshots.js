const EVERY_MS = 1000;
/** Browsers open up to six connections to a service, and the rest of the page needs some. */
const AT_ONCE = 2;
const WIDTH = 480;

/**
 * @typedef {object} Place
 * @property {(jpeg: Blob | undefined) => Promise<void> | void} show undefined: there is no picture
 * @property {number} asked when it was last requested
 * @property {boolean} asking
 */

/**
 * The newest pictures of many sessions: each about once a second, a few at a time, the least recently requested first.
 * Loads nothing while the page is hidden.
 */
export class Snapshots {
  /** @param {import('../service/api.js').Api} api */
  constructor(api) {
    this.#api = api;
    document.addEventListener('visibilitychange', this.#next);
  }

  #api;
  /** @type {Map<string, Place>} */
  #places = new Map();
  /** Number of requests in flight, including those of removed tiles. */
  #asking = 0;
  #closed = false;
  /** @type {number | undefined} */
  #timer;

  /**
   * @param {string} id of a session
   * @param {Place['show']} show
   */
  watch(id, show) {
    if (!this.#places.has(id)) {
      this.#places.set(id, { show, asked: 0, asking: false });
      this.#next();
    }
  }

  /** @param {string} id */
  leave(id) {
    this.#places.delete(id);
  }

  close() {
    this.#closed = true;
    this.#places.clear();
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#next);
  }

  #next = () => {
    clearTimeout(this.#timer);
    if (this.#closed || document.hidden) {
      return;
    }
    const places = [...this.#places].sort(([, a], [, b]) => a.asked - b.asked);
    const free = AT_ONCE - this.#asking;
    const now = performance.now();
    const idle = places.filter(([, place]) => !place.asking);
    idle
      .filter(([, place]) => place.asked === 0 || place.asked + EVERY_MS <= now)
      .slice(0, Math.max(0, free))
      .forEach(([id, place]) => this.#ask(id, place));
    if (idle.length > 0 && free > 0) {
      const due = Math.max(20, idle[0][1].asked + EVERY_MS - now);
      this.#timer = setTimeout(this.#next, due);
    }
  };

  /**
   * @param {string} id
   * @param {Place} place
   */
  async #ask(id, place) {
    place.asking = true;
    this.#asking++;
    place.asked = performance.now();
    /** @type {Blob | undefined} */
    let jpeg;
    try {
      const response = await fetch(this.#api.snapshotUrl(id, WIDTH), {
        signal: AbortSignal.timeout(10_000),
      });
      jpeg = response.ok ? await response.blob() : undefined;
    } catch {
      // The service can't be reached; the connection state shows that.
    }
    place.asking = false;
    this.#asking--;
    if (this.#places.get(id) === place) {
      await place.show(jpeg);
    }
    this.#next();
  }
}
