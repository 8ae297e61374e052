package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The input of one inference. */
public enum Mode {
  /** The frames of a window of time. */
  @JsonProperty("clip")
  CLIP,
  /** One picture. */
  @JsonProperty("frame")
  FRAME
}
