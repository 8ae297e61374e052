import { html } from '../lib/lit/index.js';
import { styleMap } from '../lib/lit-html/directives/style-map.js';
import { t } from '../messages/messages.js';
import { length } from '../watches/watch-words.js';

/** Least width of a bar, in percent of the timeline. */
const MIN_WIDTH = 0.4;

/** @typedef {{id: string, words: string, from: number, to: number, open: boolean}} Bar */

/**
 * The incidents of a session along its timeline: those of the newest run of a file, or of all runs of live video.
 *
 * @param {SessionEvent[]} events
 * @param {object} axis
 * @param {boolean} axis.live
 * @param {number} axis.run number of the newest run
 * @param {number} axis.end seconds at the end of the timeline
 * @param {(result: ResultEvent) => number} axis.offsetOf seconds to add to the times of a run
 * @returns {Bar[]}
 */
export function barsOf(events, { live, run, end, offsetOf }) {
  /** @type {Map<string, Incident>} */
  const incidents = new Map();
  for (const event of events) {
    if ('incident' in event) {
      incidents.set(event.incident.id, event.incident);
    }
  }
  return [...incidents.values()]
    .filter(({ first }) => live || first.run === run)
    .map(({ id, watch, state, first, last, length_seconds: seconds }) => {
      const by = live ? offsetOf(/** @type {ResultEvent} */ ({ run: first.run })) : 0;
      const open = state === 'open';
      const to = open ? end : Math.max(last.seconds, first.seconds + seconds) + by;
      return { id, words: `${watch}, ${open ? t('watches.open') : length(seconds)}`, from: first.seconds + by, to, open };
    });
}

/**
 * @param {Bar[]} bars
 * @param {number} from seconds at the left edge
 * @param {number} to seconds at the right edge
 * @param {(seconds: number) => void} seek
 */
export function incidentBars(bars, from, to, seek) {
  const percent = (/** @type {number} */ at) => ((Math.min(to, Math.max(from, at)) - from) / (to - from)) * 100;
  return html`<div class="incidents" role="group" aria-label="${t('common.incidents')}">
    ${bars
      .filter((bar) => bar.to >= from && bar.from <= to)
      .map(
        (bar) => html`<button
          class=${bar.open ? 'open' : ''}
          style=${styleMap({ left: `${percent(bar.from)}%`, width: `${Math.max(MIN_WIDTH, percent(bar.to) - percent(bar.from))}%` })}
          aria-label="${t('player.incidentWords', { words: bar.words })}"
          title=${bar.words}
          @pointerdown=${(/** @type {Event} */ e) => e.stopPropagation()}
          @pointerup=${(/** @type {Event} */ e) => e.stopPropagation()}
          @click=${() => seek(bar.from)}
        ></button>`,
      )}
  </div>`;
}
