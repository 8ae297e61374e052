package framewise.overshoot.wire.answer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How long a stream lives without a renewal. Its JSON must not have other keys, because the Python
 * client refuses them.
 *
 * @param ttlSeconds seconds until the stream ends, unless its lease is renewed; clients renew after
 *     half of it, and never if it is 0
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Lease(int ttlSeconds) {}
