package framewise.engine.result;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.Status;
import framewise.engine.money.Cost;
import framewise.media.MediaTime;
import framewise.vision.Seen;
import framewise.vision.Usage;
import java.time.Duration;
import java.util.List;
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

  /**
   * From the next clip on, this is asked.
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
   * From the next clip on, something else holds.
   *
   * @param changed the fields of the request that asked for it
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
   * Clips looked like the one last answered about and were not asked about.
   *
   * @param name of the prompt, where there are several
   * @param sinceSeq the result that still holds
   * @param skipped how many clips there were since that result
   */
  record Unchanged(Optional<String> name, long sinceSeq, long skipped) implements Event {
    @Override
    public String type() {
      return "unchanged";
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
   * @param id the answer's own, the same while it is being written and for ever after
   * @param name of the prompt, where there are several
   * @param outcome the answer, or why there is none
   * @param inferenceLatency from the question to the answer
   * @param totalLatency from the moment the clip's newest frame was on show to the answer
   * @param timings how long each stage took, by its name in the API
   * @param usage what it took; empty where nobody counts
   * @param cost empty where the price is not known, or nobody counts
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

    /** The same about a clip that is told in another way. */
    public Result about(ClipInfo other) {
      return with(other, cost);
    }

    private Result with(ClipInfo told, Optional<Cost> known) {
      return new Result(
          id,
          name,
          prompt,
          backend,
          model,
          outcome,
          told,
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

  /** An answer or a failure, never both. */
  sealed interface Outcome {
    /** The back end answered. */
    record Answered(String text, String finishReason, Seen seen) implements Outcome {
      /** An answer in words alone. */
      public Answered(String text, String finishReason) {
        this(text, finishReason, Seen.NOTHING_TOLD);
      }
    }

    /**
     * The back end did not.
     *
     * @param raw what it said instead; empty where it said nothing
     */
    record Failed(String code, String message, Optional<String> raw) implements Outcome {}
  }

  /**
   * Which clip a result is about.
   *
   * @param index its number since the start of the video
   * @param frames how many frames were looked at
   */
  record ClipInfo(long index, MediaTime start, MediaTime end, int frames) {}
}
