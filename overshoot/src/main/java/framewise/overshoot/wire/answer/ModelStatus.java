package framewise.overshoot.wire.answer;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code GET /models}.
 *
 * @param model the model's name in requests
 * @param ready whether it accepts new streams
 * @param status details
 */
public record ModelStatus(
    @JsonProperty(required = true) String model, boolean ready, ModelLoad status) {

  public ModelStatus {
    Objects.requireNonNull(model, "model");
    status = orUnknown(status);
  }

  /** An entry whose readiness is derived from its status. */
  public static ModelStatus of(String model, ModelLoad status) {
    return new ModelStatus(
        model, status == ModelLoad.READY || status == ModelLoad.DEGRADED, status);
  }

  private static ModelLoad orUnknown(@Nullable ModelLoad status) {
    return status == null ? ModelLoad.UNKNOWN : status;
  }

  /** A model's load. */
  public enum ModelLoad {
    /** Healthy. */
    @JsonProperty("ready")
    READY,
    /** Near its capacity; still accepts new streams. */
    @JsonProperty("degraded")
    DEGRADED,
    /** Full; refuses new streams. */
    @JsonProperty("saturated")
    SATURATED,
    /** Not reachable. */
    @JsonProperty("unavailable")
    UNAVAILABLE,
    /** An unknown status of the service; never sent. */
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
  }
}
