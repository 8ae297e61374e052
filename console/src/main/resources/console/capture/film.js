import { isRunning } from '../look/words.js';
import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';
import { Broadcast, forget, remembered } from './broadcast.js';
import { Capture } from './capture.js';

/** @typedef {import('./capture.js').CaptureKind} CaptureKind */

/** The camera or screen that this page prepares or sends. Dispatches `change`. */
export class Film extends EventTarget {
  constructor() {
    super();
    /** @type {Capture | undefined} that is being prepared */
    this.capture = undefined;
    /** @type {Broadcast | undefined} that is being sent */
    this.broadcast = undefined;
    /** @type {{problem: Problem, again: () => void} | undefined} a problem that needs a user's action to continue */
    this.interrupted = undefined;
  }

  #changed = () => this.dispatchEvent(new Event('change'));

  /**
   * Shows the picture of a camera, of a screen, or neither.
   *
   * @param {string | undefined} kind
   * @param {boolean} [asked] directly after a user's action, so that a screen may be chosen
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

  /** @param {Broadcast} broadcast takes over the prepared picture */
  begin(broadcast) {
    this.capture = undefined;
    this.#begin(broadcast);
  }

  /**
   * @param {string} session
   * @returns {Broadcast | undefined} this page's broadcast to it
   */
  broadcastOf(session) {
    return this.broadcast?.session === session ? this.broadcast : undefined;
  }

  /**
   * Continues what this tab was sending before it was reloaded.
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
          title: t('capture.theScreenIsNoLongerShared'),
          detail: t('capture.thePageWasReloaded'),
        }),
        again,
      );
    } else {
      await again();
    }
    return before.session;
  }

  /** @param {Session} session as the service reports it: one that is over is not sent to */
  look(session) {
    const { broadcast } = this;
    if (broadcast && session.session_id === broadcast.session && !isRunning(session)) {
      broadcast.close();
    }
  }

  /** Forgets the broadcast, so that it is not continued. */
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
      // Otherwise the session is over, and its state shows that.
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
