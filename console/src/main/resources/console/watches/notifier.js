import { nameOf } from '../look/session-name.js';
import { t } from '../messages/messages.js';
import { IncidentAnswers } from './incident-answers.js';
import { WatchCalls } from './watch-calls.js';
import { placeOfIncident } from './watch-words.js';

const KEY = 'framewise.notifications';
const ASK_EVERY_MS = 5000;
const MAX_COUNT = 50;

/**
 * The incidents nobody has acknowledged, and browser notifications of new ones, which the user switches on. Dispatches
 * `change`.
 */
export class Notifier extends EventTarget {
  /** @param {import('../service/api.js').Api} api */
  constructor(api) {
    super();
    this.#api = api;
    this.#calls = new WatchCalls(api);
    this.#answers = new IncidentAnswers(api);
    /** Whether the service has watches; an older one does not. */
    this.supported = false;
    /** Number of incidents to review, at most {@link MAX_COUNT}. */
    this.waiting = 0;
    /** Whether there are more than that. */
    this.more = false;
    this.on = localStorage.getItem(KEY) === 'on' && this.possible && Notification.permission === 'granted';
  }

  #api;
  #calls;
  #answers;
  /** @type {number | undefined} */
  #timer;
  #closed = false;
  /** @type {Set<string> | undefined} ids of the incidents that were listed before */
  #known;
  /** When the newest incident of the first list opened: older ones may come into the list later. */
  #since = -Infinity;

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
      const { incidents, more } = await this.#calls.incidents({ acknowledged: 'false', limit: String(MAX_COUNT) });
      this.supported = true;
      this.waiting = incidents.length;
      this.more = more;
      const known = this.#known;
      if (known) {
        const fresh = incidents.filter(({ id, opened_at: at }) => !known.has(id) && Date.parse(at) >= this.#since);
        fresh.forEach(({ id }) => known.add(id));
        // An incident that has ended by now is notified too: nobody has seen it.
        fresh.filter(() => this.on).forEach((incident) => this.#notify(incident));
      } else {
        this.#known = new Set(incidents.map(({ id }) => id));
        this.#since = Math.max(-Infinity, ...incidents.map(({ opened_at: at }) => Date.parse(at)));
      }
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
  async #notify(incident) {
    const { session_id: id, opened } = incident;
    const [session, answer] = await Promise.all([
      this.#api.session(id).then(nameOf, () => ''),
      this.#answers.at(id, opened.seq),
    ]);
    const shown = new Notification(incident.watch, {
      body: notificationWords(session, answer),
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

/**
 * @param {string} session its name
 * @param {string} answer what opened the incident
 */
function notificationWords(session, answer) {
  if (session && answer) {
    return t('watches.sessionAnswer', { session, answer });
  }
  return answer || (session ? t('watches.anIncidentOpenedOn', { session }) : t('watches.anIncidentOpened'));
}
