import { jsonOf } from '../look/json-words.js';
import { t } from '../messages/messages.js';

/**
 * An interval in which one answer applied.
 *
 * @typedef {object} Span
 * @property {number} from seconds of the video
 * @property {number} to
 * @property {number} hatchedFrom start of the part where only "unchanged" was reported; `to` where there is none
 * @property {ResultEvent} first
 * @property {ResultEvent} last
 * @property {number} answers
 */

/** Pauses longer than this many usual intervals are gaps. */
const GAP = 2.5;

/**
 * @param {ResultEvent[]} results
 * @returns {ResultEvent[]} results of the newest run
 */
export function newestRun(results) {
  const own = played(results);
  const run = own.at(-1)?.run ?? 0;
  return own.filter((r) => (r.run ?? 0) === run);
}

/**
 * @param {ResultEvent[]} results
 * @returns {ResultEvent[]} those of runs that played the video; those of look-backs where there are no others
 */
export function played(results) {
  const own = results.filter((r) => !r.lookback);
  return own.length > 0 ? own : results;
}

/**
 * The tracks of the newest look-backs.
 *
 * @param {ResultEvent[]} results
 * @param {SessionEvent[]} events
 * @param {(result: ResultEvent) => number} offsetOf seconds to add to their times
 * @returns {Track[]}
 */
function pastTracks(results, events, offsetOf = () => 0) {
  const past = results.filter((r) => r.lookback);
  if (past.length === 0 || past.length === results.length) {
    return [];
  }
  return [...byRun(past)].slice(-PAST_RUNS).flatMap(([run, own]) =>
    [...spansOf(own, events)].map(([name, spans]) => ({
      run,
      name: `${t('player.runRun', { run: String(run) })}: ${name || own[0].prompt}`,
      spans: moved(spans, offsetOf(own[0])),
      older: false,
      past: true,
    })),
  );
}

/**
 * @param {Span[]} spans
 * @param {number} by seconds
 */
function moved(spans, by) {
  return spans.map((span) => ({ ...span, from: span.from + by, to: span.to + by, hatchedFrom: span.hatchedFrom + by }));
}

/**
 * The answers to one question along the timeline. `older` tracks belong to runs before the newest.
 *
 * @typedef {{run: number, name: string, spans: Span[], older: boolean, past?: boolean}} Track `past` where it is a look-back
 */

/** Number of look-backs that the timeline shows. */
const PAST_RUNS = 3;
/** Number of earlier runs of a file that the timeline shows. */
const OLDER_RUNS = 2;

/**
 * The tracks of a file: those of the newest run, then those of the runs before it.
 *
 * @param {ResultEvent[]} results
 * @param {SessionEvent[]} events
 * @param {string[]} order names of the present questions
 * @returns {Track[]}
 */
export function tracksOf(results, events, order) {
  const runs = [...byRun(played(results))].reverse().slice(0, 1 + OLDER_RUNS);
  const tracks = runs.map(([run, own], i) =>
    inOrder(spansOf(own, events), order).map(([name, spans]) => ({ run, name, spans, older: i > 0 })),
  );
  return [...(tracks[0] ?? []), ...pastTracks(results, events), ...tracks.slice(1).flat()];
}

/**
 * The tracks of live video, whose runs follow each other on one time axis.
 *
 * @param {ResultEvent[]} results
 * @param {SessionEvent[]} events
 * @param {string[]} order names of the present questions
 * @param {(result: ResultEvent) => number} offsetOf seconds to add to the times of a run
 * @returns {{tracks: Track[], rules: number[]}} `rules` are the seconds where runs after the first begin
 */
export function liveTracksOf(results, events, order, offsetOf) {
  const runs = byRun(played(results));
  /** @type {Map<string, Span[]>} */
  const spans = new Map();
  for (const own of runs.values()) {
    const by = offsetOf(own[0]);
    for (const [name, some] of spansOf(own, events)) {
      spans.set(name, [...(spans.get(name) ?? []), ...moved(some, by)]);
    }
  }
  const run = [...runs.keys()].at(-1) ?? 0;
  return {
    tracks: [
      ...inOrder(spans, order).map(([name, some]) => ({ run, name, spans: some, older: false })),
      ...pastTracks(results, events, offsetOf),
    ],
    rules: [...runs.values()].slice(1).map((own) => offsetOf(own[0])),
  };
}

/**
 * @param {ResultEvent[]} results
 * @returns {Map<number, ResultEvent[]>} oldest run first
 */
function byRun(results) {
  /** @type {Map<number, ResultEvent[]>} */
  const runs = new Map();
  for (const result of results) {
    const run = result.run ?? 0;
    const own = runs.get(run);
    if (own) {
      own.push(result);
    } else {
      runs.set(run, [result]);
    }
  }
  return runs;
}

/**
 * @param {Map<string, Span[]>} spans
 * @param {string[]} order
 */
function inOrder(spans, order) {
  const place = (/** @type {string} */ name) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...spans].sort(([a], [b]) => place(a) - place(b));
}

/**
 * Intervals of answers, for each question.
 *
 * @param {ResultEvent[]} results of one run, in their order
 * @param {SessionEvent[]} events that report unchanged clips
 * @returns {Map<string, Span[]>} by the name of the question; empty for the only one
 */
export function spansOf(results, events) {
  /** @type {Map<string, ResultEvent[]>} */
  const byName = new Map();
  for (const result of results) {
    const name = result.name ?? '';
    const own = byName.get(name);
    if (own) {
      own.push(result);
    } else {
      byName.set(name, [result]);
    }
  }
  const unchanged = new Map(events.filter((e) => e.type === 'unchanged').map((e) => [e.since_seq, e.skipped]));
  return new Map([...byName].map(([name, own]) => [name, spansOfOne(own.sort(byStart), unchanged)]));
}

/**
 * @param {ResultEvent} a
 * @param {ResultEvent} b
 */
function byStart(a, b) {
  return a.clip.start_seconds - b.clip.start_seconds;
}

/**
 * @param {ResultEvent[]} results of one question
 * @param {Map<number, number>} unchanged number of unchanged clips after a result
 */
function spansOfOne(results, unchanged) {
  const usual = usualStep(results);
  /** @type {Span[]} */
  const spans = [];
  results.forEach((result, i) => {
    const next = results[i + 1]?.clip.start_seconds;
    const start = result.clip.start_seconds;
    const skipped = unchanged.get(result.seq) ?? 0;
    const reach = skipped > 0 ? start + (skipped + 1.5) * usual : start + usual * GAP;
    const to = next !== undefined && next <= reach ? next : Math.max(result.clip.end_seconds, start + (skipped + 1) * usual);
    const hatchedFrom = skipped > 0 ? Math.min(to, start + usual) : to;
    const last = spans.at(-1);
    if (last && last.to >= start - 0.001 && last.hatchedFrom >= last.to && says(last.last) === says(result)) {
      Object.assign(last, { to, hatchedFrom, last: result, answers: last.answers + 1 });
    } else {
      spans.push({ from: start, to, hatchedFrom, first: result, last: result, answers: 1 });
    }
  });
  return spans;
}

/** @param {ResultEvent} result */
function says(result) {
  const verdict = result.name?.startsWith('watch: ') ? /** @type {any} */ (jsonOf(result.result))?.verdict : undefined;
  if (verdict !== undefined) {
    return verdict; // each look has a reason of its own
  }
  return `${result.ok} ${result.result.trim()} ${result.error?.message ?? ''}`;
}

/** @param {ResultEvent[]} results */
function usualStep(results) {
  const steps = results.slice(1).map((r, i) => r.clip.start_seconds - results[i].clip.start_seconds);
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] || 1;
}

const NUMBER = /^\s*(?:about |at least |approximately )?(-?\d+(?:\.\d+)?)\b(?!:)/i;
const NONE = /^\s*(?:no|none|nobody|nothing|zero)\b/i;

/**
 * The numbers in an answer, by what they count.
 *
 * @param {ResultEvent} result
 * @returns {Map<string, number>} by the name of a field; by the empty name where the answer is a number in words, such as
 *     "3 people" or "No people detected."
 */
export function numbersOf(result) {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  if (!result.ok) {
    return numbers;
  }
  const json = jsonOf(result.result);
  if (json !== undefined) {
    for (const [field, value] of Array.isArray(json) ? [] : Object.entries(json)) {
      if (typeof value === 'number' || typeof value === 'boolean') {
        numbers.set(field, Number(value));
      }
    }
    return numbers;
  }
  const number = NUMBER.exec(result.result);
  if (number) {
    numbers.set('', Number(number[1]));
  } else if (NONE.test(result.result)) {
    numbers.set('', 0);
  }
  return numbers;
}

/**
 * A number over time.
 *
 * @typedef {{label: string, points: [number, number][]}} Series `points` are seconds and values
 */

/** Minimum share of answers that contain the number; the others may be text. */
const MOSTLY = 0.6;
const MAX_SERIES = 6;

/**
 * @param {ResultEvent[]} results of one run
 * @param {string[]} [order] names of the questions, in their order
 * @returns {Series[]} of each question whose answers are numbers, or have fields that are
 */
export function seriesOf(results, order = []) {
  /** @type {Map<string, {label: string, points: [number, number][], name: string}>} */
  const series = new Map();
  /** @type {Map<string, number>} */
  const answered = new Map();
  for (const result of results) {
    const name = result.name ?? '';
    answered.set(name, (answered.get(name) ?? 0) + (result.ok ? 1 : 0));
    for (const [field, value] of numbersOf(result)) {
      const key = `${name}\n${field}`;
      const label = [name, field].filter(Boolean).join(' · ') || labelOf(result);
      const one = series.get(key) ?? { label, points: [], name };
      one.points.push([result.clip.start_seconds, value]);
      series.set(key, one);
    }
  }
  const place = (/** @type {string} */ name) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...series.values()]
    .sort((a, b) => place(a.name) - place(b.name))
    .filter(({ points, name }) => points.length > 1 && points.length >= MOSTLY * (answered.get(name) ?? 0))
    .slice(0, MAX_SERIES)
    .map(({ label, points }) => ({ label, points: points.sort((a, b) => a[0] - b[0]) }));
}

/** @param {ResultEvent} result */
function labelOf({ prompt }) {
  const counted = /^(?:count|how many)\s+(?:the\s+|all\s+(?:the\s+)?)?([\p{L}\p{N} -]{2,30}?)(?:\s+(?:are|is|do|can)\b.*)?[.?!]?$/iu.exec(prompt.trim());
  const words = counted?.[1] ?? prompt;
  const label = words.charAt(0).toUpperCase() + words.slice(1);
  return label.length > 40 ? `${label.slice(0, 39)}…` : label;
}
