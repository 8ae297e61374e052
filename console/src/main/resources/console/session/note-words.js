import { clock, count } from '../look/words.js';

/**
 * Reasons that need no sentence.
 *
 * @type {Record<string, string>}
 */
const USUAL_ENDS = {
  '': 'Ended',
  'The video ended.': 'End of the video',
  'Stopped on request.': 'Stopped',
};
/** Adds the name of the question where there are several. */
const DROPPED = /^(.+: )?(\d+) clips? dropped, newest kept$/;

/**
 * @param {string} text of an event
 * @returns {{whose: string, clips: number} | undefined} number of dropped clips that it reports, if any
 */
export function dropped(text) {
  const found = DROPPED.exec(text);
  return found ? { whose: found[1] ?? '', clips: Number(found[2]) } : undefined;
}

/** @param {EndEvent} event */
export function endWords(event) {
  switch (event.status) {
    case 'finished':
    case 'stopped':
      return USUAL_ENDS[event.reason ?? ''] ?? event.reason ?? '';
    default:
      return `Failed: ${reasonWords(event.reason)}`;
  }
}

/**
 * @param {string | null | undefined} reason why a session failed, from the API
 * @returns {string} a sentence
 */
export function reasonWords(reason) {
  if (reason === 'interrupted') {
    return 'The service was restarted while it ran. Start it again.';
  }
  return reason || 'The service gave no reason.';
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
  const from = since.length > 0 ? ` since ${clock(Math.min(...since))}` : '';
  return `Nothing has changed${from} · ${count(saved, 'call')} saved`;
}
