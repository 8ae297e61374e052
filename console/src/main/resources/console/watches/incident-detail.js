import { html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { moment } from '../look/words.js';
import { t } from '../messages/messages.js';
import { endWords, length, opinionWords, placeOfIncident } from './watch-words.js';

const NAME_KEY = 'framewise.name';

/** @returns {string} the name that was typed in this browser, for services without accounts */
export function savedName() {
  return localStorage.getItem(NAME_KEY) ?? '';
}

/**
 * What was seen in an incident.
 *
 * @typedef {object} Seen
 * @property {string} key the incident's id, and the number of its last answer
 * @property {string} first the first answer; empty where the service no longer has it
 * @property {string} last
 */

/**
 * @typedef {object} How
 * @property {import('./watch-calls.js').WatchCalls} calls
 * @property {string} sessionName
 * @property {Seen} seen
 * @property {boolean} may whether the user may acknowledge it
 * @property {boolean} nameless whether nobody is signed in, so that a name must be typed
 * @property {string} note
 * @property {(note: string) => void} write
 * @property {() => void} acknowledge
 */

/**
 * The selected incident: its clip, when and how long, and who has seen it.
 *
 * @param {Incident} incident
 * @param {How} how
 */
export function incidentDetail(incident, how) {
  const { may, nameless } = how;
  return html`<aside class="panel" aria-label="${t('watches.theSelectedIncident')}">
    ${media(incident, how)}
    <div class="words">
      <h2>${incident.watch}</h2>
      ${facts(incident, how)}
      ${may && nameless
        ? html`<input
            aria-label="${t('watches.yourName')}"
            placeholder="${t('watches.yourName')}"
            maxlength="100"
            .value=${savedName()}
            @change=${(/** @type {Event} */ e) => localStorage.setItem(NAME_KEY, valueOf(e).trim())}
          />`
        : nothing}
      ${may
        ? html`<input
            aria-label="${t('watches.note')}"
            placeholder="${t('watches.noteOptional')}"
            maxlength="1000"
            .value=${how.note}
            @input=${(/** @type {Event} */ e) => how.write(valueOf(e))}
            @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === 'Enter' && how.acknowledge()}
          />`
        : nothing}
      <div class="acts">
        ${may
          ? html`<button class="main" @click=${how.acknowledge}>${icons.check} ${t('watches.acknowledge')} <kbd>A</kbd></button>`
          : nothing}
        <a class="go" href=${placeOfIncident(incident)}>${t('watches.goToVideo')} <kbd>↵</kbd></a>
      </div>
      <p class="hint"><kbd>J</kbd> <kbd>K</kbd> ${t('watches.nextAndPrevious')}</p>
    </div>
  </aside>`;
}

/**
 * @param {Incident} incident
 * @param {How} how
 */
function facts(incident, { sessionName, seen }) {
  const { second_opinion: second, merged_from: merged } = incident;
  const { first, last } = seen.key.startsWith(`${incident.id} `) ? seen : { first: '', last: '' };
  return html`<dl>
    <dt>${t('watches.session')}</dt>
    <dd>${sessionName}</dd>
    <dt>${t('watches.opened')}</dt>
    <dd class="numeric">${moment(incident.opened_at)}</dd>
    <dt>${incident.state === 'open' ? t('watches.openFor') : t('watches.lasted')}</dt>
    <dd class="numeric">${length(incident.length_seconds)}, ${t('count.answers', { n: incident.count })}</dd>
    ${first
      ? html`<dt>${t('watches.firstAnswer')}</dt>
          <dd class="seen">${first}</dd>`
      : nothing}
    ${last && last !== first
      ? html`<dt>${t('watches.lastAnswer')}</dt>
          <dd class="seen">${last}</dd>`
      : nothing}
    ${incident.ended_at
      ? html`<dt>${t('common.ended')}</dt>
          <dd>${endWords(incident)}</dd>`
      : nothing}
    ${merged?.length
      ? html`<dt>${t('watches.merged')}</dt>
          <dd>${t('count.occurrences', { n: merged.length + 1 })}</dd>`
      : nothing}
    ${second
      ? html`<dt>${t('watches.secondOpinion')}</dt>
          <dd>${opinionWords(second)}</dd>`
      : nothing}
    ${incident.acknowledged_by
      ? html`<dt>${t('watches.acknowledged')}</dt>
          <dd>
            ${incident.acknowledged_by}, ${moment(incident.acknowledged_at ?? '')}${incident.note ? html`<q>${incident.note}</q>` : nothing}
          </dd>`
      : nothing}
  </dl>`;
}

/**
 * @param {Incident} incident
 * @param {How} how
 */
function media({ id, watch, picture, clip }, { calls }) {
  if (clip) {
    return html`<video
      controls
      playsinline
      preload="none"
      crossorigin="anonymous"
      aria-label="${t('watches.clipOfTheIncident')}"
      .poster=${picture ? calls.pictureUrl(id) : ''}
      .src=${calls.clipUrl(id)}
    ></video>`;
  }
  return picture
    ? html`<img class="peak" crossorigin="anonymous" alt="${t('watches.pictureOfTheIncidentWatch', { watch })}" .src=${calls.pictureUrl(id)} />`
    : nothing;
}

/** @param {Event} e */
function valueOf(e) {
  return /** @type {HTMLInputElement} */ (e.target).value;
}
