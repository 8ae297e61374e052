package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import framewise.overshoot.Secret;
import java.util.Objects;

/**
 * The client's first and only message on the results socket.
 *
 * @param apiKey the key
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SocketHello(@JsonProperty(required = true) Secret apiKey) {
  public SocketHello {
    Objects.requireNonNull(apiKey, "api_key");
  }
}
