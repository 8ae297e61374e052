import { nameOf } from '../look/session-name.js';
import { isLive, isRunning, sourceWords, statusWords } from '../look/words.js';
import { t } from '../messages/messages.js';

/**
 * @typedef {'newest' | 'running' | 'name'} Order
 */

/** @type {[Order, string][]} orders of the list */
export const ORDERS = [
  ['newest', t('sessions.newest')],
  ['running', t('sessions.runningFirst')],
  ['name', t('common.name')],
];

const KEY = 'framewise.sessions-order';

/** @returns {Order} the order chosen last */
export function savedOrder() {
  const saved = localStorage.getItem(KEY);
  return ORDERS.find(([order]) => order === saved)?.[0] ?? 'newest';
}

/** @param {Order} order */
export function saveOrder(order) {
  localStorage.setItem(KEY, order);
}

/**
 * @param {Session[]} sessions newest first
 * @param {Order} order
 * @param {string} filter words that the name, status, source or newest answer must contain
 * @returns {Session[]}
 */
export function inOrder(sessions, order, filter) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = sessions.filter((s) => {
    const text = factsOf(s);
    return words.every((word) => text.includes(word));
  });
  if (order === 'name') {
    shown.sort((a, b) => nameOf(a).localeCompare(nameOf(b), undefined, { numeric: true, sensitivity: 'base' }));
  } else if (order === 'running') {
    shown.sort((a, b) => Number(isRunning(b)) - Number(isRunning(a)));
  }
  return shown;
}

/** @param {Session} s */
function factsOf(s) {
  const facts = [nameOf(s), s.filename, statusWords(s), sourceWords(s), isLive(s) ? 'live' : '', s.newest?.text ?? ''];
  return facts.join('\n').toLowerCase();
}
