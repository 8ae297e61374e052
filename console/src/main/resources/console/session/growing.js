/** Milliseconds after which a partial answer counts as lost: a complete one takes 30 seconds at most. */
const GIVEN_UP_MS = 35_000;
/** Number of finished ids to remember, so that a late part does not bring an answer back. */
const REMEMBERED = 64;

/** Partial answers, until their results replace them. Sent to listening clients only, and never stored. */
export class Growing {
  /** @type {PartialEvent[]} in the order of their clips */
  answers = [];
  /** @type {string[]} ids of the newest results */
  #done = [];
  /** @type {Map<string, number>} */
  #grewAt = new Map();

  /** @param {PartialEvent} partial all text so far */
  grow(partial) {
    if (this.#done.includes(partial.id)) {
      return;
    }
    this.#keep((a) => a.id !== partial.id);
    this.#grewAt.set(partial.id, Date.now());
    this.answers = [...this.answers, partial].sort(
      (a, b) => a.clip.start_seconds - b.clip.start_seconds,
    );
  }

  /** @param {SessionEvent} event that may end one of them or all */
  follow(event) {
    if (event.type === 'result') {
      this.#done = [...this.#done.slice(1 - REMEMBERED), event.id];
      this.#keep((a) => a.id !== event.id);
    } else if (event.type === 'end') {
      this.forget();
    }
  }

  forget() {
    this.#keep(() => false);
  }

  /** @param {(answer: PartialEvent) => boolean} wanted */
  #keep(wanted) {
    const since = Date.now() - GIVEN_UP_MS;
    this.answers = this.answers.filter((a) => wanted(a) && (this.#grewAt.get(a.id) ?? 0) > since);
    const ids = new Set(this.answers.map((a) => a.id));
    for (const id of this.#grewAt.keys()) {
      if (!ids.has(id)) {
        this.#grewAt.delete(id);
      }
    }
  }
}
