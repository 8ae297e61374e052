package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;

/** Which frames an inference sees, and how often there is one. */
@JsonDeserialize(using = ProcessingReader.class)
public sealed interface Processing permits ClipProcessing, FrameProcessing {

  /** Most output tokens per second of interval that the service gives a stream. */
  int TOKENS_PER_SECOND = 128;

  /** What one inference sees. */
  @JsonIgnore
  Mode mode();

  /** The time from one inference to the next, in seconds. */
  @JsonIgnore
  double intervalBetweenResults();

  /** What is outside the ranges of the service; empty if nothing is. */
  List<Problem> problems();

  /**
   * The most output tokens an inference may ask for, and what the service takes when nothing is
   * asked: 128 for each second between results, rounded down.
   */
  default int mostOutputTokens() {
    // Half a millionth of a token: 128 x 0.7 must not fall short of a whole number by rounding.
    return (int) Math.floor(TOKENS_PER_SECOND * intervalBetweenResults() + 5e-7);
  }
}
