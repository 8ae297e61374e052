package framewise.engine.backend;

import java.time.Duration;
import java.time.Instant;

/**
 * One request to a back end.
 *
 * @param at when it ended
 * @param latency from sending the request to its end
 * @param ok whether there is an answer
 */
public record RecentAnswer(Instant at, Duration latency, boolean ok) {}
