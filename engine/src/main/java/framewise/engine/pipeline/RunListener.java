package framewise.engine.pipeline;

import framewise.engine.money.Attempt;
import framewise.engine.result.Event;
import framewise.engine.result.Partial;
import framewise.engine.source.Ending;
import framewise.media.VideoInfo;
import framewise.vision.SentRequest;
import java.util.List;
import java.util.Optional;

/** Told what happens in a run. Any thread may call; the results of one prompt come in order. */
public interface RunListener {
  /** The first picture of a live video is here. */
  void began(VideoInfo video);

  /** The pictures of a live video became larger than any before. */
  default void grew(VideoInfo video) {}

  /**
   * A clip was asked about.
   *
   * @param sent what a service was sent; empty where nothing left this process
   * @param attempts who was asked, for the books; the last one gave the result
   * @return the result's number in the log
   */
  long result(Event.Result result, Optional<SentRequest> sent, List<Attempt> attempts);

  /** Whether somebody wants answers while they are being written. */
  default boolean wantsPartial() {
    return false;
  }

  /** An answer is being written. */
  default void partial(Partial partial) {}

  /**
   * Clips were never asked about, because newer ones took their place.
   *
   * @param clips so many since it was last told
   * @param report of all that were dropped since the last report; empty while that has time
   */
  void dropped(long clips, Optional<Event.StatusChanged> report);

  /**
   * Clips were not asked about, because they look like one that was.
   *
   * @param clips so many since the last report
   */
  void unchanged(long clips, Event.Unchanged report);

  /** Something a person who watches should know. */
  void noticed(String sentence);

  /** The run came to its end by itself. */
  void ended(Ending ending);
}
