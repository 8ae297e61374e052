package framewise.engine.lookback;

import framewise.engine.source.Schedule;
import java.util.Optional;

/** Selects the clips to ask about. */
@FunctionalInterface
public interface ClipTimes {
  /**
   * The schedule for reading a clip.
   *
   * @param usual the schedule of the settings
   * @param index of the clip, from 0
   * @return empty once there are no more clips
   */
  Optional<Schedule> clip(Schedule usual, long index);
}
