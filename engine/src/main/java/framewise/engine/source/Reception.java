package framewise.engine.source;

import java.time.Instant;
import java.util.Optional;

/**
 * Connection state of a live source at one moment.
 *
 * @param connected whether pictures can arrive
 * @param trouble why the connection was lost or failed, in a sentence for a person; empty while it
 *     is connected, and before the first attempt has failed
 * @param lastPictureAt when the newest picture arrived, whether or not it was used; empty before
 *     the first
 */
public record Reception(
    boolean connected, Optional<String> trouble, Optional<Instant> lastPictureAt) {}
