/** Shorter differences are those between the latencies of answers. */
const RESUMED_AFTER_MS = 2000;

/** @type {WeakMap<ResultEvent, {by: number, moved: ResultEvent}>} results moved before, which stay the same objects */
const known = new WeakMap();

/**
 * A run of live video that resumes after a restart of the service counts its seconds from 0 again. Moves the results after
 * that, so that times rise throughout the run and fit the time of day.
 *
 * @param {SessionEvent[]} events of live video, in their order
 * @returns {SessionEvent[]}
 */
export function continued(events) {
  /** @type {Map<number, {first: number, began: number, last: number, by: number}>} */
  const runs = new Map();
  return events.map((event) => {
    if (event.type !== 'result' || event.lookback) {
      return event;
    }
    const { run: number = 0, clip } = event;
    // When the picture at second 0 arrived, in milliseconds of `Date`.
    const began = Date.parse(event.at) - event.total_latency_ms - clip.end_seconds * 1000;
    const run = runs.get(number) ?? { first: began, began, last: -1, by: 0 };
    runs.set(number, run);
    if (clip.start_seconds <= run.last && began - run.began > RESUMED_AFTER_MS) {
      run.began = began;
      run.by = (began - run.first) / 1000;
    }
    run.last = clip.start_seconds;
    return run.by === 0 ? event : moved(event, run.by);
  });
}

/**
 * @param {ResultEvent} result
 * @param {number} by seconds
 */
function moved(result, by) {
  const before = known.get(result);
  if (before?.by === by) {
    return before.moved;
  }
  const { clip } = result;
  const after = { ...result, clip: { ...clip, start_seconds: clip.start_seconds + by, end_seconds: clip.end_seconds + by } };
  known.set(result, { by, moved: after });
  return after;
}
