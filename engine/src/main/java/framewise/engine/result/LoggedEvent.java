package framewise.engine.result;

/**
 * One event of a session as it is stored and sent.
 *
 * @param seq its number in the session, from 1, without gaps
 * @param run which start of the session it belongs to, from 1; 0 before the first
 * @param type {@code status}, {@code result}, {@code prompt_updated} or {@code end}
 * @param json the whole event as the API shows it, one JSON object in one line
 */
public record LoggedEvent(long seq, int run, String type, String json) {}
