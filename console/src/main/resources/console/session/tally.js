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
    usd: since.reduce((sum, r) => sum + (r.cost_usd ?? 0), usd),
    unpriced: unpriced + since.filter((r) => r.usage && r.cost_usd === undefined).length,
  };
}
