import { jsonOf } from '../look/json-words.js';
import { numbersOf } from '../session/spans.js';

/** With more different answers than this, edges separate them, not colors. */
const MAX_COLOURS = 6;

/**
 * Higher numbers are darker; other answers get a color each while there are few.
 *
 * @param {import('../session/spans.js').Span[]} spans
 * @returns {(span: import('../session/spans.js').Span) => {name: string, opacity: number}}
 */
export function coloursOf(spans) {
  const numbers = spans.map((span) => onlyNumber(span.first));
  const most = Math.max(1, ...numbers.filter((n) => n !== undefined));
  const answered = spans.filter((span) => span.first.ok).length;
  const numeric = numbers.filter((n) => n !== undefined).length >= answered * 0.6;
  const values = [...new Set(spans.map((span) => span.first.result.trim()))];
  return (span) => {
    if (!span.first.ok) {
      return { name: 'bad', opacity: 1 };
    }
    const number = onlyNumber(span.first);
    if (number === 0 || /^\s*(no|none|nothing|false|null)\b/i.test(span.first.result)) {
      return { name: 'none', opacity: 1 };
    }
    if (numeric && number !== undefined) {
      return { name: 'c0', opacity: 0.35 + 0.65 * Math.min(1, Math.max(0, number / most)) };
    }
    return values.length <= MAX_COLOURS
      ? { name: `c${values.indexOf(span.first.result.trim())}`, opacity: 1 }
      : { name: 'plain', opacity: 1 };
  };
}

/**
 * @param {ResultEvent} result
 * @returns {number | undefined} the answer, if it is only a number
 */
function onlyNumber(result) {
  const json = jsonOf(result.result);
  return json !== undefined && Object.keys(json).length > 1 ? undefined : [...numbersOf(result).values()][0];
}
