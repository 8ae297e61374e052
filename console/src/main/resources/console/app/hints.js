import { html, nothing } from '../lib/lit/index.js';
import * as icons from '../look/icons.js';
import { notice } from '../look/notice.js';
import { unlessReported } from '../look/unless-reported.js';
import { mayChange } from '../service/access.js';
import { canStartAgain } from '../look/words.js';
import { t } from '../messages/messages.js';
import { needsMotion } from '../prompt/presets.js';
import { MOTION, framesPerClip } from '../sampling/sampling.js';
import { Problem } from '../service/problem.js';
import { STOPPED, reasonWords } from '../session/note-words.js';

/** @typedef {import('../session/open-session.js').OpenSession} OpenSession */

/** @param {Session} session */
export function endedBadly(session) {
  if (session.status !== 'failed') {
    return nothing;
  }
  const problem = new Problem({ title: t('app.thisRunFailed'), detail: reasonWords(session.reason) });
  const title = new Problem({ title: problem.title, detail: '' });
  return unlessReported(problem, notice(problem, [], undefined), notice(title, [], undefined));
}

/**
 * Hint shown before the first answer.
 *
 * @param {OpenSession} open
 */
export function noAnswers(open) {
  if (open.loading) {
    return html`<p>${t('app.loadingTheAnswers')}</p>`;
  }
  if (open.running) {
    return html`<p>${t('common.waitingForTheFirstAnswer')}</p>`;
  }
  if (!mayChange(open.session)) {
    return html`<h3>${t('app.noAnswersYet')}</h3>
      <p>${t('app.answersAppearAfterTheOwnerStarts')}</p>`;
  }
  if (open.live && canStartAgain(open.session)) {
    return html`<h3>${t('app.noAnswersYet')}</h3>
      <p>${t('app.typeAQuestionAboutTheLivePicture')}</p>`;
  }
  if (open.live) {
    return html`<h3>${t('app.noAnswers')}</h3>
      <p>${t('app.theStreamEndedBeforeTheFirst')}</p>`;
  }
  return html`<h3>${t('app.noAnswersYet')}</h3>
    <p>${t('app.typeAQuestionAboutTheVideo')}</p>`;
}

/**
 * How a live stream ended, and how it can be sent again.
 *
 * @param {Session} session
 * @param {((kind: 'webcam' | 'screen') => void) | undefined} film undefined for users who cannot create sessions
 */
export function liveIsOver({ status, reason, source }, film) {
  const stopped = reason === STOPPED ? `${t('common.stopped')}.` : reason;
  const how = status !== 'failed' && stopped ? stopped : t('app.thisStreamHasEnded');
  const kind = source.type;
  if (film && (kind === 'screen' || kind === 'webcam')) {
    return html`<p class="over">${how} ${t('app.aNewSessionStartsWithTheSameQuestion')}</p>
      <p class="again">
        <button class="main" @click=${() => film(kind)}>
          ${kind === 'screen' ? html`${icons.screen} ${t('app.shareAgain')}` : html`${icons.camera} ${t('app.useTheWebcamAgain')}`}
        </button>
      </p>`;
  }
  return html`<p class="over">
    ${how} ${t('app.thisSessionCantBeStartedAgain')}
  </p>`;
}

/**
 * @param {string} prompt
 * @param {import('../sampling/sampling.js').Asking} asking
 * @param {(sampling: Partial<import('../sampling/sampling.js').Asking>) => void} take
 */
export function motionHint(prompt, asking, take) {
  if (!needsMotion(prompt) || framesPerClip(asking) > 1) {
    return nothing;
  }
  return html`<p class="hint">
    ${t('app.oneFrameCantShowAChange')}
    <button @click=${() => take(MOTION.sampling)}>
      ${t('app.lookAtFramesEachTime', { frames: t('count.frames', { n: framesPerClip(MOTION.sampling) }) })}
    </button>
  </p>`;
}
