/** Answers that are JSON, as people read them. */

/** What is longer is shown as it came. */
const LONGEST = 20_000;

/**
 * @param {string} answer
 * @returns {object | undefined} what it says, where it is JSON with names or a list
 */
export function jsonOf(answer) {
  if (answer.length > LONGEST || !/^\s*[{[]/.test(answer)) {
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
 * @returns {string} as it is, or its names and values where it is JSON, such as "people: 2, text: EXIT 42"
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
 * @returns {boolean} whether there is more in it than fits a line
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
