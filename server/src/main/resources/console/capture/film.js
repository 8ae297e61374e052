import { isRunning } from '../look/words.js';
import { Problem } from '../service/problem.js';
import { Broadcast, forget, remembered } from './broadcast.js';
import { Capture } from './capture.js';

/** @typedef {import('./capture.js').CaptureKind} CaptureKind */

/**
 * What this page films or shares: a picture that is being prepared, and one that is being sent.
 * Dispatches `change`.
 */
export class Film extends EventTarget {
  constructor() {
    super();
    /** @type {Capture | undefined} that is being prepared */
    this.capture = undefined;
    /** @type {Broadcast | undefined} that is being sent */
    this.broadcast = undefined;
    /** @type {{problem: Problem, again: () => void} | undefined} what only a person can go on with */
    this.interrupted = undefined;
  }

  #changed = () => this.dispatchEvent(new Event('change'));

  /**
   * Shows the picture of a camera or a screen, or of neither.
   *
   * @param {string | undefined} kind
   * @param {boolean} [asked] by a person just now, so that a screen may be chosen
   */
  prepare(kind, asked = false) {
    if (kind === this.capture?.kind) {
      return;
    }
    this.capture?.close();
    this.capture = undefined;
    if (kind === 'webcam' || kind === 'screen') {
      const capture = new Capture(kind);
      this.capture = capture;
      if (kind === 'webcam' || asked) {
        capture.open();
      }
    }
    this.#changed();
  }

  /** @param {Broadcast} broadcast takes the picture that was prepared along */
  begin(broadcast) {
    this.capture = undefined;
    this.#begin(broadcast);
  }

  /**
   * @param {string} session
   * @returns {Broadcast | undefined} what this page sends to it
   */
  broadcastOf(session) {
    return this.broadcast?.session === session ? this.broadcast : undefined;
  }

  /**
   * Goes on with what this tab was sending before it was loaded anew.
   *
   * @param {string} address of the service
   * @returns {Promise<string | undefined>} the session, if there was one
   */
  async resume(address) {
    const before = remembered(address);
    if (!before) {
      return undefined;
    }
    const again = () => this.#resume(address, before);
    if (before.kind === 'screen') {
      this.#interrupt(
        new Problem({
          title: 'The screen is not shared any more',
          detail: 'The page was loaded anew, and browsers ask again each time. Go on soon: the session waits a while.',
        }),
        again,
      );
    } else {
      await again();
    }
    return before.session;
  }

  /** @param {Session} session as the service has it: one that is over is not sent to */
  look(session) {
    const { broadcast } = this;
    if (broadcast && session.session_id === broadcast.session && !isRunning(session)) {
      broadcast.close();
    }
  }

  /** Nothing is gone on with. */
  giveUp() {
    forget();
    this.interrupted = undefined;
    this.#changed();
  }

  close() {
    this.prepare(undefined);
    this.broadcast?.end();
    this.interrupted = undefined;
  }

  /**
   * @param {string} address
   * @param {import('./broadcast.js').Remembered} before
   */
  async #resume(address, before) {
    this.interrupted = undefined;
    this.#changed();
    const capture = new Capture(before.kind, before.device);
    await capture.open();
    if (!capture.stream) {
      if (capture.problem) {
        this.#interrupt(capture.problem, () => this.#resume(address, before));
      }
      return;
    }
    const broadcast = new Broadcast(address, capture);
    try {
      await broadcast.resume(before);
      this.#begin(broadcast);
    } catch (e) {
      const problem = Problem.of(e);
      broadcast.close();
      if (problem.unreachable) {
        this.#interrupt(problem, () => this.#resume(address, before));
      }
      // Otherwise the session is over, and says so itself.
    }
  }

  /** @param {Broadcast} broadcast */
  #begin(broadcast) {
    this.broadcast?.end();
    this.broadcast = broadcast;
    broadcast.addEventListener('change', this.#changed);
    broadcast.addEventListener('over', () => {
      if (this.broadcast === broadcast) {
        this.broadcast = undefined;
        this.#changed();
      }
    });
    this.#changed();
  }

  /**
   * @param {Problem} problem
   * @param {() => void} again
   */
  #interrupt(problem, again) {
    this.interrupted = { problem, again };
    this.#changed();
  }
}
