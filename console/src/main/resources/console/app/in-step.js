/** @typedef {import('../session/open-session.js').OpenSession} OpenSession */

/**
 * Keeps the picture of a file in step with its answers: plays on from the newest one when a running session is opened,
 * pauses while the service can't be reached, and continues with the first answer after that.
 */
export class InStep {
  /** @type {number | undefined} continues with an answer after this number */
  #after;
  /** Whether it has paused the picture. */
  #cut = false;

  /** @param {OpenSession | undefined} open */
  opened(open) {
    this.#after = open && keepsPace(open) ? 0 : undefined;
    this.#cut = false;
  }

  /** The user has chosen another moment. */
  cancel() {
    this.#after = undefined;
  }

  /**
   * @param {OpenSession} open
   * @param {import('../player/player.js').Player | import('../player/live-view.js').LiveView | null} player
   */
  follow(open, player) {
    if (open.live || !player || !('playing' in player)) {
      return;
    }
    const last = open.log.results.at(-1);
    if (open.connection === 'reconnecting') {
      if (!this.#cut && keepsPace(open) && player.playing) {
        this.#cut = true;
        this.#after = last?.seq ?? 0;
        player.pause();
      }
      return;
    }
    this.#cut = false;
    if (!open.running) {
      this.#after = undefined;
    } else if (this.#after !== undefined && last && last.seq > this.#after && !open.loading) {
      this.#after = undefined;
      player.playFrom(shownWith(last));
    }
  }
}

/**
 * @param {ResultEvent} result
 * @returns {number} the second of the video that the service was at when the result arrived
 */
function shownWith({ clip, total_latency_ms: age }) {
  return Math.max(clip.end_seconds, clip.start_seconds + age / 1000);
}

/** @param {OpenSession} open */
function keepsPace({ running, live, session }) {
  return running && !live && session.settings?.pace === 'realtime';
}
