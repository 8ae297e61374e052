import { isLive, isRunning } from '../look/words.js';
import { LiveSession } from './live-session.js';

const ASK_EVERY_MS = 3000;
/** Maximum number of sessions that the service lists at a time. */
const MAX_COUNT = 200;

/**
 * All live sessions; those that end stay until {@link close}. Reloads every few seconds while the page is visible.
 * Dispatches `change`.
 */
export class LiveSessions extends EventTarget {
  /** @param {import('../service/api.js').Api} api */
  constructor(api) {
    super();
    this.#api = api;
    document.addEventListener('visibilitychange', this.#refresh);
    this.#refresh();
  }

  #api;
  /** @type {Map<string, LiveSession>} */
  #known = new Map();
  #closed = false;
  /** @type {number | undefined} */
  #timer;
  /** Whether the list has been loaded. */
  known = false;

  /** @returns {LiveSession[]} the running ones, oldest first so that none moves; then the others */
  get all() {
    const sessions = [...this.#known.values()].sort((a, b) =>
      (a.session.created_at ?? '').localeCompare(b.session.created_at ?? ''),
    );
    return [...sessions.filter((s) => s.running), ...sessions.filter((s) => !s.running)];
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    document.removeEventListener('visibilitychange', this.#refresh);
    this.#known.forEach((session) => session.close());
  }

  #refresh = async () => {
    clearTimeout(this.#timer);
    if (this.#closed || document.hidden) {
      return;
    }
    try {
      const { sessions } = await this.#api.sessions(MAX_COUNT);
      if (!this.#closed) {
        this.#take(sessions);
      }
    } catch {
      // The service can't be reached; the connection state shows that.
    }
    if (!this.#closed) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(this.#refresh, ASK_EVERY_MS);
    }
  };

  /** @param {Session[]} sessions */
  #take(sessions) {
    const listed = new Map(sessions.map((s) => [s.session_id, s]));
    for (const [id, session] of listed) {
      const known = this.#known.get(id);
      if (known && (known.running || !isRunning(session))) {
        known.look(session);
      } else if (isLive(session) && isRunning(session)) {
        known?.close();
        this.#add(session);
      }
    }
    for (const [id, known] of this.#known) {
      if (!listed.has(id) && sessions.length < MAX_COUNT) {
        known.close();
        this.#known.delete(id);
      }
    }
    this.known = true;
    this.#changed();
  }

  /** @param {Session} session */
  #add(session) {
    const live = new LiveSession(this.#api, session);
    live.addEventListener('change', () => this.#changed());
    this.#known.set(live.id, live);
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
