import { html, nothing } from '../lib/lit/index.js';
import { nameOf } from '../look/session-name.js';
import { clock, count } from '../look/words.js';
import { length, placeOfIncident } from './watch-words.js';

const MOST = 8;

/**
 * The incidents that a watch would have opened.
 *
 * @param {import('./watch-calls.js').Tried} tried
 * @param {Session[]} sessions
 * @param {() => void} leave closes the form, because an incident is visited
 */
export function triedResult({ incidents, answers, unknown }, sessions, leave) {
  const name = (/** @type {string} */ id) => {
    const session = sessions.find((s) => s.session_id === id);
    return session ? nameOf(session) : id;
  };
  return html`<section class="tried" aria-label="Trial" role="status">
    <h3>
      ${incidents.length === 0 ? 'Would have opened no incident' : `Would have opened ${count(incidents.length, 'incident')}`}
      ${answers === undefined ? nothing : html`<small>in ${count(answers, 'answer')}${unknown ? `, ${unknown.toLocaleString('en')} of them unknown` : ''}</small>`}
    </h3>
    <ul>
      ${incidents.slice(0, MOST).map(
        (one) => html`<li class="numeric">
          <a href=${placeOfIncident(one)} @click=${leave}>${clock(one.first.seconds)}</a>
          <span>${length(one.length_seconds)}</span>
          <span class="where">${name(one.session_id)}</span>
        </li>`,
      )}
    </ul>
    ${incidents.length > MOST ? html`<p>and ${(incidents.length - MOST).toLocaleString('en')} more</p>` : nothing}
  </section>`;
}
