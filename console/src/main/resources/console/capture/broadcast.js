import { t } from '../messages/messages.js';
import { Problem } from '../service/problem.js';
import { Capture } from './capture.js';
import { WhipConnection } from './whip.js';

const KEY = 'framewise.broadcast';
const API_KEY = 'framewise.key';
/**
 * Delays before attempts to reconnect, in total as long as a service of several nodes waits for a sender after a change
 * of the node. The first delay is long enough to learn that the session is over, as after a stop.
 */
const TRIES_MS = [1000, 1000, 2000, 3000, 4000, 5000, 5000, 5000, 5000];
/** Status codes of nodes, and of proxies in front of them, while a session moves to another node. */
const MOVING = [502, 503, 504];

/**
 * @typedef {{address: string, session: string, tag: string, kind: import('./capture.js').CaptureKind, device: string}}
 *     Remembered the part of a broadcast that survives a reload
 */

/** @returns {string} the service's key that was entered in this tab */
export function savedKey() {
  return sessionStorage.getItem(API_KEY) ?? '';
}

/** @param {string} key */
export function saveKey(key) {
  sessionStorage.setItem(API_KEY, key);
}

/**
 * @param {string} address of the service
 * @returns {Remembered | undefined} what this tab was sending before it was reloaded
 */
export function remembered(address) {
  try {
    const remembered = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    return remembered?.address === address ? remembered : undefined;
  } catch {
    return undefined;
  }
}

/** A camera or screen that is sent to a session. Dispatches `change`, and `over` at its end. */
export class Broadcast extends EventTarget {
  /**
   * @param {string} address of the service, without a slash at its end
   * @param {Capture} capture closed with this
   */
  constructor(address, capture) {
    super();
    this.address = address;
    this.capture = capture;
    /** The id of the session. */
    this.session = '';
    /** @type {Problem | undefined} */
    this.problem = undefined;
    capture.addEventListener('change', this.#captureChanged);
    capture.addEventListener('over', this.#captureOver);
  }

  #connection = new WhipConnection(savedKey());
  #closed = false;
  #returning = false;

  #captureChanged = () => {
    const { track } = this.capture;
    if (track && this.session) {
      this.#connection.replace(track).catch(() => this.#comeBack());
      this.#remember();
    }
    this.#changed();
  };

  #captureOver = () => this.end();

  /** @param {Record<string, string>} asking settings, as parameters of the service's query */
  async start(asking) {
    const query = new URLSearchParams({ source: this.capture.kind, ...asking });
    await this.#connect(`${this.address}/whip?${query}`, '');
  }

  /** @param {Remembered} before continues what a page was sending before it was reloaded */
  async resume(before) {
    this.session = before.session;
    await this.#connect(this.#sessionUrl, before.tag);
  }

  /** Ends the connection and the session. */
  async end() {
    if (!this.#closed) {
      const goodbye = this.#connection.end();
      this.close();
      await goodbye.catch(() => undefined);
    }
  }

  /** Stops, because the session is over or must not be sent to any more. */
  close() {
    if (!this.#closed) {
      this.#closed = true;
      if (remembered(this.address)?.session === this.session) {
        forget();
      }
      this.detach();
      this.capture.close();
      this.#connection.close();
      this.dispatchEvent(new Event('over'));
    }
  }

  /** Releases the picture for another use, because the start failed. */
  detach() {
    this.capture.removeEventListener('change', this.#captureChanged);
    this.capture.removeEventListener('over', this.#captureOver);
  }

  get #sessionUrl() {
    return `${this.address}/whip/${this.session}`;
  }

  /**
   * @param {string} endpoint
   * @param {string} replaces
   */
  async #connect(endpoint, replaces) {
    const { track } = this.capture;
    if (!track) {
      throw this.capture.problem ?? new Problem({ title: t('capture.noPicture'), detail: t('capture.chooseWhatToSend') });
    }
    const connection = new WhipConnection(savedKey());
    await connection.open(endpoint, track, replaces);
    this.#connection = connection;
    if (this.#closed) {
      connection.end().catch(() => undefined);
      return;
    }
    this.session = new URL(connection.resource?.url ?? '').pathname.split('/').at(-2) ?? '';
    connection.addEventListener('lost', () => this.#comeBack());
    this.problem = undefined;
    this.#remember();
    this.#changed();
  }

  async #comeBack() {
    if (!this.#returning) {
      this.#returning = true;
      await this.#tryAgain();
      this.#returning = false;
    }
  }

  async #tryAgain() {
    const tag = this.#connection.resource?.tag ?? '';
    for (const wait of TRIES_MS) {
      await new Promise((done) => setTimeout(done, wait));
      if (this.#closed) {
        return;
      }
      try {
        await this.#connect(this.#sessionUrl, tag);
        return;
      } catch (e) {
        this.problem = Problem.of(e);
        this.#changed();
        if (!this.problem.unreachable && !MOVING.includes(this.problem.status)) {
          break;
        }
      }
    }
    this.close();
  }

  #remember() {
    const { kind, device } = this.capture;
    /** @type {Remembered} */
    const remembered = {
      address: this.address,
      session: this.session,
      tag: this.#connection.resource?.tag ?? '',
      kind,
      device,
    };
    sessionStorage.setItem(KEY, JSON.stringify(remembered));
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}

/** Forgets the broadcast, so that it is not continued. */
export function forget() {
  sessionStorage.removeItem(KEY);
}
