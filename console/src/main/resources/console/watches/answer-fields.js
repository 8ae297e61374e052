import { jsonOf } from '../look/json-words.js';

/** Fields of answers that an expression can use, and the expression that an answer suggests. */

const LOOKED_AT = 200;
const DEEPEST = 3;
const MAX_FIELDS = 24;
const MAX_TEXT_LENGTH = 120;

/** @typedef {{name: string, example: string}} Field */

/**
 * @param {ResultEvent[]} results
 * @param {string | undefined} question name of the question; undefined for the only one
 * @returns {Field[]} that the newest answers have
 */
export function knownFields(results, question) {
  /** @type {Map<string, string>} */
  const fields = new Map();
  const own = results.filter((r) => r.ok && (question === undefined || r.name === question)).slice(-LOOKED_AT);
  for (const result of own.toReversed()) {
    collect(jsonOf(result.result), '', fields, 0);
    const noun = countedThing(result);
    if (noun && !fields.has(noun)) {
      fields.set(noun, String(countOf(result) ?? 0));
    }
    for (const { label } of result.objects ?? []) {
      const name = label.replaceAll(' ', '_');
      if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && name !== singular(noun) && !fields.has(name)) {
        fields.set(name, String(result.objects?.filter((o) => o.label === label).length));
      }
    }
  }
  const newest = own.at(-1);
  if (newest && jsonOf(newest.result) === undefined) {
    fields.set('text', newest.result);
  }
  return [...fields].slice(0, MAX_FIELDS).map(([name, example]) => ({ name, example }));
}

/**
 * @param {unknown} json
 * @param {string} path
 * @param {Map<string, string>} fields
 * @param {number} depth
 */
function collect(json, path, fields, depth) {
  if (typeof json !== 'object' || json === null || Array.isArray(json) || depth >= DEEPEST) {
    return;
  }
  for (const [name, value] of Object.entries(json)) {
    const own = path ? `${path}.${name}` : name;
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
      continue;
    }
    if (['string', 'number', 'boolean'].includes(typeof value)) {
      fields.has(own) || fields.set(own, literal(value));
    } else {
      collect(value, own, fields, depth + 1);
    }
  }
}

/**
 * @param {ResultEvent} result
 * @returns {string} an expression that is true once the answer is another one
 */
export function changedExpression(result) {
  const json = jsonOf(result.result);
  if (json !== undefined) {
    /** @type {Map<string, string>} */
    const fields = new Map();
    collect(json, '', fields, 0);
    const [first] = fields;
    if (first) {
      return `${first[0]} != ${first[1]}`;
    }
  }
  const noun = countedThing(result);
  if (noun) {
    return `${noun} != ${countOf(result) ?? 0}`;
  }
  const text = result.result.trim();
  return text.length <= MAX_TEXT_LENGTH && !text.includes('\n')
    ? `text != ${literal(text)}`
    : `not (text contains ${literal(text.split('\n')[0].slice(0, MAX_TEXT_LENGTH))})`;
}

/**
 * @param {ResultEvent} result
 * @returns {string} the thing that the built-in model was asked to count; empty for any other answer
 */
function countedThing({ backend, objects, prompt }) {
  const counted = /^(?:count|how many)\s+(?:the\s+|all\s+(?:the\s+)?)?(\p{L}+)/iu.exec(prompt.trim());
  return backend === 'builtin' && objects !== undefined && counted ? counted[1].toLowerCase() : '';
}

/** @param {ResultEvent} result */
function countOf({ objects }) {
  return objects?.length;
}

/** @param {string} noun */
function singular(noun) {
  return noun === 'people' ? 'person' : noun.replace(/s$/, '');
}

/** @param {unknown} value */
function literal(value) {
  return typeof value === 'string' ? `"${value.replace(/["\\]/g, '\\$&')}"` : String(value);
}
