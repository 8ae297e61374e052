import { jsonOf } from '../look/json-words.js';

/**
 * The answers of several questions, or of several back ends, about the same clips.
 *
 * @typedef {{key: string, run: number, clip: Clip, answers: Map<string, ResultEvent>, agree: boolean | undefined}} ComparedClip
 *     `agree` is undefined where fewer than two answers arrived without an error
 * @typedef {{name: string, backend: string, answers: number, failed: number, medianMs: number | undefined,
 *     p95Ms: number | undefined, usd: number}} ComparedColumn
 * @typedef {{columns: ComparedColumn[], clips: ComparedClip[], compared: number, agreed: number}} Comparison
 *     `compared` is the number of clips with at least two answers, `agreed` of those whose answers are all the same
 */

/**
 * @param {ResultEvent[]} results
 * @param {string[]} order names of the questions
 * @returns {Comparison} of the named questions; empty where there are fewer than two
 */
export function compared(results, order) {
  /** @type {Map<string, ComparedClip>} */
  const clips = new Map();
  for (const result of results) {
    if (result.name !== undefined && order.includes(result.name)) {
      const { run = 0, clip, name } = result;
      const key = `${run}:${clip.index}:${clip.start_seconds}`;
      const known = clips.get(key) ?? { key, run, clip, answers: new Map(), agree: undefined };
      clips.set(key, known);
      known.answers.set(name, result);
    }
  }
  const all = [...clips.values()];
  for (const clip of all) {
    const said = [...clip.answers.values()].filter(({ ok }) => ok).map(({ result }) => plain(result));
    clip.agree = said.length > 1 ? said.every((one) => one === said[0]) : undefined;
  }
  return {
    columns: order.length > 1 ? order.map((name) => columnOf(name, all)) : [],
    clips: all,
    compared: all.filter(({ agree }) => agree !== undefined).length,
    agreed: all.filter(({ agree }) => agree).length,
  };
}

/**
 * @param {string} name
 * @param {ComparedClip[]} clips
 * @returns {ComparedColumn}
 */
function columnOf(name, clips) {
  const answers = clips.flatMap((clip) => clip.answers.get(name) ?? []);
  const latencies = answers.filter(({ ok }) => ok).map((a) => a.inference_latency_ms).sort((a, b) => a - b);
  const share = (/** @type {number} */ q) => latencies[Math.ceil(latencies.length * q) - 1];
  return {
    name,
    backend: answers.at(-1)?.backend ?? '',
    answers: answers.length,
    failed: answers.filter(({ ok }) => !ok).length,
    medianMs: share(0.5),
    p95Ms: share(0.95),
    usd: answers.reduce((sum, { cost_usd = 0 }) => sum + cost_usd, 0),
  };
}

/**
 * @param {string} answer
 * @returns {string} without what does not change its meaning: case, spaces, a final full stop, the order of JSON's fields
 */
export function plain(answer) {
  const json = jsonOf(answer);
  return json === undefined
    ? answer.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim().replace(/[.!]+$/, '')
    : JSON.stringify(sorted(json));
}

/** @param {unknown} json @returns {unknown} */
function sorted(json) {
  if (Array.isArray(json)) {
    return json.map(sorted);
  }
  return typeof json === 'object' && json !== null
    ? Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, sorted(value)])
    : json;
}
