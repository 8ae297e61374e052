package framewise.engine.session;

import framewise.engine.pipeline.ClipPlan;
import framewise.engine.pipeline.StreamSettings;
import framewise.vision.StreamBackend;
import java.util.Optional;

/** Who answers what a session asks. */
sealed interface Plan {
  /** As applied, with the back ends that were chosen. */
  StreamSettings settings();

  /** Back ends that are asked clip by clip. */
  record Clips(ClipPlan plan) implements Plan {
    @Override
    public StreamSettings settings() {
      return plan.settings();
    }
  }

  /**
   * One that takes the stream.
   *
   * @param others who is asked clip by clip while it cannot; empty where nobody is
   */
  record Stream(StreamSettings settings, StreamBackend backend, Optional<ClipPlan> others)
      implements Plan {}
}
