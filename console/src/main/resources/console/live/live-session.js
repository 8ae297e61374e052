import { isRunning } from '../look/words.js';
import { troubleOf } from '../session/event-log.js';
import { EventStream } from '../service/event-stream.js';

/** Number of events to load, to find the newest answer among them. */
const BACK = 20;

/** A running session with its newest answer. Uses its own socket, of which browsers allow many. Dispatches `change`. */
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
    /** The service's notice about the source; empty once there is an answer again. */
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

  /** Age of the newest answer's picture, in seconds. */
  get answerAge() {
    const { result } = this;
    return result && Math.max(0, (Date.now() - Date.parse(result.at) + result.total_latency_ms) / 1000);
  }

  /** @param {Session} session as listed by the service */
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
