import { LitElement, html, nothing } from '../lib/lit/index.js';
import { repeat } from '../lib/lit-html/directives/repeat.js';
import * as icons from '../look/icons.js';
import { complaint } from '../look/notice.js';
import { nameOf } from '../look/session-name.js';
import { stateStyles } from '../look/state-styles.js';
import { base } from '../look/styles.js';
import { when } from '../look/words.js';
import { t } from '../messages/messages.js';
import { mayOperate } from '../service/access.js';
import { Polling } from '../service/polling.js';
import { Problem } from '../service/problem.js';
import { pageHead, pageStyles } from './page-head.js';
import { WatchCalls } from './watch-calls.js';
import { conditionWords, hysteresisWords, placeOfIncident, watchState } from './watch-words.js';
import { watchesPageStyles } from './watches-page-styles.js';

const LOAD_EVERY_MS = 5000;

/** @type {[string, () => Date][]} */
const SNOOZES = [
  [t('watches.for1Hour'), () => new Date(Date.now() + 3_600_000)],
  [t('watches.for4Hours'), () => new Date(Date.now() + 4 * 3_600_000)],
  [t('watches.until800Tomorrow'), () => {
    const at = new Date();
    at.setDate(at.getDate() + 1);
    at.setHours(8, 0, 0, 0);
    return at;
  }],
  [t('watches.forAWeek'), () => new Date(Date.now() + 7 * 86_400_000)],
];

/** All watches. Dispatches `edit` with a watch, or null for a new one. */
export class WatchesPage extends LitElement {
  static properties = {
    api: { attribute: false },
    access: { attribute: false },
    sessions: { attribute: false },
    watches: { state: true },
    last: { state: true },
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
    /** @type {Watch[] | undefined} undefined before they are loaded */
    this.watches = undefined;
    /** @type {Map<string, Incident>} the newest incident of each watch, by its id */
    this.last = new Map();
    /** @type {Problem | undefined} */
    this.problem = undefined;
  }

  #polling = new Polling(
    this,
    async () => {
      const { watches } = await this.#calls.watches();
      const { incidents } = await this.#calls.incidents({ limit: '200' });
      return () => {
        this.last = new Map(incidents.toReversed().map((incident) => [incident.watch_id, incident]));
        this.watches = watches;
      };
    },
    LOAD_EVERY_MS,
  );

  get #calls() {
    return new WatchCalls(/** @type {import('../service/api.js').Api} */ (this.api));
  }

  load() {
    return this.#polling.now();
  }

  /** @param {() => Promise<unknown>} work */
  async #attempt(work) {
    try {
      await work();
      await this.load();
    } catch (e) {
      this.problem = Problem.of(e);
    }
  }

  /** @param {Watch | null} watch */
  #edit(watch) {
    this.dispatchEvent(new CustomEvent('edit', { detail: watch }));
  }

  get #writes() {
    return mayOperate(this.access);
  }

  render() {
    const { watches } = this;
    const add = this.#writes
      ? html`<button class="main" @click=${() => this.#edit(null)}>${icons.plus} ${t('watches.newWatch')}</button>`
      : nothing;
    return html`
      ${pageHead('watches', watches?.length ? add : nothing, this.#writes)}
      ${complaint(this.problem)}
      ${watches === undefined
        ? nothing
        : watches.length > 0
          ? html`<div class="panel">
              <ul aria-label="${t('common.watches')}">
                ${repeat(
                  watches,
                  ({ id }) => id,
                  (watch) => this.#row(watch),
                )}
              </ul>
            </div>`
          : html`<div class="panel nothing">
              <h2>${t('watches.noWatchesYet')}</h2>
              <p>
                ${t('watches.aWatchChecksAnswersForYou')}
              </p>
              ${add}
            </div>`}
    `;
  }

  /** @param {Watch} watch */
  #row(watch) {
    const last = this.last.get(watch.id);
    const { tone, words } = watchState(watch, last);
    return html`<li>
      <div class="watch">
        <div class="about">
          <h2>
            ${this.#writes && watch.own
              ? html`<button class="name" @click=${() => this.#edit(watch)}>${watch.name}</button>`
              : html`<span class="name">${watch.name}</span>`}
          </h2>
          <p class="condition ${'words' in watch.when ? '' : 'code'}">${conditionWords(watch.when)}</p>
          <p class="facts">${this.#where(watch)} · ${hysteresisWords(watch)}</p>
        </div>
        <div class="last">
          <span class="state ${tone}">${words}</span>
          ${last
            ? html`<a href=${placeOfIncident(last)} title="${t('watches.goToTheLastIncident')}">
                <img
                  crossorigin="anonymous"
                  alt=""
                  loading="lazy"
                  src=${this.#calls.pictureUrl(last.id)}
                  @error=${(/** @type {Event} */ e) => /** @type {Element} */ (e.target).remove()}
                />${t('watches.lastIncidentAt', { at: when(last.opened_at) })}</a
              >`
            : html`<span class="facts">${t('watches.noIncidentYet')}</span>`}
        </div>
        ${this.#writes && watch.own ? this.#acts(watch) : nothing}
      </div>
    </li>`;
  }

  /** @param {Watch} watch */
  #where({ sessions }) {
    if (!sessions) {
      return t('watches.allSessions');
    }
    const [only] = sessions;
    if (sessions.length > 1) {
      return t('count.sessions', { n: sessions.length });
    }
    const session = this.sessions.find((s) => s.session_id === only);
    return session ? nameOf(session) : (only ?? t('watches.noSession'));
  }

  /** @param {Watch} watch */
  #acts(watch) {
    const snoozed = watch.state === 'snoozed';
    const menu = `snooze-${watch.id}`;
    return html`<div class="acts">
      ${snoozed
        ? html`<button @click=${() => this.#attempt(() => this.#calls.snooze(watch.id, null))}>${t('watches.endSnooze')}</button>`
        : watch.enabled
          ? html`<button popovertarget=${menu} aria-label="${t('watches.snoozeName', { name: watch.name })}">${t('watches.snooze')}</button>
              <div id=${menu} popover role="group" aria-label="${t('watches.snoozeName', { name: watch.name })}">
                ${SNOOZES.map(
                  ([words, until]) => html`<button
                    class="quiet"
                    popovertarget=${menu}
                    popovertargetaction="hide"
                    @click=${() => this.#attempt(() => this.#calls.snooze(watch.id, until().toISOString()))}
                  >
                    ${words}
                  </button>`,
                )}
              </div>`
          : nothing}
      <button
        class="switch"
        role="switch"
        aria-checked=${String(watch.enabled)}
        aria-label="${t('watches.armedName', { name: watch.name })}"
        title=${watch.enabled ? t('watches.switchOff') : t('watches.arm')}
        @click=${() => this.#attempt(() => this.#calls.change(watch.id, { enabled: !watch.enabled }))}
      ></button>
      <button class="bare" aria-label="${t('watches.editName', { name: watch.name })}" title="${t('watches.edit')}" @click=${() => this.#edit(watch)}>${icons.pencil}</button>
      <button class="bare" aria-label="${t('common.deleteName', { name: watch.name })}" title="${t('common.delete')}" @click=${() => this.#delete(watch)}>
        ${icons.trash}
      </button>
    </div>`;
  }

  /** @param {Watch} watch */
  #delete(watch) {
    if (confirm(t('watches.deleteTheWatchNameItsIncidents', { name: watch.name }))) {
      this.#attempt(() => this.#calls.remove(watch.id));
    }
  }

  static styles = [base, stateStyles, pageStyles, watchesPageStyles];
}

customElements.define('fw-watches-page', WatchesPage);
