import { LitElement, html, nothing } from '../lib/lit/index.js';
import { repeat } from '../lib/lit-html/directives/repeat.js';
import * as icons from '../look/icons.js';
import { complaint } from '../look/notice.js';
import { pictureStyles } from '../look/picture-styles.js';
import { shortName } from '../look/session-name.js';
import { stateStyles } from '../look/state-styles.js';
import { base } from '../look/styles.js';
import { moment } from '../look/words.js';
import { t } from '../messages/messages.js';
import { mayOperate } from '../service/access.js';
import { Polling } from '../service/polling.js';
import { Problem } from '../service/problem.js';
import { IncidentAnswers } from './incident-answers.js';
import { incidentDetail, savedName } from './incident-detail.js';
import { IncidentList } from './incident-list.js';
import { incidentsStyles } from './incidents-styles.js';
import { pageHead, pageStyles } from './page-head.js';
import { WatchCalls } from './watch-calls.js';
import { length, placeOfIncident } from './watch-words.js';

const LOAD_EVERY_MS = 5000;
const PAGE = 50;
/** Maximum number of incidents that the service lists at a time. */
const MAX_COUNT = 200;

/** @typedef {'review' | 'open' | 'all'} Which */

/** @type {[Which, string, Record<string, string>][]} */
const CHOICES = [
  ['review', t('watches.toReview'), { acknowledged: 'false' }],
  ['open', t('watches.open'), { state: 'open' }],
  ['all', t('common.all'), {}],
];

/** Incidents with their pictures, to be worked through by keyboard. */
export class IncidentsPage extends LitElement {
  static properties = {
    api: { attribute: false },
    access: { attribute: false },
    sessions: { attribute: false },
    notifier: { attribute: false },
    list: { state: true },
    which: { state: true },
    note: { state: true },
    seen: { state: true },
    more: { state: true },
    known: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    /** @type {import('../service/api.js').Api | undefined} */
    this.api = undefined;
    /** @type {import('../service/access.js').Access | undefined} */
    this.access = undefined;
    /** @type {Session[]} */
    this.sessions = [];
    /** @type {import('./notifier.js').Notifier | undefined} */
    this.notifier = undefined;
    this.list = new IncidentList([]);
    /** @type {Which} */
    this.which = 'review';
    this.note = '';
    /** @type {import('./incident-detail.js').Seen} what was seen in the selected incident */
    this.seen = { key: '', first: '', last: '' };
    /** Whether there are older incidents. */
    this.more = false;
    /** Whether they have been loaded. */
    this.known = false;
    /** @type {Problem | undefined} */
    this.problem = undefined;
  }

  #limit = PAGE;
  #polling = new Polling(this, () => this.#load(), LOAD_EVERY_MS);
  #keys = (/** @type {KeyboardEvent} */ e) => this.#pressed(e);
  #changed = () => this.requestUpdate();

  get #calls() {
    return new WatchCalls(/** @type {import('../service/api.js').Api} */ (this.api));
  }

  /** @type {IncidentAnswers | undefined} */
  #answers;

  /** @param {Map<string, unknown>} changed */
  willUpdate(changed) {
    if (changed.has('list')) {
      this.#look();
    }
  }

  /** Loads what was seen in the selected incident, and again when another answer is its last. */
  async #look() {
    const incident = this.list.current;
    const key = incident ? `${incident.id} ${incident.last.seq}` : '';
    if (!incident || key === this.seen.key) {
      return;
    }
    this.#answers ??= new IncidentAnswers(/** @type {import('../service/api.js').Api} */ (this.api));
    const { session_id: session, first, last } = incident;
    const [begin, end] = await Promise.all([first, last].map(({ seq }) => this.#answers?.at(session, seq) ?? ''));
    if (this.list.current?.id === incident.id) {
      this.seen = { key, first: begin ?? '', last: end ?? '' };
    }
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('keydown', this.#keys, true);
    this.notifier?.addEventListener('change', this.#changed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('keydown', this.#keys, true);
    this.notifier?.removeEventListener('change', this.#changed);
  }

  async #load() {
    const wanted = CHOICES.find(([which]) => which === this.which)?.[2];
    const { incidents, more } = await this.#calls.incidents({ ...wanted, limit: String(this.#limit) });
    return () => {
      this.list = this.list.loaded(incidents);
      this.more = more && this.#limit < MAX_COUNT;
      this.known = true;
    };
  }

  /** @param {Which} which */
  #choose(which) {
    this.which = which;
    this.#limit = PAGE;
    this.#polling.now();
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const path = event.composedPath();
    const at = path[0];
    const types = at instanceof Element && at.matches('input, textarea, select, video');
    const inDialog = path.some((e) => e instanceof HTMLDialogElement);
    if (types || inDialog || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const by = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    const inList = at instanceof Element && at.closest('fw-sessions-list, nav, button, a:not(.incident)') === null;
    if (by !== undefined && (inList || event.key.length === 1)) {
      event.preventDefault();
      this.#select(this.list.moved(by));
    } else if (event.key === 'a' && this.list.current) {
      event.preventDefault();
      this.#acknowledge(this.list.current);
    } else if (event.key === 'Enter' && inList && this.list.current) {
      event.preventDefault();
      location.hash = placeOfIncident(this.list.current);
    }
  }

  /** @param {IncidentList} list */
  async #select(list) {
    this.note = list.selected === this.list.selected ? this.note : '';
    this.list = list;
    await this.updateComplete;
    const row = this.renderRoot.querySelector(`[data-incident="${list.selected}"]`);
    row?.scrollIntoView({ block: 'nearest' });
    /** @type {HTMLElement | null | undefined} */ (row?.querySelector('a'))?.focus({ preventScroll: true });
  }

  /** @param {Incident} incident */
  #mayAcknowledge(incident) {
    return mayOperate(this.access) && incident.own !== false && !incident.acknowledged_by;
  }

  /** Whether a name must be typed, because nobody is signed in. */
  get #nameless() {
    return this.access?.kind !== 'account' && this.access?.kind !== 'proxy';
  }

  /** @param {Incident} incident */
  async #acknowledge(incident) {
    if (!this.#mayAcknowledge(incident)) {
      return;
    }
    try {
      const by = this.#nameless ? savedName() : '';
      const now = await this.#calls.acknowledge(incident.id, { note: this.note, by });
      this.note = '';
      const next = this.list.with(now);
      await this.#select(next.selected === incident.id ? next.moved(1) : next);
      this.notifier?.refresh();
    } catch (e) {
      this.problem = Problem.of(e);
    }
  }

  render() {
    const { list } = this;
    return html`
      ${pageHead('incidents', this.#acts(), mayOperate(this.access))}
      ${complaint(this.problem)}
      ${list.incidents.length > 0
        ? html`<div class="review">
            <div class="panel">
              <ul aria-label="${t('common.incidents')}">
                ${repeat(
                  list.incidents,
                  ({ id }) => id,
                  (incident) => this.#row(incident),
                )}
              </ul>
              ${this.more
                ? html`<button class="quiet more" @click=${() => ((this.#limit = Math.min(MAX_COUNT, this.#limit * 2)), this.#polling.now())}>${t('watches.showOlder')}</button>`
                : nothing}
            </div>
            ${list.current
              ? incidentDetail(list.current, {
                  calls: this.#calls,
                  sessionName: this.#sessionName(list.current.session_id),
                  seen: this.seen,
                  may: this.#mayAcknowledge(list.current),
                  nameless: this.#nameless,
                  note: this.note,
                  write: (note) => (this.note = note),
                  acknowledge: () => list.current && this.#acknowledge(list.current),
                })
              : nothing}
          </div>`
        : this.known
          ? this.#empty()
          : nothing}
    `;
  }

  #acts() {
    const { notifier } = this;
    return html`<div class="choices" role="group" aria-label="${t('watches.filterIncidents')}">
        ${CHOICES.map(
          ([which, words]) => html`<button aria-pressed=${String(this.which === which)} @click=${() => this.#choose(which)}>
            ${words}
          </button>`,
        )}
      </div>
      ${notifier?.possible
        ? html`<button
            class="bare"
            aria-label="${t('watches.browserNotifications')}"
            title=${notifier.on ? t('watches.browserNotificationsAreOn') : t('watches.notifyMeInThisBrowser')}
            aria-pressed=${String(notifier.on)}
            @click=${() => notifier.toggle()}
          >
            ${icons.bell}
          </button>`
        : nothing}`;
  }

  #empty() {
    return html`<div class="panel nothing">
      <h2>${this.which === 'review' ? t('watches.nothingToReview') : this.which === 'open' ? t('watches.noIncidentIsOpen') : t('watches.noIncidentsYet')}</h2>
      <p>
        ${this.which === 'review'
          ? t('watches.newIncidentsAppearHereAcknowledgedOnes')
          : html`${t('watches.opensBy')} <a href="#/watches">${t('watches.watch')}</a> ${t('watches.opensAnIncidentWhenItsCondition')}`}
      </p>
    </div>`;
  }

  /** @param {string} id */
  #sessionName(id) {
    const session = this.sessions.find((s) => s.session_id === id);
    return session ? shortName(session) : id;
  }

  /** @param {Incident} incident */
  #row(incident) {
    const selected = incident.id === this.list.selected;
    const open = incident.state === 'open';
    return html`<li class=${selected ? 'selected' : ''} data-incident=${incident.id}>
      <a
        class="incident"
        href=${placeOfIncident(incident)}
        aria-current=${selected ? 'true' : nothing}
        tabindex=${selected ? 0 : -1}
        @focus=${() => (this.list = this.list.at(incident.id))}
      >
        <span class="picture">${icons.bell}${this.#picture(incident)}</span>
        <span class="about">
          <span class="name">${incident.watch}</span>
          <span class="where">${this.#sessionName(incident.session_id)}</span>
          <span class="facts numeric"
            >${moment(incident.opened_at)} · ${length(incident.length_seconds)} · ${t('count.answers', { n: incident.count })}</span
          >
        </span>
        ${open
          ? html`<span class="state open">${t('watches.open')}</span>`
          : incident.acknowledged_by
            ? html`<span class="by" title="${t('watches.acknowledgedAt', { at: moment(incident.acknowledged_at ?? '') })}">${icons.check} ${incident.acknowledged_by}</span>`
            : nothing}
      </a>
    </li>`;
  }

  /** @param {Incident} incident */
  #picture({ id, picture }) {
    return picture === false
      ? nothing
      : html`<img
      crossorigin="anonymous"
      alt=""
      loading="lazy"
      decoding="async"
      src=${this.#calls.pictureUrl(id)}
      @error=${(/** @type {Event} */ e) => /** @type {Element} */ (e.target).classList.add('missing')}
    />`;
  }

  static styles = [base, pictureStyles, stateStyles, pageStyles, incidentsStyles];
}

customElements.define('fw-incidents-page', IncidentsPage);
