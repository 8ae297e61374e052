import { isRunning } from '../look/words.js';
import { troubleOf } from '../session/event-log.js';
import { EventStream } from '../service/event-stream.js';

/** So many of its last events are asked for, to find the newest answer among them. */
const BACK = 20;

/**
 * A session that runs, with what it said last. Follows it on a socket of its own, of which browsers
 * allow many. Dispatches `change`.
 */
export class LiveSession extends EventTarget {
  /**
   * @param {import('../service/api.js').Api} api
   * @param {Session} session
   */
  constructor(api, session) {
    super();
    this.session = session;
    /** @type {ResultEvent | undefined} the newest answer */
    this.result = undefined;
    /** What the service says of its source; empty once there is an answer again. */
    this.notice = '';
    const since = Math.max(0, (session.last_seq ?? 0) - BACK);
    this.#stream = new EventStream((seq) => api.eventsUrl(session.session_id, seq), since);
    this.#stream.addEventListener('message', (e) => {
      this.#received(/** @type {CustomEvent<SessionEvent>} */ (e).detail);
    });
    this.#stream.open();
  }

  #stream;

  get id() {
    return this.session.session_id;
  }

  get running() {
    return isRunning(this.session);
  }

  /** How old the picture is that the newest answer speaks of, in seconds. */
  get answerAge() {
    const { result } = this;
    return result && Math.max(0, (Date.now() - Date.parse(result.at) + result.total_latency_ms) / 1000);
  }

  /** @param {Session} session as the service lists it now */
  look(session) {
    this.session = session;
    this.#changed();
  }

  close() {
    this.#stream.close();
  }

  /** @param {SessionEvent} event */
  #received(event) {
    switch (event.type) {
      case 'result':
        this.result = event;
        this.notice = '';
        break;
      case 'status':
        this.session = { ...this.session, status: event.status };
        this.notice = troubleOf(event, this.notice);
        break;
      case 'end':
        this.session = { ...this.session, status: event.status, reason: event.reason };
        this.notice = event.reason ?? '';
        break;
    }
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
