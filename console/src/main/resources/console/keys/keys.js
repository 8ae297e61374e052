import { t } from '../messages/messages.js';

/**
 * @typedef {'submit' | 'play' | 'prompt' | 'search' | 'next' | 'previous' | 'follow' | 'live' | 'watches' | 'help'} Command
 */

/** @type {{keys: string[], means: string}[]} shortcuts, as the help shows them */
export const KEYS = [
  { keys: [t('keys.enter'), t('keys.ctrlEnter')], means: t('keys.startOrUpdateThePromptWhile') },
  { keys: [t('keys.space')], means: t('keys.playOrPause') },
  { keys: ['/'], means: t('common.searchTheAnswersOfAllSessions') },
  { keys: ['Q'], means: t('keys.goToTheQuestion') },
  { keys: ['J', '↓'], means: t('keys.nextAnswer') },
  { keys: ['K', '↑'], means: t('keys.previousAnswer') },
  { keys: ['F'], means: t('keys.followTheNewestAnswer') },
  { keys: ['L'], means: t('common.allLiveSessions') },
  { keys: ['W'], means: t('keys.watchesAndIncidents') },
  { keys: ['X', t('keys.shift')], means: t('keys.selectVideosInTheList') },
  { keys: [t('keys.del')], means: t('keys.deleteTheVideoOrThoseSelected') },
  { keys: [t('keys.ctrlZ')], means: t('keys.undoTheLastDeletion') },
  { keys: ['Esc'], means: t('keys.leaveTheQuestionCloseAPanel') },
  { keys: ['?'], means: t('keys.showThisList') },
];

/** @type {Record<string, Command>} */
const COMMANDS = {
  ' ': 'play',
  '/': 'search',
  q: 'prompt',
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  f: 'follow',
  l: 'live',
  w: 'watches',
  '?': 'help',
  Enter: 'submit',
};

/** Elements that use Space and Enter themselves. */
const ACTS = 'button, a, summary, select';
/** Elements that use every key themselves. */
const TYPES =
  'textarea, select, [contenteditable], input:not([type=range], [type=radio], [type=checkbox])';
/** Elements that use Space and the arrow keys themselves. */
const CHOOSES = 'input';

/**
 * @param {KeyboardEvent} event
 * @returns {boolean} whether it undoes the last deletion; text fields undo what was typed
 */
export function undoes(event) {
  const at = /** @type {Element} */ (event.composedPath()[0]);
  const key = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  return key && !(at instanceof Element && at.matches(TYPES));
}

/**
 * @param {KeyboardEvent} event
 * @returns {Command | undefined} the key's command where it was pressed
 */
export function commandOf(event) {
  const at = /** @type {Element} */ (event.composedPath()[0]);
  if (event.defaultPrevented || event.isComposing) {
    return undefined;
  }
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    return 'submit';
  }
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return undefined;
  }
  const inDialog = event.composedPath().some((e) => e instanceof HTMLDialogElement);
  if (inDialog || (at instanceof Element && at.matches(TYPES))) {
    return undefined;
  }
  const acts = at instanceof Element && at.matches(ACTS);
  if (acts && (event.key === ' ' || event.key === 'Enter')) {
    return undefined;
  }
  const chooses = at instanceof Element && at.matches(CHOOSES);
  if (chooses && (event.key === ' ' || event.key.startsWith('Arrow'))) {
    return undefined;
  }
  return COMMANDS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
}
