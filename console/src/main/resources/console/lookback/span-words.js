import { clock } from '../look/words.js';

/** A second of the video as text, such as `1:05.5`; of live video as time of day. */

/**
 * @param {number} seconds of the video, or since the first picture
 * @param {number} began when that arrived, in milliseconds of `Date`; 0 for a file
 */
export function momentText(seconds, began) {
  if (!began) {
    return clock(seconds, 1);
  }
  const at = new Date(began + seconds * 1000);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':');
}

const NUMBERS = /^\s*(?:(\d{1,2}):)?(?:(\d{1,3}):)?(\d{1,6}(?:[.,]\d+)?)\s*$/;

/**
 * Reads what {@link momentText} wrote, or seconds.
 *
 * @param {string} text
 * @param {number} began
 * @returns {number | undefined} seconds; undefined where it is not a time
 */
export function momentOf(text, began) {
  const found = NUMBERS.exec(text);
  if (!found) {
    return undefined;
  }
  const [, first, second, last] = found;
  const rest = Number(last.replace(',', '.'));
  const units = [first, second].filter((part) => part !== undefined).map(Number);
  const seconds = units.length === 2 ? units[0] * 3600 + units[1] * 60 + rest : (units[0] ?? 0) * 60 + rest;
  if (!began) {
    return seconds;
  }
  const day = new Date(began);
  day.setHours(0, 0, 0, 0);
  const at = day.getTime() + seconds * 1000;
  // Just after midnight, an earlier time of day is one of the next day.
  return ((at < began - 1000 ? at + 86_400_000 : at) - began) / 1000;
}
