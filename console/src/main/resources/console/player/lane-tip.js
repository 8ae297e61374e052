import { html, nothing } from '../lib/lit/index.js';
import { styleMap } from '../lib/lit-html/directives/style-map.js';
import { answerInWords } from '../look/json-words.js';
import { t } from '../messages/messages.js';

/**
 * What a lane shows at the mouse.
 *
 * @typedef {object} Tip
 * @property {import('../session/spans.js').Track} [track]
 * @property {import('../session/spans.js').Span} [span] none where nothing was asked
 * @property {string} picture URL of the frame; empty for none
 * @property {number} left pixels
 * @property {string} at the time, in words
 * @property {(seconds: number) => string} since the start of a span, in words
 */

/**
 * @param {Tip} tip
 * @param {() => void} missing called where the picture can't be loaded
 */
export function laneTip({ track, span, picture, left, at, since }, missing) {
  const { older = false, name = '', run = 0 } = track ?? {};
  const failed = span !== undefined && !span.first.ok;
  const said = span && (failed ? (span.first.error?.message ?? t('common.failed')) : answerInWords(span.first.result, ', ') || t('common.emptyAnswer'));
  const of = older ? `${t('player.runRun', { run })}${name ? `, ${name}` : ''} · ` : '';
  return html`<div class="tip" aria-hidden="true" style=${styleMap({ left: `${left}px` })}>
    ${picture ? html`<img crossorigin="anonymous" alt="" src=${picture} @error=${missing} />` : nothing}
    <p class="when numeric">
      ${of}${at}${span && span.answers > 1
        ? t('player.answersSinceFrom', { answers: t('count.answers', { n: span.answers }), from: since(span.from) })
        : ''}
    </p>
    <p class=${failed ? 'bad' : ''} dir="auto">${said ?? t('player.noAnswerHere')}</p>
  </div>`;
}
