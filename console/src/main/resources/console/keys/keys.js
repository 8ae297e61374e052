/**
 * @typedef {'submit' | 'play' | 'prompt' | 'search' | 'next' | 'previous' | 'follow' | 'live' | 'watches' | 'help'} Command
 */

/** @type {{keys: string[], means: string}[]} shortcuts, as the help shows them */
export const KEYS = [
  { keys: ['Enter', 'Ctrl Enter'], means: 'Start, or update the prompt while it runs' },
  { keys: ['Space'], means: 'Play or pause' },
  { keys: ['/'], means: 'Search the answers of all sessions' },
  { keys: ['Q'], means: 'Go to the question' },
  { keys: ['J', '↓'], means: 'Next answer' },
  { keys: ['K', '↑'], means: 'Answer before' },
  { keys: ['F'], means: 'Follow the newest answer' },
  { keys: ['L'], means: 'All live sessions' },
  { keys: ['W'], means: 'Watches and incidents' },
  { keys: ['X', 'Shift ↓'], means: 'Select videos in the list' },
  { keys: ['Del'], means: 'Delete the video, or those selected' },
  { keys: ['Ctrl Z'], means: 'Undo the last deletion' },
  { keys: ['Esc'], means: 'Leave the question, close a panel' },
  { keys: ['?'], means: 'This list' },
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
