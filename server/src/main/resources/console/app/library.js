import { Problem } from '../service/problem.js';

const ASK_EVERY_MS = 5000;

/**
 * What the service has: its back ends and its sessions. Asked again every few seconds while the page
 * is looked at. Dispatches `change`.
 */
export class Library extends EventTarget {
  /** @param {import('../service/api.js').Api} api */
  constructor(api) {
    super();
    this.api = api;
    /** @type {BackendState[]} */
    this.backends = [];
    /** @type {Session[]} */
    this.sessions = [];
    /** @type {string | undefined} */
    this.next = undefined;
    /** @type {boolean | undefined} undefined until it has been asked */
    this.reachable = undefined;
    /** @type {Problem | undefined} */
    this.problem = undefined;
  }

  /** @type {number | undefined} */
  #timer;
  #closed = false;
  /** Pages that a person asked for stay. */
  #pages = 1;

  open() {
    document.addEventListener('visibilitychange', this.#looked);
    this.refresh();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#looked);
  }

  #looked = () => {
    if (!document.hidden) {
      this.refresh();
    }
  };

  async refresh() {
    clearTimeout(this.#timer);
    try {
      const backends = await this.api.backends();
      const { sessions, next } = await this.#fetchPages();
      this.backends = backends;
      this.sessions = sessions;
      this.next = next;
      this.reachable = true;
      this.problem = undefined;
    } catch (e) {
      const problem = Problem.of(e);
      this.reachable = !problem.unreachable;
      this.problem = problem;
    }
    if (!this.#closed) {
      this.dispatchEvent(new Event('change'));
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        if (!document.hidden) {
          this.refresh();
        }
      }, ASK_EVERY_MS);
    }
  }

  async more() {
    this.#pages++;
    await this.refresh();
  }

  async #fetchPages() {
    /** @type {Session[]} */
    let sessions = [];
    /** @type {string | undefined} */
    let next;
    for (let page = 0; page < this.#pages && (page === 0 || next); page++) {
      const answer = await this.api.sessions(next);
      sessions = [...sessions, ...answer.sessions];
      next = answer.next ?? undefined;
    }
    return { sessions, next };
  }
}
