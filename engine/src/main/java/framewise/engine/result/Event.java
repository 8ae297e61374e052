package framewise.engine.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Status;
import framewise.engine.money.Cost;
import framewise.media.MediaTime;
import framewise.vision.DetectedContent;
import framewise.vision.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that happened in a session, before it gets a number in the log. */
public sealed interface Event {
  /** Its type's name in the API. */
  String type();

  /** The session's status changed, or there is a notice about it. */
  record StatusChanged(Status status, Optional<String> detail) implements Event {
    @Override
    public String type() {
      return "status";
    }
  }

  /**
   * A prompt was changed; applies from the next clip on.
   *
   * @param name of the prompt, where there are several
   */
  record PromptUpdated(Optional<String> name, String prompt) implements Event {
    @Override
    public String type() {
      return "prompt_updated";
    }
  }

  /**
   * Settings were changed; applies from the next clip on.
   *
   * @param changed fields of the request that changed them
   * @param settings all settings, as the API shows them
   */
  record SettingsUpdated(List<String> changed, ObjectNode settings) implements Event {
    public SettingsUpdated {
      changed = List.copyOf(changed);
    }

    @Override
    public String type() {
      return "settings_updated";
    }
  }

  /**
   * Clips were skipped because they look like the last one that was answered.
   *
   * @param name of the prompt, where there are several
   * @param sinceSeq number of the result that still applies
   * @param skipped number of clips skipped since that result
   * @param until end of the newest of them, on the video's clock
   */
  record Unchanged(Optional<String> name, long sinceSeq, long skipped, MediaTime until)
      implements Event {
    @Override
    public String type() {
      return "unchanged";
    }
  }

  /**
   * An incident of a watch opened, continued or ended.
   *
   * @param type {@code incident.opened}, {@code incident.updated} or {@code incident.ended}
   * @param incident as the API shows it
   */
  record IncidentChanged(String type, ObjectNode incident) implements Event {}

  /**
   * A look-back started or ended.
   *
   * @param lookback as the API shows it
   */
  record LookbackChanged(ObjectNode lookback) implements Event {
    @Override
    public String type() {
      return "lookback";
    }
  }

  /**
   * Another node continues the session.
   *
   * @param node name for people
   * @param gap time since the last event; pictures of live video in this gap are lost
   */
  record ResumedOn(String node, Duration gap) implements Event {
    @Override
    public String type() {
      return "resumed_on";
    }
  }

  /** The run ended. */
  record Ended(Status status, String reason) implements Event {
    @Override
    public String type() {
      return "end";
    }
  }

  /**
   * Result of one clip.
   *
   * @param id identifies the answer, including its partial answers
   * @param name of the prompt, where there are several
   * @param outcome the answer or the failure
   * @param inferenceLatency from the request to the answer
   * @param totalLatency from when the clip's newest frame was on show to the answer
   * @param timings duration of each stage, by its name in the API
   * @param usage tokens; empty where the service does not count them
   * @param cost empty where the price or the usage is unknown
   */
  record Result(
      String id,
      Optional<String> name,
      String prompt,
      String backend,
      String model,
      Outcome outcome,
      ClipInfo clip,
      Duration inferenceLatency,
      Duration totalLatency,
      Map<String, Duration> timings,
      Optional<Usage> usage,
      Optional<Cost> cost)
      implements Event {
    public Result {
      timings = Map.copyOf(timings);
    }

    public Result withCost(Optional<Cost> known) {
      return with(clip, known);
    }

    /** The same result with another description of its clip. */
    public Result about(ClipInfo other) {
      return with(other, cost);
    }

    private Result with(ClipInfo clip, Optional<Cost> known) {
      return new Result(
          id,
          name,
          prompt,
          backend,
          model,
          outcome,
          clip,
          inferenceLatency,
          totalLatency,
          timings,
          usage,
          known);
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

  /** Either an answer or a failure. */
  sealed interface Outcome {
    /** The back end answered. */
    record Answered(String text, String finishReason, DetectedContent seen) implements Outcome {
      /** A text-only answer. */
      public Answered(String text, String finishReason) {
        this(text, finishReason, DetectedContent.NOTHING_TOLD);
      }
    }

    /**
     * The back end failed.
     *
     * @param raw its unusable reply; empty where there was none
     */
    record Failed(String code, String message, Optional<String> raw) implements Outcome {}
  }

  /**
   * The clip of a result.
   *
   * @param index its number since the start of the video
   * @param frames number of frames sent
   * @param startAt wall-clock time of its start, for kept pictures of live video
   */
  record ClipInfo(
      long index, MediaTime start, MediaTime end, int frames, Optional<Instant> startAt) {
    /** Clip without a wall-clock time. */
    public ClipInfo(long index, MediaTime start, MediaTime end, int frames) {
      this(index, start, end, frames, Optional.empty());
    }

    /** The same clip, with its wall-clock time. */
    public ClipInfo startingAt(Instant at) {
      return new ClipInfo(index, start, end, frames, Optional.of(at));
    }
  }
}
