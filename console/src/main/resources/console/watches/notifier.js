import { t } from '../messages/messages.js';
import { WatchCalls } from './watch-calls.js';
import { placeOfIncident } from './watch-words.js';

const KEY = 'framewise.notifications';
const ASK_EVERY_MS = 5000;
const MOST = 50;

/**
 * The incidents nobody has acknowledged, and browser notifications of new ones, which the user switches on. Dispatches
 * `change`.
 */
export class Notifier extends EventTarget {
  /** @param {import('../service/api.js').Api} api */
  constructor(api) {
    super();
    this.#calls = new WatchCalls(api);
    /** Whether the service has watches; an older one does not. */
    this.supported = false;
    /** Number of incidents to review, at most {@link MOST}. */
    this.waiting = 0;
    this.on = localStorage.getItem(KEY) === 'on' && this.possible && Notification.permission === 'granted';
  }

  #calls;
  /** @type {number | undefined} */
  #timer;
  #closed = false;
  /** @type {Set<string> | undefined} ids of the incidents that were there before */
  #known;

  /** Whether this browser has notifications for this page. */
  get possible() {
    return 'Notification' in window && window.isSecureContext && Notification.permission !== 'denied';
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Switches notifications on or off; the browser asks the user the first time. */
  async toggle() {
    const allowed = !this.on && (await Notification.requestPermission()) === 'granted';
    this.on = allowed;
    localStorage.setItem(KEY, allowed ? 'on' : 'off');
    this.dispatchEvent(new Event('change'));
  }

  /** Loads the incidents, now and every few seconds. */
  async refresh() {
    clearTimeout(this.#timer);
    try {
      const { incidents } = await this.#calls.incidents({ acknowledged: 'false', limit: String(MOST) });
      this.supported = true;
      this.waiting = incidents.length;
      const known = this.#known;
      if (known && this.on) {
        incidents.filter(({ id, state }) => state === 'open' && !known.has(id)).forEach((i) => this.#notify(i));
      }
      this.#known = new Set(incidents.map(({ id }) => id));
    } catch (e) {
      // Unreachable or not permitted: the page shows that elsewhere.
      this.supported &&= /** @type {import('../service/problem.js').Problem} */ (e).status !== 404;
    }
    if (!this.#closed) {
      this.dispatchEvent(new Event('change'));
      if (this.supported) {
        this.#timer = setTimeout(() => this.refresh(), ASK_EVERY_MS);
      }
    }
  }

  /** @param {Incident} incident */
  #notify(incident) {
    const shown = new Notification(incident.watch, {
      body: t('watches.anIncidentOpened'),
      tag: incident.id,
      icon: this.#calls.pictureUrl(incident.id),
    });
    shown.addEventListener('click', () => {
      window.focus();
      location.hash = placeOfIncident(incident);
      shown.close();
    });
  }
}
