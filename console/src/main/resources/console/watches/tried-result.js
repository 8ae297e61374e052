import { html, nothing } from '../lib/lit/index.js';
import { nameOf } from '../look/session-name.js';
import { clock } from '../look/words.js';
import { t } from '../messages/messages.js';
import { length, placeOfIncident } from './watch-words.js';

const MAX_COUNT = 8;

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
  return html`<section class="tried" aria-label="${t('watches.trial')}" role="status">
    <h3>
      ${total === 0 ? t('watches.wouldHaveOpenedNoIncident') : t('watches.wouldHaveOpenedIncidents', { incidents: t('count.incidents', { n: total }) })}
      <small
        >${t(whole ? 'watches.triedInAnswers' : 'watches.triedInTheNewestAnswers', { n: answers })}
        ${t('watches.yesAndNo', { yes, no })}${unknown > 0 ? t('watches.andUnknown', { unknown }) : ''}</small
      >
    </h3>
    ${answers > 0 && unknown === answers
      ? html`<p>${t('watches.noAnswerHasTheFieldsOf')}</p>`
      : nothing}
    <ul>
      ${incidents.slice(0, MAX_COUNT).map(
        (one) => html`<li class="numeric">
          <a href=${placeOfIncident(one)} @click=${leave}>${clock(one.first.seconds)}</a>
          <span>${length(one.length_seconds)}</span>
          <span class="where">${name(one.session_id)}</span>
        </li>`,
      )}
    </ul>
    ${total > MAX_COUNT ? html`<p>${t('common.andMoreMore', { more: (total - MAX_COUNT) })}</p>` : nothing}
  </section>`;
}
