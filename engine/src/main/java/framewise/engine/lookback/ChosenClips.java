package framewise.engine.lookback;

import framewise.engine.Status;
import framewise.engine.source.Ending;
import framewise.engine.source.Schedule;
import framewise.engine.source.Source;
import framewise.engine.source.TimedClip;
import framewise.engine.source.Timing;
import java.util.Optional;

/**
 * Reads clips of another source at chosen times, and ends after the last of them. Used by one
 * thread.
 */
final class ChosenClips implements Source {
  private static final Ending DONE = new Ending(Status.FINISHED, "Every clip was answered.");

  private final Source from;
  private final ClipTimes times;
  private boolean done;

  /**
   * @param from closed with this
   */
  ChosenClips(Source from, ClipTimes times) {
    this.from = from;
    this.times = times;
  }

  @Override
  public Optional<TimedClip> read(Schedule schedule, long index, Timing timing)
      throws InterruptedException {
    Optional<Schedule> by = times.clip(schedule, index);
    done = by.isEmpty();
    return done ? Optional.empty() : from.read(by.get(), index, timing);
  }

  @Override
  public Optional<Ending> ending() {
    return done ? Optional.of(DONE) : from.ending();
  }

  @Override
  public boolean countsSkipped() {
    return false;
  }

  @Override
  public void close() {
    from.close();
  }
}
