package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code GET /models}.
 *
 * @param model the name to ask for
 * @param ready whether new streams are taken
 * @param status more about it
 */
public record ModelStatus(@JsonProperty(required = true) String model, boolean ready, Load status) {

  public ModelStatus {
    Objects.requireNonNull(model, "model");
    status = orUnknown(status);
  }

  /** An entry whose readiness follows from its status. */
  public static ModelStatus of(String model, Load status) {
    return new ModelStatus(model, status == Load.READY || status == Load.DEGRADED, status);
  }

  private static Load orUnknown(@Nullable Load status) {
    return status == null ? Load.UNKNOWN : status;
  }

  /** How busy a model is. */
  public enum Load {
    /** Healthy. */
    @JsonProperty("ready")
    READY,
    /** Near its capacity; takes new streams. */
    @JsonProperty("degraded")
    DEGRADED,
    /** Full; refuses new streams. */
    @JsonProperty("saturated")
    SATURATED,
    /** Not reachable. */
    @JsonProperty("unavailable")
    UNAVAILABLE,
    /** A word of the service's that is not known here; never sent. */
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
  }
}
