import { css, html, nothing } from '../lib/lit/index.js';
import { styleMap } from '../lib/lit-html/directives/style-map.js';
import { latency } from '../look/words.js';
import { t } from '../messages/messages.js';

/** @type {[string, string][]} stages in the order in which they happen, by their name in the API */
const STAGES = [
  ['queue', t('results.wait')],
  ['encode', t('results.encode')],
  ['first_token', t('results.firstToken')],
  ['ocr', t('results.readText')],
  ['detect', t('results.detect')],
  ['motion', t('common.motion')],
  ['colours', t('results.colors')],
  ['model', t('common.model')],
];

/** @typedef {{name: string, from: number, to: number}} Stage from and to in milliseconds since its picture was shown */

/**
 * The time of an answer by stage. A file's picture is decoded before it is shown; one of live video is received before,
 * and decoded while it waits. The rest of the total is the time of a service's model, including the round trip to it.
 * Storing and delivering follow, where they were measured.
 *
 * @param {ResultEvent} result
 * @returns {Stage[]} empty where the service reports no stages
 */
export function stagesOf({ timings, delivery, total_latency_ms: total, inference_latency_ms: inference }) {
  if (!timings) {
    return [];
  }
  const { receive, decode = 0 } = timings;
  const live = receive !== undefined;
  /** @type {Stage[]} */
  const stages = [];
  let at = live ? -receive : -decode;
  /** @param {string} name @param {number} length */
  const add = (name, length) => {
    if (length > 0) {
      stages.push({ name, from: at, to: at + length });
      at += length;
    }
  };
  add(t('results.receive'), receive ?? 0);
  add(t('results.decode'), decode);
  const known = new Set(['total', 'receive', 'decode', ...STAGES.map(([key]) => key)]);
  const others = Object.keys(timings).filter((key) => !known.has(key));
  for (const [key, name] of [...STAGES, ...others.map((k) => [k, k])]) {
    const waited = live && key === 'queue' ? decode : 0;
    add(name, (timings[key] ?? 0) - waited);
  }
  const rest = total - at;
  if (rest > Math.max(1, total * 0.02)) {
    add(inference > rest * 0.5 && !timings.ocr && !timings.detect ? t('common.model') : t('results.other'), rest);
  }
  if (delivery) {
    at = Math.max(at, total);
    add(t('results.store'), delivery.store_ms);
    add(t('results.deliver'), delivery.deliver_ms);
  }
  return stages;
}

/** @param {ResultEvent} result */
export function waterfall(result) {
  const stages = stagesOf(result);
  if (stages.length < 2) {
    return nothing;
  }
  const from = Math.min(0, ...stages.map((s) => s.from));
  const to = Math.max(result.total_latency_ms, ...stages.map((s) => s.to));
  const share = (/** @type {number} */ ms) => `${((ms - from) / (to - from)) * 100}%`;
  return html`<table class="waterfall">
    <caption class="only-read">
      ${t('results.durationByStage')}
    </caption>
    <tbody>
      ${stages.map(
        ({ name, from: start, to: end }) => html`<tr>
          <th scope="row">${name}</th>
          <td class="bar"
            ><span
              style=${styleMap({ left: share(start), width: `max(2px, ${((end - start) / (to - from)) * 100}%)` })}
            ></span></td>
          <td class="numeric">${latency(end - start)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

export const waterfallStyles = css`
  .waterfall {
    width: 100%;
    margin-top: 8px;
    border-collapse: collapse;
  }
  .waterfall th {
    width: 84px;
    padding: 1px 0;
    color: var(--soft);
    font-weight: 400;
    text-align: left;
  }
  .waterfall .bar {
    position: relative;
    padding: 0;
  }
  .waterfall .bar span {
    position: absolute;
    top: 50%;
    height: 8px;
    margin-top: -4px;
    border-radius: 2px;
    background: var(--line-strong);
  }
  .waterfall .numeric {
    width: 64px;
    padding: 1px 0 1px 8px;
    text-align: right;
    white-space: nowrap;
  }
  @container (max-width: 260px) {
    .waterfall th,
    .waterfall .numeric {
      width: 1px;
    }
    .waterfall th {
      padding-right: 8px;
    }
  }
`;
