import { newestRun } from './spans.js';

/** @type {WeakMap<ResultEvent[], {median: number, p95: number} | undefined>} */
const AGES = new WeakMap();

/**
 * Time from a picture to its answer, in the newest run.
 *
 * @param {ResultEvent[]} results
 * @returns {{median: number, p95: number} | undefined} in milliseconds; undefined for fewer than two answers
 */
function agesOf(results) {
  if (!AGES.has(results)) {
    const ages = newestRun(results)
      .filter((r) => r.ok)
      .map((r) => r.total_latency_ms)
      .sort((a, b) => a - b);
    const share = (/** @type {number} */ q) => ages[Math.ceil(ages.length * q) - 1];
    AGES.set(results, ages.length > 1 ? { median: share(0.5), p95: share(0.95) } : undefined);
  }
  return AGES.get(results);
}

/**
 * Totals of a session: the service's count, plus its newest events.
 *
 * @param {Session} session as the service last reported it
 * @param {import('./event-log.js').EventLog} log
 */
export function tally(session, log) {
  const counters = session.counters ?? { results: 0, failed: 0, dropped: 0 };
  const { usd = 0, unpriced = 0 } = session.spent ?? {};
  const since = log.results.filter((r) => r.seq > (session.last_seq ?? 0));
  return {
    results: counters.results + since.length,
    failed: counters.failed + since.filter((r) => !r.ok).length,
    dropped: counters.dropped,
    saved: counters.unchanged ?? 0,
    age: agesOf(log.results),
    usd: since.reduce((sum, r) => sum + (r.cost_usd ?? 0), usd),
    unpriced: unpriced + since.filter((r) => r.usage && r.cost_usd === undefined).length,
  };
}
