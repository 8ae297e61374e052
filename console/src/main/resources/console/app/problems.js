import { notice } from '../look/notice.js';
import { t } from '../messages/messages.js';

/**
 * The most serious problem, and what can be done about it.
 *
 * @param {import('./library.js').Library} library
 * @param {import('../capture/film.js').Film} film
 * @param {import('./opened.js').Opened} opened
 * @param {() => void} settings opens the settings
 */
export function problemOf(library, film, opened, settings) {
  const open = { label: t('app.openSettings'), act: settings };
  if (library.problem) {
    return notice(library.problem, [{ label: t('common.tryAgain'), act: () => library.refresh() }, open], undefined);
  }
  if (film.interrupted) {
    const { problem, again } = film.interrupted;
    return notice(problem, [{ label: t('app.continue'), act: again }], () => film.giveUp());
  }
  const { problem } = opened;
  if (!problem && library.storage) {
    return notice(library.storage, [], undefined);
  }
  return notice(problem, problem?.unreachable ? [open] : [], () => opened.fail(undefined));
}
