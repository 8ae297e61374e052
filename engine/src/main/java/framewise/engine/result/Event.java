package framewise.engine.result;

import framewise.engine.Status;
import framewise.media.MediaTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What can happen in a session, before it is numbered. */
public sealed interface Event {
  /** As the API spells it. */
  String type();

  /** The session's status changed, or there is something to say about it. */
  record StatusChanged(Status status, Optional<String> detail) implements Event {
    @Override
    public String type() {
      return "status";
    }
  }

  /** From the next clip on, this is asked. */
  record PromptUpdated(String prompt) implements Event {
    @Override
    public String type() {
      return "prompt_updated";
    }
  }

  /** The run is over. */
  record Ended(Status status, String reason) implements Event {
    @Override
    public String type() {
      return "end";
    }
  }

  /**
   * One clip was asked about.
   *
   * @param outcome the answer, or why there is none
   * @param inferenceLatency from the question to the answer
   * @param totalLatency from the moment the clip's newest frame was on show to the answer
   * @param timings how long each stage took, by its name in the API
   */
  record Result(
      String prompt,
      String backend,
      String model,
      Outcome outcome,
      ClipInfo clip,
      Duration inferenceLatency,
      Duration totalLatency,
      Map<String, Duration> timings)
      implements Event {
    public Result {
      timings = Map.copyOf(timings);
    }

    /** Whether there is an answer. */
    public boolean ok() {
      return outcome instanceof Outcome.Answered;
    }

    @Override
    public String type() {
      return "result";
    }
  }

  /** An answer or a failure, never both. */
  sealed interface Outcome {
    /** The back end answered. */
    record Answered(String text, String finishReason) implements Outcome {}

    /** The back end did not. */
    record Failed(String code, String message) implements Outcome {}
  }

  /**
   * Which clip a result is about.
   *
   * @param index its number since the start of the video
   * @param frames how many frames were looked at
   */
  record ClipInfo(long index, MediaTime start, MediaTime end, int frames) {}
}
