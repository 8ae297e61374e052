package framewise.engine.pipeline;

import framewise.engine.money.Attempt;
import framewise.engine.result.Event;
import framewise.engine.result.Partial;
import framewise.engine.source.Ending;
import framewise.media.VideoInfo;
import framewise.vision.SentRequest;
import framewise.vision.tool.ToolCall;
import java.util.List;
import java.util.Optional;

/** Receives a run's events. Any thread may call; the results of one prompt come in order. */
public interface RunListener {
  /** The first picture of a live video has arrived. */
  void began(VideoInfo video);

  /** A live video's pictures have another size than before. */
  default void resized(VideoInfo video) {}

  /**
   * A clip has a result.
   *
   * @param sent what was sent to a service; empty where nothing left this process
   * @param attempts the requests, for accounting; the last one gave the result
   * @return the result's number in the log
   */
  long result(Event.Result result, Optional<SentRequest> sent, List<Attempt> attempts);

  /** Whether some client wants partial answers. */
  default boolean wantsPartial() {
    return false;
  }

  /** Part of an answer has arrived. */
  default void partial(Partial partial) {}

  /** The model calls tools; the arguments of the last call may be incomplete. */
  default void calling(List<ToolCall> calls) {}

  /**
   * Clips were dropped, because newer ones replaced them.
   *
   * @param clips number since the last call
   * @param report text about all drops since the last report; empty until the next report is due
   */
  void dropped(long clips, Optional<Event.StatusChanged> report);

  /**
   * Clips were skipped, because they look like the last one asked about.
   *
   * @param clips number since the last report
   */
  void unchanged(long clips, Event.Unchanged report);

  /** Notice for viewers of the session. */
  void noticed(String sentence);

  /** The run ended by itself. */
  void ended(Ending ending);
}
