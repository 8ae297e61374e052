import { html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { notice } from '../look/notice.js';
import { mayChange } from '../service/access.js';
import { canStartAgain, count } from '../look/words.js';
import { needsMotion } from '../prompt/presets.js';
import { SAMPLING_PRESETS, framesPerClip } from '../sampling/sampling.js';
import { Problem } from '../service/problem.js';
import { reasonWords } from '../session/note-words.js';

/** @typedef {import('../session/open-session.js').OpenSession} OpenSession */

/** @param {Session} session */
export function endedBadly(session) {
  return session.status === 'failed'
    ? notice(
        new Problem({ title: 'This run failed', detail: reasonWords(session.reason) }),
        [],
        undefined,
      )
    : nothing;
}

/**
 * Hint shown before the first answer.
 *
 * @param {OpenSession} open
 */
export function noAnswers(open) {
  if (open.loading) {
    return html`<p>Loading the answers</p>`;
  }
  if (open.running) {
    return html`<p>Waiting for the first answer</p>`;
  }
  if (!mayChange(open.session)) {
    return html`<h3>No answers yet</h3>
      <p>They appear here once its owner starts the session.</p>`;
  }
  if (open.live && canStartAgain(open.session)) {
    return html`<h3>No answers yet</h3>
      <p>Type a question, or take a ready-made one, and press Start. The picture appears beside, and each
        answer here.</p>`;
  }
  if (open.live) {
    return html`<h3>No answers</h3>
      <p>The stream ended before the first one.</p>`;
  }
  return html`<h3>No answers yet</h3>
    <p>Type a question, or take a ready-made one, and press Start. Each answer appears here with its
      time in the video; click one to go there.</p>`;
}

/**
 * How a live stream ended, and how it can be sent again.
 *
 * @param {Session} session
 * @param {((kind: 'webcam' | 'screen') => void) | undefined} film undefined for users who cannot create sessions
 */
export function liveIsOver({ status, reason, source }, film) {
  const how = status !== 'failed' && reason ? `${reason} This` : 'This stream is over. This';
  const kind = source.type;
  if (film && (kind === 'screen' || kind === 'webcam')) {
    return html`<p class="over">${how} session keeps its answers. A new one starts with the same question.</p>
      <p class="again">
        <button class="main" @click=${() => film(kind)}>
          ${kind === 'screen' ? html`${icons.screen} Share again` : html`${icons.camera} Film again`}
        </button>
      </p>`;
  }
  return html`<p class="over">
    ${how} session keeps its answers and cannot be started again. When its sender reconnects, a new session appears in
    the list.
  </p>`;
}

/**
 * @param {string} prompt
 * @param {import('../sampling/sampling.js').Asking} asking
 * @param {(sampling: Partial<import('../sampling/sampling.js').Asking>) => void} take
 */
export function motionHint(prompt, asking, take) {
  const motion = SAMPLING_PRESETS.find((p) => p.name === 'Motion');
  if (!needsMotion(prompt) || framesPerClip(asking) > 1 || !motion) {
    return nothing;
  }
  return html`<p class="hint">
    One frame cannot show a change.
    <button @click=${() => take(motion.sampling)}>
      Look at ${count(framesPerClip(motion.sampling), 'frame')} each time
    </button>
  </p>`;
}
