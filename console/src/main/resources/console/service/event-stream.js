/** @typedef {'idle' | 'connecting' | 'live' | 'reconnecting' | 'ended' | 'gone'} StreamState */

const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 15_000;
const CLOSED_AT_END = 1000;
const CLOSED_UNKNOWN_SESSION = 4404;
/** Close code for a log that is shorter than expected: the session is not the same one. */
const CLOSED_UNKNOWN_PLACE = 4400;

/**
 * The events of one session, each exactly once and in order. Reconnects by itself and resumes after the last event.
 * Dispatches `message` (a CustomEvent with the event), `partial` (with a partial answer), `delivered` and `state`.
 */
export class EventStream extends EventTarget {
  /**
   * @param {(since: number) => string} url where to connect, given the last number seen
   * @param {number} since number of the last known event
   */
  constructor(url, since) {
    super();
    this.#url = url;
    this.lastSeq = since;
    /** @type {StreamState} */
    this.state = 'idle';
    /** When the next attempt is due, in milliseconds of `Date.now()`. */
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

  /** Whether no more events will arrive. */
  get isOver() {
    return this.state === 'ended' || this.state === 'gone';
  }

  /**
   * @param {number} withinMs
   * @returns {Promise<void>} resolves when it is connected, closed for good, or on timeout
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

  /** Reconnects now instead of waiting. */
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

  /** @param {SessionEvent | PartialEvent | DeliveredEvent} event */
  #received(event) {
    if (event.type === 'partial' || event.type === 'delivered') {
      this.dispatchEvent(new CustomEvent(event.type, { detail: event }));
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
    const wait = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#attempts);
    // Random delay, so that pages don't all reconnect at once when a service is back.
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
