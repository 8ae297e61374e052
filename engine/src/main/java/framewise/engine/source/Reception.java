package framewise.engine.source;

import java.time.Instant;
import java.util.Optional;

/**
 * How a live source stands at one moment.
 *
 * @param connected whether pictures can come
 * @param trouble why it was lost, or could not be had, in a sentence for a person; empty while it
 *     is connected, and before the first attempt has failed
 * @param lastPictureAt when the newest picture came, however seldom one is taken; empty before the
 *     first
 */
public record Reception(
    boolean connected, Optional<String> trouble, Optional<Instant> lastPictureAt) {}
