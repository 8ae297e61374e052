import { Problem } from './problem.js';

/**
 * Loads what a page shows when the page is connected, on request, and again some seconds after each load. Sets the page's
 * `problem`: undefined after a load.
 */
export class Polling {
  #page;
  #load;
  #everyMs;
  /** @type {number | undefined} */
  #timer;
  /** Number of the newest load; the results of earlier ones are ignored. */
  #loads = 0;

  /**
   * @param {import('../lib/lit/index.js').LitElement & {problem: Problem | undefined}} page
   * @param {() => Promise<(() => void) | undefined>} load requests everything, and returns what shows it
   * @param {number} everyMs milliseconds from the end of a load to the next
   */
  constructor(page, load, everyMs) {
    this.#page = page;
    this.#load = load;
    this.#everyMs = everyMs;
    page.addController(this);
  }

  hostConnected() {
    this.#page.updateComplete.then(() => this.now());
  }

  hostDisconnected() {
    clearTimeout(this.#timer);
  }

  /** Loads at once. */
  async now() {
    clearTimeout(this.#timer);
    const number = ++this.#loads;
    /** @type {Problem | undefined} */
    let problem;
    /** @type {(() => void) | undefined} */
    let show;
    try {
      show = await this.#load();
    } catch (e) {
      problem = Problem.of(e);
    }
    if (number !== this.#loads) {
      return;
    }
    show?.();
    this.#page.problem = problem;
    if (this.#page.isConnected) {
      this.#timer = setTimeout(() => this.now(), this.#everyMs);
    }
  }
}
