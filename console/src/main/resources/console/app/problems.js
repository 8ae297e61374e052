import { keyed } from '../lib/lit-html/directives/keyed.js';
import { notice } from '../look/notice.js';
import { unlessReported } from '../look/unless-reported.js';
import { t } from '../messages/messages.js';
import { reported } from '../service/reported.js';

/**
 * The trouble of the whole service, and the problem of what the page shows, with what can be done about each.
 *
 * @param {import('./library.js').Library} library
 * @param {import('../capture/film.js').Film} film
 * @param {import('./opened.js').Opened} opened
 * @param {() => void} settings opens the settings
 */
export function problemOf(library, film, opened, settings) {
  const open = { label: t('app.openSettings'), act: settings };
  if (library.problem) {
    return again(notice(library.problem, [{ label: t('common.tryAgain'), act: () => library.refresh() }, open], undefined));
  }
  return [again(notice(reported.problem, [], undefined)), own(film, opened, open)];
}

/**
 * A new element for each action that fails because of the trouble, which screen readers read again.
 *
 * @param {unknown} trouble
 */
function again(trouble) {
  return keyed(reported.failures, trouble);
}

/**
 * @param {import('../capture/film.js').Film} film
 * @param {import('./opened.js').Opened} opened
 * @param {{label: string, act: () => void}} open
 */
function own(film, opened, open) {
  if (film.interrupted) {
    const { problem, again: resume } = film.interrupted;
    return notice(problem, [{ label: t('app.continue'), act: resume }], () => film.giveUp());
  }
  const { problem } = opened;
  return unlessReported(problem, notice(problem, problem?.unreachable ? [open] : [], () => opened.fail(undefined)));
}
