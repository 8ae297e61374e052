/** JSON answers as readable text. */

/** Longer answers are shown unchanged. */
const MAX_LENGTH = 20_000;

/**
 * @param {string} answer
 * @returns {object | undefined} the parsed answer, if it is a JSON object or list
 */
export function jsonOf(answer) {
  if (answer.length > MAX_LENGTH || !/^\s*[{[]/.test(answer)) {
    return undefined;
  }
  try {
    return JSON.parse(answer);
  } catch {
    return undefined;
  }
}

/**
 * @param {string} answer
 * @param {string} [between] its values
 * @returns {string} names and values of JSON, such as "people: 2, text: EXIT 42"; any other text unchanged
 */
export function answerInWords(answer, between = '\n') {
  const json = jsonOf(answer);
  if (json === undefined) {
    return answer;
  }
  if (Array.isArray(json)) {
    return json.map(valueWords).join(between);
  }
  return Object.entries(json)
    .map(([name, value]) => `${name}: ${valueWords(value)}`)
    .join(between);
}

/**
 * @param {unknown} value
 * @returns {boolean} whether it does not fit on one line
 */
export function isTree(value) {
  const inside = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return inside.length > 0 && (!Array.isArray(value) || inside.some((v) => typeof v === 'object' && v !== null));
}

/** @param {unknown} value */
export function valueWords(value) {
  if (typeof value === 'string' && value !== '') {
    return value;
  }
  return Array.isArray(value) && value.length > 0 && !isTree(value)
    ? value.map(String).join(', ')
    : JSON.stringify(value);
}
