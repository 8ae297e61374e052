package framewise.engine.result;

/**
 * One event of a session, as stored and sent.
 *
 * @param seq its number in the session, from 1, without gaps
 * @param run number of the session's run, from 1; 0 before the first
 * @param type {@code status}, {@code result}, {@code prompt_updated} or {@code end}
 * @param json the event as JSON on one line
 */
public record LoggedEvent(long seq, int run, String type, String json) {}
