/** @typedef {'idle' | 'connecting' | 'live' | 'reconnecting' | 'ended' | 'gone'} StreamState */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const CLOSED_AT_END = 1000;
const CLOSED_UNKNOWN_SESSION = 4404;
/** Its log is shorter than what was seen: the session is not the one it was. */
const CLOSED_UNKNOWN_PLACE = 4400;

/**
 * The events of one session, each exactly once and in order, however often the connection breaks: it
 * comes back by itself and asks for what follows the last event it saw. Dispatches `message` (a
 * CustomEvent with the event), `partial` (with an answer that is being written) and `state`.
 */
export class EventStream extends EventTarget {
  /**
   * @param {(since: number) => string} url where to connect, given the last number seen
   * @param {number} since the number of the last event that is already known
   */
  constructor(url, since) {
    super();
    this.#url = url;
    this.lastSeq = since;
    /** @type {StreamState} */
    this.state = 'idle';
    /** When the next attempt is made, in milliseconds of `Date.now()`. */
    this.retryAt = 0;
  }

  #url;
  /** @type {WebSocket | undefined} */
  #socket;
  #attempts = 0;
  /** @type {number | undefined} */
  #timer;

  open() {
    addEventListener('online', this.#retry);
    this.#become('connecting');
    this.#connect();
  }

  /** Nothing more comes. */
  get isOver() {
    return this.state === 'ended' || this.state === 'gone';
  }

  /**
   * @param {number} withinMs
   * @returns {Promise<void>} done when it is connected, will not be, or the time is over
   */
  connected(withinMs) {
    return new Promise((done) => {
      const timer = setTimeout(() => finish(), withinMs);
      const look = () => {
        if (this.state !== 'connecting') {
          finish();
        }
      };
      const finish = () => {
        clearTimeout(timer);
        this.removeEventListener('state', look);
        done();
      };
      this.addEventListener('state', look);
      look();
    });
  }

  /** Tries now instead of waiting. */
  retryNow() {
    this.#attempts = 0;
    this.#retry();
  }

  close() {
    removeEventListener('online', this.#retry);
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #retry = () => {
    if (this.state === 'reconnecting' && !this.#socket) {
      clearTimeout(this.#timer);
      this.#connect();
    }
  };

  #connect() {
    const socket = new WebSocket(this.#url(this.lastSeq));
    this.#socket = socket;
    socket.onopen = () => {
      if (socket === this.#socket) {
        this.#attempts = 0;
        this.#become('live');
      }
    };
    socket.onmessage = (message) => {
      if (socket === this.#socket) {
        this.#received(JSON.parse(message.data));
      }
    };
    socket.onclose = (closed) => {
      if (socket === this.#socket) {
        this.#socket = undefined;
        this.#closed(closed.code);
      }
    };
  }

  /** @param {SessionEvent | PartialEvent} event */
  #received(event) {
    if (event.type === 'partial') {
      this.dispatchEvent(new CustomEvent('partial', { detail: event }));
      return;
    }
    if (event.seq <= this.lastSeq) {
      return;
    }
    this.lastSeq = event.seq;
    this.dispatchEvent(new CustomEvent('message', { detail: event }));
  }

  /** @param {number} code */
  #closed(code) {
    if ([CLOSED_AT_END, CLOSED_UNKNOWN_SESSION, CLOSED_UNKNOWN_PLACE].includes(code)) {
      this.close();
      this.#become(code === CLOSED_AT_END ? 'ended' : 'gone');
      return;
    }
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#attempts);
    // Spread, so that every page does not knock at the same moment when a service comes back.
    const spread = wait * (0.75 + Math.random() / 2);
    this.#attempts++;
    this.retryAt = Date.now() + spread;
    this.#timer = setTimeout(() => this.#connect(), spread);
    this.#become('reconnecting');
  }

  /** @param {StreamState} state */
  #become(state) {
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }
}
