/**
 * Turns unfinished input into a query: closes an open phrase, and makes the last word a prefix.
 *
 * @param {string} typed
 * @returns {string} empty where there is no word yet
 */
export function queryOf(typed) {
  const text = typed.trim();
  if (!/[\p{L}\p{N}]/u.test(text)) {
    return '';
  }
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) {
    return `${text}"*`;
  }
  return /[\p{L}\p{N}]$/u.test(text) && typed === typed.trimEnd() ? `${text}*` : text;
}

/**
 * @param {string} text
 * @param {[number, number][]} marks matches in the text, from left to right
 * @returns {{text: string, match: boolean}[]} the text in parts
 */
export function partsOf(text, marks) {
  const parts = [];
  let at = 0;
  for (const [from, to] of marks) {
    parts.push({ text: text.slice(at, from), match: false }, { text: text.slice(from, to), match: true });
    at = to;
  }
  parts.push({ text: text.slice(at), match: false });
  return parts.filter((part) => part.text !== '');
}

/** @type {Record<string, number>} how far back, in milliseconds */
export const PERIODS = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};
