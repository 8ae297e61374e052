package framewise.overshoot.wire.answer;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** A stream's state. */
public enum StreamState {
  /** No frame has arrived yet. */
  @JsonProperty("pending")
  PENDING,
  /** Frames arrive and are processed. */
  @JsonProperty("active")
  ACTIVE,
  /** Frames have stopped arriving. */
  @JsonProperty("idle")
  IDLE,
  /** An unknown state of the service; never sent. */
  @JsonEnumDefaultValue
  @JsonProperty("unknown")
  UNKNOWN
}
