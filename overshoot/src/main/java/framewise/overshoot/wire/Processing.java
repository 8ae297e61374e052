package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;

/** Which frames an inference sees, and how often inferences run. */
@JsonDeserialize(using = ProcessingReader.class)
public sealed interface Processing permits ClipProcessing, FrameProcessing {

  /** The service's limit on output tokens per second of interval. */
  int TOKENS_PER_SECOND = 128;

  /** The input of one inference. */
  @JsonIgnore
  Mode mode();

  /** The time from one inference to the next, in seconds. */
  @JsonIgnore
  double intervalBetweenResults();

  /** The values out of the service's ranges; empty if there are none. */
  List<InvalidField> problems();

  /**
   * The maximum of output tokens per inference, which is also the service's default: 128 for each
   * second between results, rounded down.
   */
  default int maxOutputTokens() {
    // Half a millionth of a token, so that 128 x 0.7 does not fall short of a whole number by
    // rounding.
    return (int) Math.floor(TOKENS_PER_SECOND * intervalBetweenResults() + 5e-7);
  }
}
