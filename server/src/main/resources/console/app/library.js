import { Problem } from '../service/problem.js';

const ASK_EVERY_MS = 5000;
const PAGE = 50;
/** The service lists no more in one answer. */
const MOST = 200;

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
    /** Who answers when nobody is named. */
    this.defaultBackend = '';
    /** @type {Session[]} the newest first */
    this.sessions = [];
    /** How many there are in all. */
    this.total = 0;
    /** @type {boolean | undefined} undefined until it has been asked */
    this.reachable = undefined;
    /** @type {Problem | undefined} */
    this.problem = undefined;
    /** @type {number | undefined} bytes that a file may have; an older service doesn't tell */
    this.uploadLimit = undefined;
    /** @type {Problem | undefined} why the service can store nothing new */
    this.storage = undefined;
  }

  /** @type {number | undefined} */
  #timer;
  #closed = false;
  #limit = PAGE;

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
      const told = await this.api.backends();
      const { sessions, total } = await this.api.sessions(this.#limit);
      const { storage, upload_limit_bytes: limit } = await this.api.health();
      this.uploadLimit = limit;
      this.storage = storage?.ok === false ? Problem.storage(storage) : undefined;
      this.backends = told.backends;
      this.defaultBackend = told.default ?? '';
      this.sessions = sessions;
      this.total = total;
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

  /** There are older sessions, and the service would list them. */
  get hasMore() {
    return this.total > this.sessions.length && this.#limit < MOST;
  }

  async more() {
    this.#limit = Math.min(MOST, this.#limit + PAGE);
    await this.refresh();
  }
}
