import { html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { count, moment } from '../look/words.js';
import { endWords, length, placeOfIncident } from './watch-words.js';

const NAME_KEY = 'framewise.name';

/** @returns {string} the name that was typed in this browser, for services without accounts */
export function savedName() {
  return localStorage.getItem(NAME_KEY) ?? '';
}

/**
 * @typedef {object} How
 * @property {import('./watch-calls.js').WatchCalls} calls
 * @property {string} sessionName
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
  return html`<aside class="panel" aria-label="The selected incident">
    ${media(incident, how)}
    <div class="words">
      <h2>${incident.watch}</h2>
      ${facts(incident, how)}
      ${may && nameless
        ? html`<input
            aria-label="Your name"
            placeholder="Your name"
            maxlength="100"
            .value=${savedName()}
            @change=${(/** @type {Event} */ e) => localStorage.setItem(NAME_KEY, valueOf(e).trim())}
          />`
        : nothing}
      ${may
        ? html`<input
            aria-label="Note"
            placeholder="Note (optional)"
            maxlength="1000"
            .value=${how.note}
            @input=${(/** @type {Event} */ e) => how.write(valueOf(e))}
            @keydown=${(/** @type {KeyboardEvent} */ e) => e.key === 'Enter' && how.acknowledge()}
          />`
        : nothing}
      <div class="acts">
        ${may
          ? html`<button class="main" @click=${how.acknowledge}>${icons.check} Acknowledge <kbd>A</kbd></button>`
          : nothing}
        <a class="go" href=${placeOfIncident(incident)}>Go to video <kbd>↵</kbd></a>
      </div>
      <p class="hint"><kbd>J</kbd> <kbd>K</kbd> next and previous</p>
    </div>
  </aside>`;
}

/**
 * @param {Incident} incident
 * @param {How} how
 */
function facts(incident, { sessionName }) {
  const { second_opinion: second, merged_from: merged } = incident;
  return html`<dl>
    <dt>Session</dt>
    <dd>${sessionName}</dd>
    <dt>Opened</dt>
    <dd class="numeric">${moment(incident.opened_at)}</dd>
    <dt>${incident.state === 'open' ? 'Open for' : 'Lasted'}</dt>
    <dd class="numeric">${length(incident.length_seconds)}, ${count(incident.count, 'answer')}</dd>
    ${incident.ended_at
      ? html`<dt>Ended</dt>
          <dd>${endWords(incident)}</dd>`
      : nothing}
    ${merged?.length
      ? html`<dt>Merged</dt>
          <dd>${count(merged.length + 1, 'occurrence')}</dd>`
      : nothing}
    ${second
      ? html`<dt>Second opinion</dt>
          <dd>${second.verdict}: ${second.reason}</dd>`
      : nothing}
    ${incident.acknowledged_by
      ? html`<dt>Acknowledged</dt>
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
      aria-label="Clip of the incident"
      .poster=${picture ? calls.pictureUrl(id) : ''}
      .src=${calls.clipUrl(id)}
    ></video>`;
  }
  return picture
    ? html`<img class="peak" crossorigin="anonymous" alt="Picture of the incident ${watch}" .src=${calls.pictureUrl(id)} />`
    : nothing;
}

/** @param {Event} e */
function valueOf(e) {
  return /** @type {HTMLInputElement} */ (e.target).value;
}
