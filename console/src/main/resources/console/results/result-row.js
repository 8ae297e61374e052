import { html, nothing } from '../lib/lit/index.js';
import { classMap } from '../lib/lit-html/directives/class-map.js';
import { keyed } from '../lib/lit-html/directives/keyed.js';
import { backendName } from '../look/backend-name.js';
import * as icons from '../look/icons.js';
import { jsonOf } from '../look/json-words.js';
import { clock, latency, moment } from '../look/words.js';
import { t } from '../messages/messages.js';
import { changePicture, foldRow } from './fold-row.js';
import { jsonAnswer } from './json-answer.js';
import './result-details.js';

/**
 * Display options for rows of the list.
 *
 * @typedef {{current: ResultEvent | undefined, live: boolean, wide: (columns: number) => boolean, opened: Set<string>,
 *     toggle: (id: string) => void, insteadOf: (result: ResultEvent) => string | undefined,
 *     api: import('../service/api.js').Api | undefined, decimals: number,
 *     tell: ((result: ResultEvent) => void) | undefined,
 *     frameUrl: ((seconds: number, result?: ResultEvent) => string) | undefined}} Showing
 */

/**
 * One row of the list. A model's answer is always text here, never markup.
 *
 * @param {import('./folds.js').FindingRow & {changed?: boolean, inside?: boolean, differs?: Set<string>}} row
 * @param {Showing} showing
 */
export function rowOf(row, showing) {
  switch (row.kind) {
    case 'prompt':
      return html`<li class="prompt" data-seq=${row.seq}>
        <span class="only-read">${t('results.question')} </span><bdi>${row.prompt}</bdi>
      </li>`;
    case 'questions':
      return html`<li
        class="prompt questions ${showing.wide(row.asked.size) ? 'columns' : ''}"
        style="--columns: ${row.asked.size}"
        data-seq=${row.seq}
      >
        ${showing.wide(row.asked.size) ? html`<span></span>` : nothing}
        ${[...row.asked].map(
          ([name, prompt]) => html`<span class="question"
            ><b>${name}</b> <span class="only-read">${t('results.asks')} </span><span class="asks" title=${prompt}>${prompt}</span></span
          >`,
        )}
      </li>`;
    case 'run':
      return html`<li class="run numeric" data-seq=${row.seq}>${t(row.past ? 'lookback.runAt' : 'results.runRunAt', { run: row.run, at: moment(row.at) })}</li>`;
    case 'note':
      return html`<li class="note ${row.tone}" data-seq=${row.seq}>${row.text}</li>`;
    case 'unchanged':
      return html`<li class="note unchanged numeric" data-seq=${row.seq}>${row.text}</li>`;
    case 'growing':
      return html`<li class="growing" data-id=${row.event.id}>
        <div class="line">
          <span class="at numeric">${clock(row.event.clip.start_seconds, showing.decimals)}</span>
          <span class="said" dir="auto">${row.event.result}${CARET}</span>
        </div>
      </li>`;
    case 'result':
      return resultRow(row.event, showing, row);
    case 'fold':
      return foldRow(row, showing);
    case 'clip':
      return clipRow(row, showing);
  }
}

const CARET = html`<span class="caret" role="img" aria-label="${t('results.beingWritten')}"></span>`;

/**
 * @param {ResultEvent} result
 * @param {Showing} showing
 * @param {{changed?: boolean, inside?: boolean}} how whether the row is a change, or part of a fold
 */
function resultRow(result, showing, { changed = false, inside = false }) {
  const { start_seconds: start, frames } = result.clip;
  const current = result === showing.current;
  const facts = [latency(result.inference_latency_ms)];
  if (frames > 1) {
    facts.push(t('count.frames', { n: frames }));
  }
  return html`<li
    class=${classMap({ result: true, current, failed: !result.ok, changed, inside })}
    data-seq=${result.seq}
  >
    <button class="line" data-start=${start} title=${toThere(start, showing)} aria-current=${current ? 'true' : nothing}>
      <span class="at numeric">${clock(start, showing.decimals)}</span>
      <span class="said" dir="auto">${changed ? changePicture(start, showing, result) : nothing}${answer(result)}${instead(result, showing)}</span>
      <span class="facts numeric">${facts.map((f) => html`<span>${f}</span>`)}</span>
    </button>
    ${details(result, showing, t('results.theAnswerAtStart', { start: clock(start) }))}
  </li>`;
}

/**
 * @param {import('./clips.js').ClipRow & {changed?: boolean, inside?: boolean, differs?: Set<string>}} row
 * @param {Showing} showing
 */
function clipRow(row, showing) {
  const start = row.clip.start_seconds;
  const { current } = showing;
  const wide = showing.wide(row.names.length);
  const pictured = row.changed ? row.names.find((name) => row.differs?.has(name)) : undefined;
  const isCurrent = [...row.cells.values()].some((cell) => cell === current);
  return html`<li
    class=${classMap({ clip: true, columns: wide, current: isCurrent, changed: row.changed ?? false, inside: row.inside ?? false })}
    style="--columns: ${row.names.length}"
    data-seq=${row.seq}
  >
    <button class="at numeric" data-start=${start} title=${toThere(start, showing)} aria-current=${isCurrent ? 'true' : nothing}>
      ${clock(start, showing.decimals)}
    </button>
    ${row.names.map((name) => cell(name, row.cells.get(name), wide, showing, row.differs?.has(name) ?? false, name === pictured))}
  </li>`;
}

/**
 * @param {string} name
 * @param {ResultEvent | PartialEvent | undefined} one
 * @param {boolean} wide whether the name is above the column
 * @param {Showing} showing
 * @param {boolean} differs whether it differs from the clip before and is marked
 * @param {boolean} pictured whether it has the clip's picture
 */
function cell(name, one, wide, showing, differs, pictured) {
  if (!one) {
    return html`<div class="cell none" data-name=${name}></div>`;
  }
  const label = html`<span class=${wide ? 'only-read' : 'label'}>${name}</span>`;
  if (one.type === 'partial') {
    return html`<div class="cell growing" data-name=${name} data-id=${one.id}>
      ${label}<span class="said" dir="auto">${one.result}${CARET}</span>
    </div>`;
  }
  return html`<div class=${classMap({ cell: true, failed: !one.ok, differs })} data-name=${name} data-result=${one.seq}>
    ${label}<span class="said" dir="auto">${answer(one)}${instead(one, showing)}${pictured ? changePicture(one.clip.start_seconds, showing, one) : nothing}</span>
    ${details(one, showing, t('results.nameAtStart', { name, start: clock(one.clip.start_seconds) }))}
  </div>`;
}

/**
 * @param {ResultEvent} result
 * @param {Showing} showing
 * @param {string} what
 */
function details(result, showing, what) {
  const open = showing.opened.has(result.id);
  return html`<details class="details" ?open=${open} @toggle=${(/** @type {Event} */ e) => {
    const element = /** @type {HTMLDetailsElement} */ (e.target);
    if (element.open !== open) {
      showing.toggle(result.id);
      // Those of the last row open below the screen.
      requestAnimationFrame(() => element.open && element.closest('li')?.scrollIntoView({ block: 'nearest' }));
    }
  }}>
    <summary aria-label="${t('results.detailsOfWhat', { what })}" title="${t('results.details')}">${icons.chevron}</summary>
    ${open
      ? keyed(
          result.id,
          html`<fw-result-details
            .result=${result}
            .insteadOf=${showing.insteadOf(result)}
            .api=${showing.api}
            .tell=${showing.tell}
          ></fw-result-details>`,
        )
      : nothing}
  </details>`;
}

/** @param {number} start @param {Showing} showing */
function toThere(start, showing) {
  return t(showing.live ? 'results.showTheAnswerAtTime' : 'results.goToTime', { time: clock(start, 1) });
}

/**
 * @param {ResultEvent} result
 * @param {Showing} showing
 */
function instead(result, showing) {
  const asked = showing.insteadOf(result);
  return asked
    ? html` <span class="instead" title="${t('results.backendCouldntAnswer', { backend: backendName(asked) })}">${t('results.backendInstead', { backend: backendName(result.backend) })}</span>`
    : nothing;
}

/** @param {ResultEvent} result */
export function answer(result) {
  if (!result.ok) {
    return html`<strong>${t('common.failed')}</strong> ${result.error?.message ?? t('results.noReasonWasGiven')}`;
  }
  const cut = result.finish_reason === 'length' ? html` <em>${t('results.cutOff')}</em>` : nothing;
  if (result.result.trim() === '') {
    return html`<em>${t('common.emptyAnswer')}</em>`;
  }
  const json = jsonOf(result.result);
  return html`${json === undefined ? result.result : jsonAnswer(json)}${cut}`;
}
