import { jsonOf } from '../look/json-words.js';

/**
 * Object in the picture.
 *
 * @typedef {{label: string, score?: number, box: [number, number, number, number], kind: 'object' | 'text'}} Seen
 *     `box` is left, top, width and height, as shares of the picture
 */

const MAX_COUNT = 200;

/**
 * Objects that an answer found in the picture: those the service reports, and those in a structured answer with `box`
 * or `bbox` (left, top, width, height as shares) or `box_2d` (top, left, bottom, right in thousandths, as Gemini writes
 * it).
 *
 * @param {ResultEvent} result
 * @returns {Seen[]}
 */
export function seenIn(result) {
  /** @type {Seen[]} */
  const seen = [];
  for (const { label, score, box } of result.objects ?? []) {
    seen.push({ label, score, box, kind: 'object' });
  }
  for (const { text, score, box } of result.texts ?? []) {
    seen.push({ label: text, score, box, kind: 'text' });
  }
  if (seen.length === 0 && result.ok) {
    collect(jsonOf(result.result), seen, 0);
  }
  return seen.slice(0, MAX_COUNT);
}

const DEEPEST = 4;

/**
 * @param {unknown} json
 * @param {Seen[]} seen
 * @param {number} depth
 */
function collect(json, seen, depth) {
  if (typeof json !== 'object' || json === null || depth > DEEPEST || seen.length >= MAX_COUNT) {
    return;
  }
  const fields = /** @type {Record<string, unknown>} */ (json);
  const box = sharesOf(fields.box ?? fields.bbox) ?? thousandthsOf(fields.box_2d);
  if (box) {
    const text = typeof fields.text === 'string' ? fields.text : undefined;
    const label = fields.label ?? fields.name ?? text ?? '';
    const score = typeof fields.score === 'number' ? fields.score : undefined;
    seen.push({ label: String(label), score, box, kind: text !== undefined && fields.label === undefined ? 'text' : 'object' });
    return;
  }
  Object.values(fields).forEach((value) => collect(value, seen, depth + 1));
}

/**
 * @param {unknown} box
 * @returns {[number, number, number, number] | undefined}
 */
function sharesOf(box) {
  return isFour(box) && box.every((n) => n >= 0 && n <= 1) && box[2] > 0 && box[3] > 0 ? box : undefined;
}

/**
 * @param {unknown} box
 * @returns {[number, number, number, number] | undefined}
 */
function thousandthsOf(box) {
  if (!isFour(box) || !box.every((n) => n >= 0 && n <= 1000)) {
    return undefined;
  }
  const [top, left, bottom, right] = box.map((n) => n / 1000);
  return right > left && bottom > top ? [left, top, right - left, bottom - top] : undefined;
}

/**
 * @param {unknown} box
 * @returns {box is [number, number, number, number]}
 */
function isFour(box) {
  return Array.isArray(box) && box.length === 4 && box.every((n) => typeof n === 'number' && Number.isFinite(n));
}

/**
 * All objects in the picture of an answer, from any question.
 *
 * @param {ResultEvent[]} results
 * @param {ResultEvent | undefined} current
 * @returns {Seen[]}
 */
export function seenWith(results, current) {
  if (!current) {
    return [];
  }
  if (current.name === undefined) {
    return seenIn(current);
  }
  return results
    .slice(-200)
    .filter((r) => r.run === current.run && r.clip.start_seconds === current.clip.start_seconds)
    .flatMap(seenIn);
}
