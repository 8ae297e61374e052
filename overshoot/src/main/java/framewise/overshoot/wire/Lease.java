package framewise.overshoot.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How long a stream lives without a sign from its client. Nothing may be added to it on the wire:
 * the Python client refuses other keys.
 *
 * @param ttlSeconds seconds until the stream ends unless its lease is renewed; clients renew after
 *     half of it, and 0 means that they never do
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Lease(int ttlSeconds) {}
