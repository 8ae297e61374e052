const KEY = 'framewise.votes';
/** Number of sessions whose votes are kept; the oldest are forgotten. */
const MAX_SESSIONS = 50;

/**
 * Which answer about each clip the user likes best, kept in this browser.
 *
 * @typedef {Record<string, string>} Votes names of questions by clip
 */

/** @returns {Record<string, Votes>} by session */
function all() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {};
  } catch {
    return {};
  }
}

/**
 * @param {string} session
 * @returns {Votes}
 */
export function votesOf(session) {
  return all()[session] ?? {};
}

/**
 * @param {string} session
 * @param {Votes} votes replace those before
 */
export function saveVotes(session, votes) {
  const { [session]: _, ...others } = all();
  const kept = Object.entries(others).slice(1 - MAX_SESSIONS);
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...Object.fromEntries(kept), [session]: votes }));
  } catch {
    // No space left in this browser: the votes last as long as the page.
  }
}
