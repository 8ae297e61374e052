import { html, nothing } from '../lib/lit/index.js';
import { count, moment } from '../look/words.js';

/** @typedef {import('./endpoint-calls.js').Delivery} Delivery */

/** @type {Record<Delivery['state'], string>} */
const STATES = { waiting: 'Waiting', delivered: 'Delivered', failed: 'Failed', superseded: 'Superseded' };

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
  return html`<section class="deliveries" aria-label="Deliveries">
    <div class="bar">
      <button aria-pressed=${String(failed)} @click=${() => only(!failed)}>Failed only</button>
      <span class="gap"></span>
      ${oldest ? html`<button @click=${() => replayAll(oldest)}>Replay all failed</button>` : nothing}
    </div>
    ${deliveries.length === 0
      ? html`<p class="none">${failed ? 'No delivery has failed.' : 'Nothing has been delivered yet. Send a test.'}</p>`
      : html`<table>
          <thead>
            <tr>
              <th scope="col">Event</th>
              <th scope="col">State</th>
              <th scope="col"><span class="only-read">Replay</span></th>
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
  const tries = attempts > 1 || (attempts > 0 && state !== 'delivered') ? count(attempts, 'attempt') : '';
  const due = state === 'waiting' && next && attempts > 0 ? `next ${moment(next)}` : '';
  return html`<tr>
    <td>${type}<small class="numeric">${moment(at)}</small></td>
    <td>
      <span class="state ${state === 'delivered' ? 'on' : state === 'failed' ? 'open' : ''}">${STATES[state] ?? state}</span>
      ${tries || due ? html`<small class="numeric">${[tries, due].filter(Boolean).join(', ')}</small>` : nothing}
      ${state !== 'delivered' && why ? html`<small>${why}</small>` : nothing}
      ${state === 'failed' && answer ? html`<details><summary>Response</summary><pre tabindex="0">${answer}</pre></details>` : nothing}
    </td>
    <td>
      ${state === 'failed' || state === 'superseded'
        ? html`<button class="quiet" aria-label="Replay ${type} of ${moment(at)}" @click=${() => replay(id)}>Replay</button>`
        : nothing}
    </td>
  </tr>`;
}
