package framewise.engine.pipeline;

import framewise.engine.Status;
import framewise.engine.result.Event;

/** Told what happens in a run, in order and one at a time for each kind. */
public interface RunListener {
  void result(Event.Result result);

  /** Clips were never asked about, because newer ones took their place. */
  void dropped(long clips, Event.StatusChanged report);

  /** The run came to its end by itself. */
  void ended(Status status, String reason);
}
