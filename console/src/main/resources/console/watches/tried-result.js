import { html, nothing } from '../lib/lit/index.js';
import { nameOf } from '../look/session-name.js';
import { clock, count } from '../look/words.js';
import { length, placeOfIncident } from './watch-words.js';

const MOST = 8;

/**
 * The incidents that a watch would have opened.
 *
 * @param {TriedWatch} tried
 * @param {Session[]} sessions
 * @param {() => void} leave closes the form, because an incident is visited
 */
export function triedResult({ incidents, total, answers, yes, no, unknown, whole }, sessions, leave) {
  const name = (/** @type {string} */ id) => {
    const session = sessions.find((s) => s.session_id === id);
    return session ? nameOf(session) : id;
  };
  return html`<section class="tried" aria-label="Trial" role="status">
    <h3>
      ${total === 0 ? 'Would have opened no incident' : `Would have opened ${count(total, 'incident')}`}
      <small>in ${whole ? '' : 'the newest '}${count(answers, 'answer')}: ${yes.toLocaleString('en')} yes, ${no.toLocaleString('en')} no${
        unknown > 0 ? `, ${unknown.toLocaleString('en')} unknown` : ''
      }</small>
    </h3>
    ${answers > 0 && unknown === answers
      ? html`<p>No answer has the fields of this expression. Check their names.</p>`
      : nothing}
    <ul>
      ${incidents.slice(0, MOST).map(
        (one) => html`<li class="numeric">
          <a href=${placeOfIncident(one)} @click=${leave}>${clock(one.first.seconds)}</a>
          <span>${length(one.length_seconds)}</span>
          <span class="where">${name(one.session_id)}</span>
        </li>`,
      )}
    </ul>
    ${total > MOST ? html`<p>and ${(total - MOST).toLocaleString('en')} more</p>` : nothing}
  </section>`;
}
