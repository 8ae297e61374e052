import { answerInWords } from '../look/json-words.js';
import { t } from '../messages/messages.js';

/**
 * Text over the picture: the answers that belong to it, one line for each question, and the partial text of a newer
 * one.
 *
 * @param {import('./open-session.js').OpenSession} open
 * @param {ResultEvent | undefined} current the answer that belongs to the picture
 * @param {number} until seconds of the video; partial answers about later clips are not shown yet
 */
export function shownOver({ log, growing }, current, until) {
  const partial = growing.answers.findLast((a) => a.clip.start_seconds <= until && a.result !== '');
  if (partial && (!current || partial.clip.start_seconds > current.clip.start_seconds)) {
    return together(growing.answers.filter((a) => sameClip(a, partial)).map(asAnswer));
  }
  if (!current || current.name === undefined) {
    return current;
  }
  const siblings = log.results.slice(-200).filter((r) => sameClip(r, current) && r.run === current.run);
  return together(siblings.length > 0 ? siblings : [current]);
}

/** @param {PartialEvent} partial */
function asAnswer(partial) {
  return { ...partial, ok: true, error: undefined };
}

/**
 * @param {{clip: Clip}} a
 * @param {{clip: Clip}} b
 */
function sameClip(a, b) {
  return a.clip.start_seconds === b.clip.start_seconds && a.clip.index === b.clip.index;
}

/** @param {{clip: Clip, name?: string, ok: boolean, result: string, error?: ResultEvent['error']}[]} answers */
function together(answers) {
  const [first] = answers;
  if (answers.length === 1 && first.name === undefined) {
    return first;
  }
  const byName = new Map(answers.map((a) => [a.name, a]));
  const lines = [...byName].map(([name, a]) => `${name}: ${a.ok ? answerInWords(a.result, ', ') : (a.error?.message ?? t('common.failed'))}`);
  return { clip: first.clip, ok: true, result: lines.join('\n') };
}
