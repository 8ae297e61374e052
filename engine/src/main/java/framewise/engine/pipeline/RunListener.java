package framewise.engine.pipeline;

import framewise.engine.result.Event;
import framewise.engine.source.Ending;
import framewise.media.VideoInfo;

/** Told what happens in a run, in order and one at a time for each kind. */
public interface RunListener {
  /** The first picture of a live video is here. */
  void began(VideoInfo video);

  void result(Event.Result result);

  /** Clips were never asked about, because newer ones took their place. */
  void dropped(long clips, Event.StatusChanged report);

  /** Something a person who watches should know. */
  void noticed(String sentence);

  /** The run came to its end by itself. */
  void ended(Ending ending);
}
