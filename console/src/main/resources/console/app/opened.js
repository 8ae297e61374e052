import { Problem } from '../service/problem.js';
import { OpenSession } from '../session/open-session.js';

/** The session on the screen, if any, or why it can't be shown. Dispatches `change`. */
export class Opened extends EventTarget {
  /** @type {OpenSession | undefined} */
  session = undefined;
  /** @type {Problem | undefined} */
  problem = undefined;
  /** The place of the page when the session was opened. */
  #failedAt = '';
  /** Id of the session requested last; responses for others are ignored. */
  #wanted = '';

  /**
   * @param {import('../service/api.js').Api} api
   * @param {string | undefined} id of the session; none to close the open one
   */
  async show(api, id) {
    this.#wanted = id ?? '';
    if (this.problem && location.hash !== this.#failedAt) {
      this.problem = undefined; // it belongs to the previous page
      this.#changed();
    }
    if (id === this.session?.id) {
      return;
    }
    this.leave();
    this.problem = undefined;
    if (!id) {
      return;
    }
    try {
      const session = new OpenSession(api, await api.session(id));
      if (this.#wanted !== id) {
        return;
      }
      this.session = session;
      session.addEventListener('change', this.#changed);
      session.addEventListener('gone', (e) => this.fail(/** @type {CustomEvent<Problem>} */ (e).detail));
      await session.load();
    } catch (e) {
      if (this.#wanted === id) {
        this.fail(Problem.of(e));
      }
    }
  }

  leave() {
    this.session?.removeEventListener('change', this.#changed);
    this.session?.close();
    this.session = undefined;
    this.#changed();
  }

  /** @param {Problem | undefined} problem replaces the one before */
  fail(problem) {
    this.problem = problem;
    this.#failedAt = location.hash;
    this.#changed();
  }

  #changed = () => {
    this.dispatchEvent(new Event('change'));
  };
}
