import { WatchCalls } from '../watches/watch-calls.js';

/** Maximum number of incidents that the service lists at a time. */
const MAX_COUNT = 200;

/**
 * Fractions to add to the number of the answer that changed an incident, so that its event sorts before the next one.
 */
const OPENED = 0.25;
const ENDED = 0.5;

/**
 * The incidents of a session that are over or open already, as events beside the answers that changed them: the service
 * lists past results without other events.
 *
 * @param {import('../service/api.js').Api} api
 * @param {string} session
 * @returns {Promise<IncidentEvent[]>} empty where there are none, or the user may not see them
 */
export async function pastIncidents(api, session) {
  try {
    const { incidents } = await new WatchCalls(api).incidents({ session, limit: String(MAX_COUNT) });
    return incidents.flatMap(eventsOf).sort((a, b) => a.seq - b.seq);
  } catch {
    return [];
  }
}

/**
 * @param {Incident} incident
 * @returns {IncidentEvent[]}
 */
function eventsOf(incident) {
  const { session_id, opened, ended } = incident;
  /** @type {IncidentEvent} */
  const first = { type: 'incident.opened', seq: opened.seq + OPENED, session_id, run: opened.run, at: opened.at, incident };
  return ended ? [first, { ...first, type: 'incident.ended', seq: ended.seq + ENDED, run: ended.run, at: ended.at }] : [first];
}
