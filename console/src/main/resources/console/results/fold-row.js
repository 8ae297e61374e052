import { html, nothing } from '../lib/lit/index.js';
import { classMap } from '../lib/lit-html/directives/class-map.js';
import { keyed } from '../lib/lit-html/directives/keyed.js';
import * as icons from '../look/icons.js';
import { clock } from '../look/words.js';
import { t } from '../messages/messages.js';
import { answersOf } from './folds.js';
import { answer } from './result-row.js';

/**
 * Consecutive equal answers as one row, which can be expanded.
 *
 * @param {import('./folds.js').FoldRow} row
 * @param {import('./result-row.js').Showing} showing
 */
export function foldRow(row, showing) {
  const open = showing.opened.has(row.key);
  const first = row.rows[0];
  const events = answersOf(row);
  const answers = answersOf(first);
  const failed = answers.every((one) => !one.ok);
  const current = !open && showing.current !== undefined && events.includes(showing.current);
  // In columns below the names of the questions, like the rows of single clips.
  const columns = first.kind === 'clip' && showing.wide(first.names.length) ? first.names : undefined;
  // The thumbnail appears once, beside the first answer that changed.
  const pictured = columns?.find((name) => row.differs?.has(name));
  const picture = row.changed ? changePicture(startOf(first), showing, answers[0]) : nothing;
  const from = clock(startOf(first), showing.decimals);
  const to = clock(startOf(row.rows[row.rows.length - 1]), showing.decimals);
  const facts = [t('count.answers', { n: row.rows.length })];
  if (row.saved > 0) {
    facts.push(t('results.callsSaved', { calls: t('count.calls', { n: row.saved }) }));
  }
  if (row.skipped > 0) {
    facts.push(t('results.skippedSkipped', { skipped: row.skipped }));
  }
  return html`<li
    class=${classMap({ fold: true, columns: columns !== undefined, current, failed, changed: row.changed, open })}
    style=${columns ? `--columns: ${columns.length}` : nothing}
    data-seq=${row.seq}
  >
    <button
      class="line"
      data-start=${startOf(first)}
      title=${t(showing.live ? 'results.showTheAnswerAtTime' : 'results.goToTime', { time: from })}
      aria-current=${current ? 'true' : nothing}
    >
      <span class="at numeric">${from}<wbr />–${to}</span>
      ${columns
        ? columns.map((name) => {
            const one = answers.find((a) => a.name === name);
            const differs = row.differs?.has(name) ?? false;
            return html`<span class="said one ${differs ? 'differs' : ''}" dir="auto"
              ><b class="only-read">${name} </b>${one ? answer(one) : nothing}${name === pictured ? picture : nothing}</span
            >`;
          })
        : html`<span class="said" dir="auto"
            >${picture}${answers.map(
              (one) => html`<span class="one ${row.differs?.has(one.name ?? '') ? 'differs' : ''}">${one.name ? html`<b class="label">${one.name}</b>` : nothing}${answer(one)}</span>`,
            )}</span
          >`}
      <span class="facts numeric">${facts.map((f) => html`<span>${f}</span>`)}</span>
    </button>
    ${showing.tell && answers[0]?.ok
      ? html`<button
          class="bare tell"
          aria-label="${t('results.notifyMeWhenThisChangesFrom', { from })}"
          title="${t('results.notifyMeWhenThisChanges')}"
          @click=${() => showing.tell?.(answersOf(row.rows[row.rows.length - 1])[0])}
        >
          ${icons.bell}
        </button>`
      : nothing}
    <button
      class="unfold"
      aria-expanded=${String(open)}
      aria-label=${t(open ? 'results.hideTheAnswers' : 'results.showTheAnswers', { n: row.rows.length, from, to })}
      title=${open ? t('results.collapse') : t('results.expand')}
      @click=${() => showing.toggle(row.key)}
    >
      ${icons.chevron}
    </button>
  </li>`;
}

/**
 * The picture at a change; empty where pictures are not kept.
 *
 * @param {number} seconds
 * @param {import('./result-row.js').Showing} showing
 * @param {ResultEvent} [result] whose picture it is
 */
export function changePicture(seconds, showing, result) {
  const src = showing.frameUrl?.(seconds, result);
  return src
    ? keyed(
        src,
        html`<img
          class="thumb"
          crossorigin="anonymous"
          loading="lazy"
          decoding="async"
          alt=""
          src=${src}
          @error=${(/** @type {Event} */ e) => /** @type {Element} */ (e.target).remove()}
        />`,
      )
    : nothing;
}

/** @param {import('./folds.js').AnswerRow} row */
function startOf(row) {
  return (row.kind === 'clip' ? row.clip : row.event.clip).start_seconds;
}
