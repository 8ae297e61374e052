import { Problem } from './problem.js';

/**
 * The trouble of the whole service that the page reports above everything else: it can't be reached, or can store nothing
 * new. Actions that fail because of it need not repeat it. Dispatches `change`.
 */
class Reported extends EventTarget {
  /** @type {Problem | undefined} */
  problem = undefined;
  /** Number of actions that failed because of it; for each one the page reports it again. */
  failures = 0;
  /** @type {WeakSet<Problem>} problems that the report covered, which do not appear when it ends */
  #covered = new WeakSet();

  /** @param {Problem | undefined} problem as it is now; undefined where all is well */
  report(problem) {
    const before = this.problem;
    this.problem = problem;
    if (problem?.title !== before?.title || problem?.detail !== before?.detail) {
      this.dispatchEvent(new Event('change'));
    }
  }

  /**
   * @param {Problem | undefined} problem of an action, or of a session
   * @returns {boolean} whether the page reports the same trouble, or did so after the action
   */
  covers(problem) {
    const { problem: now } = this;
    if (!problem || this.#covered.has(problem) || !now) {
      return problem !== undefined && this.#covered.has(problem);
    }
    const ofAction = problem.unreachable || problem.isOfStore;
    const same = ofAction
      ? problem.unreachable === now.unreachable && problem.code === now.code
      : problem.detail === now.detail;
    if (same && ofAction) {
      this.#covered.add(problem);
      this.failures++;
      queueMicrotask(() => this.dispatchEvent(new Event('change')));
    }
    return same;
  }
}

export const reported = new Reported();
