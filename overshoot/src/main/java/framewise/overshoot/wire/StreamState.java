package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a stream is doing. */
public enum StreamState {
  /** No frame has come yet. */
  @JsonProperty("pending")
  PENDING,
  /** Frames come and are looked at. */
  @JsonProperty("active")
  ACTIVE,
  /** Frames have stopped coming. */
  @JsonProperty("idle")
  IDLE,
  /** A word of the service's that is not known here; never sent. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN
}
