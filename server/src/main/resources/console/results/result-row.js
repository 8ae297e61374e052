import { html, nothing } from '../lib/lit/index.js';
import { classMap } from '../lib/lit-html/directives/class-map.js';
import { clock, latency } from '../look/words.js';

/**
 * One line of the list. What an AI said is always text here, never markup.
 *
 * @param {import('../session/event-log.js').Row} row
 * @param {boolean} current
 * @param {boolean} live there is no video to go to
 */
export function rowOf(row, current, live) {
  switch (row.kind) {
    case 'prompt':
      return html`<li class="prompt" data-seq=${row.seq}>
        <span class="only-read">Question: </span>${row.prompt}
      </li>`;
    case 'note':
      return html`<li class="note ${row.tone}" data-seq=${row.seq}>${row.text}</li>`;
    case 'result':
      return resultRow(row.event, current, live);
  }
}

/**
 * @param {ResultEvent} result
 * @param {boolean} current
 * @param {boolean} live
 */
function resultRow(result, current, live) {
  const { start_seconds: start, end_seconds: end, frames } = result.clip;
  const facts = [latency(result.inference_latency_ms)];
  if (frames > 1) {
    facts.push(`${frames} frames`);
  }
  const told =
    `Clip ${clock(start, 2)} to ${clock(end, 2)}, ${frames} ${frames === 1 ? 'frame' : 'frames'}.` +
    ` ${result.backend}${result.model ? ` (${result.model})` : ''}` +
    ` answered in ${latency(result.inference_latency_ms)}, ${latency(result.total_latency_ms)} in all.`;
  return html`<li
    class=${classMap({ result: true, current, failed: !result.ok })}
    data-seq=${result.seq}
  >
    <button data-start=${start} title="${live ? 'Show the answer at' : 'Go to'} ${clock(start, 1)}" aria-current=${current ? 'true' : nothing}>
      <span class="at numeric">${clock(start)}</span>
      <span class="said">${result.ok ? said(result) : failure(result)}</span>
      <span class="facts numeric" title=${told}>${facts.map((f) => html`<span>${f}</span>`)}</span>
    </button>
  </li>`;
}

/** @param {ResultEvent} result */
function said(result) {
  const cut = result.finish_reason === 'length' ? html` <em>(cut off)</em>` : nothing;
  return result.result.trim() === '' ? html`<em>Empty answer</em>` : html`${result.result}${cut}`;
}

/** @param {ResultEvent} result */
function failure(result) {
  return html`<strong>Failed</strong> ${result.error?.message ?? 'No reason was given.'}`;
}
