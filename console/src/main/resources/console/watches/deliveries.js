import { html, nothing } from '../lib/lit/index.js';
import { moment } from '../look/words.js';
import { t } from '../messages/messages.js';

/** @typedef {import('./endpoint-calls.js').Delivery} Delivery */

/** @type {Record<Delivery['state'], string>} */
const STATES = { waiting: t('common.waiting'), delivered: t('watches.delivered'), failed: t('common.failed'), superseded: t('watches.superseded') };

/**
 * The newest deliveries to an endpoint.
 *
 * @param {Delivery[]} deliveries newest first
 * @param {boolean} failed whether only failed ones are shown
 * @param {object} acts
 * @param {(failed: boolean) => void} acts.only
 * @param {(id: Delivery['id']) => void} acts.replay
 * @param {(since: string) => void} acts.replayAll replays failed ones since a time
 */
export function deliveriesOf(deliveries, failed, { only, replay, replayAll }) {
  const dead = deliveries.filter(({ state }) => state === 'failed');
  const oldest = dead.at(-1)?.created_at;
  return html`<section class="deliveries" aria-label="${t('common.deliveries')}">
    <div class="bar">
      <button aria-pressed=${String(failed)} @click=${() => only(!failed)}>${t('watches.failedOnly')}</button>
      <span class="gap"></span>
      ${oldest ? html`<button @click=${() => replayAll(oldest)}>${t('watches.replayAllFailed')}</button>` : nothing}
    </div>
    ${deliveries.length === 0
      ? html`<p class="none">${failed ? t('watches.noDeliveryHasFailed') : t('watches.nothingHasBeenDeliveredYetSend')}</p>`
      : html`<table>
          <thead>
            <tr>
              <th scope="col">${t('watches.event')}</th>
              <th scope="col">${t('common.state')}</th>
              <th scope="col"><span class="only-read">${t('watches.replay')}</span></th>
            </tr>
          </thead>
          <tbody>
            ${deliveries.map((delivery) => row(delivery, replay))}
          </tbody>
        </table>`}
  </section>`;
}

/**
 * @param {Delivery} delivery
 * @param {(id: Delivery['id']) => void} replay
 */
function row({ id, type, state, attempts, created_at: at, next_attempt_at: next, status, answer, error }, replay) {
  const why = [status ? `HTTP ${status}` : '', error ?? ''].filter(Boolean).join(' · ');
  const tries = attempts > 1 || (attempts > 0 && state !== 'delivered') ? t('count.attempts', { n: attempts }) : '';
  const due = state === 'waiting' && next && attempts > 0 ? t('watches.nextAttempt', { next: moment(next) }) : '';
  return html`<tr>
    <td>${type}<small class="numeric">${moment(at)}</small></td>
    <td>
      <span class="state ${state === 'delivered' ? 'on' : state === 'failed' ? 'open' : ''}">${STATES[state] ?? state}</span>
      ${tries || due ? html`<small class="numeric">${[tries, due].filter(Boolean).join(', ')}</small>` : nothing}
      ${state !== 'delivered' && why ? html`<small>${why}</small>` : nothing}
      ${state === 'failed' && answer ? html`<details><summary>${t('watches.response')}</summary><pre tabindex="0">${answer}</pre></details>` : nothing}
    </td>
    <td>
      ${state === 'failed' || state === 'superseded'
        ? html`<button class="quiet" aria-label="${t('watches.replayTypeOfAt', { type, at: moment(at) })}" @click=${() => replay(id)}>${t('watches.replay')}</button>`
        : nothing}
    </td>
  </tr>`;
}
