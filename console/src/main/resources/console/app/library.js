import { Problem } from '../service/problem.js';
import { reported } from '../service/reported.js';

const ASK_EVERY_MS = 5000;
const PAGE = 50;
/** Maximum number of sessions that the service lists at a time. */
const MAX_COUNT = 200;

/** The service's back ends and sessions. Reloads every few seconds while the page is visible. Dispatches `change`. */
export class Library extends EventTarget {
  /** @param {import('../service/api.js').Api} api */
  constructor(api) {
    super();
    this.api = api;
    /** @type {BackendState[]} */
    this.backends = [];
    /** The default back end. */
    this.defaultBackend = '';
    /** @type {Session[]} newest first */
    this.sessions = [];
    /** Whether the user came by a share link, which opens its session only. */
    this.linked = false;
    /** Number of all sessions. */
    this.total = 0;
    /** @type {boolean | undefined} undefined before the first request */
    this.reachable = undefined;
    /** @type {Problem | undefined} */
    this.problem = undefined;
    /** @type {number | undefined} maximum bytes of a file; an older service doesn't report it */
    this.uploadLimit = undefined;
    api.storeFailed = () => this.refresh();
  }

  /** @type {number | undefined} */
  #timer;
  #closed = false;
  #limit = PAGE;

  open() {
    if (this.#closed) {
      return;
    }
    document.addEventListener('visibilitychange', this.#looked);
    this.refresh();
  }

  close() {
    this.#report(undefined);
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
      const { sessions, total } = await this.api.sessions(this.#limit);
      const available = this.linked ? { backends: [] } : await this.api.backends();
      const { storage, upload_limit_bytes: limit } = this.linked ? {} : await this.api.health();
      this.uploadLimit = limit;
      this.#report(storage?.ok === false ? Problem.storage(storage) : undefined);
      this.backends = available.backends;
      this.defaultBackend = available.default ?? '';
      this.sessions = sessions;
      this.total = total;
      this.reachable = true;
      this.problem = undefined;
    } catch (e) {
      const problem = Problem.of(e);
      this.reachable = !problem.unreachable;
      this.problem = problem;
      this.#report(problem);
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

  /** @param {Problem | undefined} problem */
  #report(problem) {
    if (!this.#closed) {
      reported.report(problem);
    }
  }

  /** Whether the service has older sessions that can be listed. */
  get hasMore() {
    return this.total > this.sessions.length && this.#limit < MAX_COUNT;
  }

  async more() {
    this.#limit = Math.min(MAX_COUNT, this.#limit + PAGE);
    await this.refresh();
  }
}
