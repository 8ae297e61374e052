import { clock } from '../look/words.js';
import { t } from '../messages/messages.js';

/** @typedef {import('../messages/messages.js').Key} Key */

/** The service's reason where a user stopped it. */
export const STOPPED = 'Stopped on request.';

/**
 * Reasons that need no sentence.
 *
 * @type {Record<string, string>}
 */
const USUAL_ENDS = {
  '': t('common.ended'),
  'The video ended.': t('session.endOfTheVideo'),
  [STOPPED]: t('common.stopped'),
};
/** With the name of the question where there are several; the second form is that of earlier versions. */
const DROPPED = /^(.+: )?(?:Skipped (\d+) clips? to keep up|(\d+) clips? dropped, newest kept)$/;

/**
 * Clips that were dropped: of which question, with a colon, and how many.
 *
 * @typedef {{whose: string, clips: number}} Dropped
 */

/**
 * @param {string} text of an event
 * @returns {Dropped | undefined} number of dropped clips that it reports, if any
 */
export function dropped(text) {
  const found = DROPPED.exec(text);
  return found ? { whose: found[1] ?? '', clips: Number(found[2] ?? found[3]) } : undefined;
}

/**
 * @param {string} whose with a colon; empty for the only question
 * @param {number} clips
 */
export function droppedWords(whose, clips) {
  return `${whose}${t('session.skippedClips', { n: clips })}`;
}

/** @type {[RegExp, Key][]} what the service reports about sources, in the words of the user's language */
const NOTICES = [
  [/^The video is back\.$/, 'session.theVideoIsBack'],
  [/^The sender reconnected\.$/, 'session.theSenderReconnected'],
];

/**
 * @param {string} text of an event
 * @returns {string} in the user's language where it is a known notice, unchanged otherwise
 */
export function noticeWords(text) {
  const known = NOTICES.find(([pattern]) => pattern.test(text));
  return known ? t(known[1]) : text;
}

/**
 * @param {EndEvent} event
 * @param {boolean} newest whether it is the session's newest; the page then shows the reason of a failure beside the video
 */
export function endWords(event, newest) {
  switch (event.status) {
    case 'finished':
    case 'stopped':
      return USUAL_ENDS[event.reason ?? ''] ?? event.reason ?? '';
    default:
      return newest ? t('common.failed') : t('session.failedReason', { reason: reasonWords(event.reason) });
  }
}

/**
 * @param {string | null | undefined} reason why a session failed, from the API
 * @returns {string} a sentence
 */
export function reasonWords(reason) {
  if (reason === 'interrupted') {
    return t('session.theServiceWasRestartedWhileIt');
  }
  return reason || t('session.theServiceGaveNoReason');
}

/**
 * @param {UnchangedEvent[]} events the newest one of each question
 * @param {(seq: number) => ResultEvent | undefined} resultOf
 * @returns {string} such as "Nothing has changed since 0:05 · 12 calls saved"
 */
export function unchangedWords(events, resultOf) {
  const saved = events.reduce((sum, e) => sum + e.skipped, 0);
  const since = events
    .map((e) => resultOf(e.since_seq)?.clip.start_seconds)
    .filter((seconds) => seconds !== undefined);
  const from = since.length > 0 ? t('session.sinceTime', { time: clock(Math.min(...since)) }) : '';
  return t('session.nothingHasChangedFromCallsSaved', { from, calls: t('count.calls', { n: saved }) });
}
