package framewise.server.access;

import framewise.engine.SessionId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a signed token says: it shows one session until a moment.
 *
 * @param link of a link that can be taken back; empty for a short-lived token
 * @param by the subject that made it; empty where that was nobody in particular
 * @param generation of the account that made it, see {@link Account}; 0 for others
 * @param until when it is over
 */
public record ShownSession(
    SessionId session, Optional<String> link, String by, int generation, Instant until) {}
