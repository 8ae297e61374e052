import { Problem } from '../service/problem.js';

/** Time in which a deletion can be undone, in milliseconds. */
export const UNDO_MS = 10_000;

/** @typedef {{sessions: Session[], api: import('../service/api.js').Api, timer: number}} Batch sessions deleted together */

/**
 * Sessions that the user deleted. The service deletes them once the time to undo is over, or when the page closes.
 * Dispatches `change`, and `failed` with a {@link Problem}.
 */
export class Removal extends EventTarget {
  /** @type {Batch[]} that can still be undone, oldest first */
  batches = [];
  /** Ids of sessions that the service has deleted, which a list loaded earlier may still contain. */
  #gone = new Set();

  /** @param {string} id @returns {boolean} whether the session must not be listed */
  has(id) {
    return this.#gone.has(id) || this.batches.some(({ sessions }) => sessions.some((s) => s.session_id === id));
  }

  /**
   * @param {import('../service/api.js').Api} api
   * @param {Session[]} sessions
   */
  remove(api, sessions) {
    /** @type {Batch} */
    const batch = { sessions, api, timer: setTimeout(() => this.finish(batch), UNDO_MS) };
    this.batches = [...this.batches, batch];
    this.#changed();
  }

  /**
   * @param {Batch | undefined} [batch] the newest by default
   * @returns {Session[]} that stay
   */
  undo(batch = this.batches.at(-1)) {
    return batch && this.#take(batch) ? batch.sessions : [];
  }

  /**
   * Deletes them now.
   *
   * @param {Batch} batch
   * @param {boolean} [closing] whether the page is being closed
   */
  async finish(batch, closing = false) {
    batch.sessions.forEach((s) => this.#gone.add(s.session_id));
    if (!this.#take(batch)) {
      return;
    }
    const outcomes = await Promise.allSettled(batch.sessions.map((s) => batch.api.remove(s.session_id, closing)));
    outcomes.forEach((outcome, i) => {
      const problem = outcome.status === 'rejected' ? Problem.of(outcome.reason) : undefined;
      if (problem && problem.status !== 404) {
        this.#gone.delete(batch.sessions[i].session_id);
        this.dispatchEvent(new CustomEvent('failed', { detail: problem }));
      }
    });
    this.#changed();
  }

  /** Deletes all now, because the page is being closed. */
  finishAll() {
    this.batches.forEach((batch) => this.finish(batch, true));
  }

  /**
   * @param {Batch} batch
   * @returns {boolean} whether it could still be undone
   */
  #take(batch) {
    clearTimeout(batch.timer);
    const there = this.batches.includes(batch);
    this.batches = this.batches.filter((b) => b !== batch);
    if (there) {
      this.#changed();
    }
    return there;
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
