import { nothing } from '../lib/lit/index.js';
import { AsyncDirective, directive } from '../lib/lit-html/async-directive.js';
import { reported } from '../service/reported.js';

/** @typedef {import('../service/problem.js').Problem} Problem */

class UnlessReported extends AsyncDirective {
  /** @type {Problem | undefined} */
  #problem;
  /** @type {unknown} */
  #content;
  /** @type {unknown} */
  #instead;
  #listening = false;

  #changed = () => this.setValue(this.#shown);

  get #shown() {
    return reported.covers(this.#problem) ? this.#instead : this.#content;
  }

  /**
   * @param {Problem | undefined} problem
   * @param {unknown} content
   * @param {unknown} [instead]
   */
  render(problem, content, instead = nothing) {
    this.#problem = problem;
    this.#content = content;
    this.#instead = instead;
    if (this.isConnected) {
      this.reconnected();
    }
    return this.#shown;
  }

  disconnected() {
    this.#listening = false;
    reported.removeEventListener('change', this.#changed);
  }

  reconnected() {
    if (!this.#listening) {
      this.#listening = true;
      reported.addEventListener('change', this.#changed);
    }
  }
}

/**
 * The content that shows the problem of an action. Where the page reports the same trouble of the whole service, it is
 * replaced by nothing, or by what the third argument has.
 */
export const unlessReported = directive(UnlessReported);
