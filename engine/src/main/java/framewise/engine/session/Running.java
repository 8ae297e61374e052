package framewise.engine.session;

import framewise.engine.pipeline.Plan;
import framewise.engine.pipeline.Run;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The run of a session, while there is one, and the place it takes among those that stream. What is
 * told of it is told with the lock held, which is for moments only: so nobody sees a run without
 * its status. Safe for any number of threads.
 */
final class Running {
  private final Streams streams;
  private @Nullable Run run;

  Running(Streams streams) {
    this.streams = streams;
  }

  synchronized Optional<Run> now() {
    return Optional.ofNullable(run);
  }

  /**
   * Takes a place and makes a run, or neither.
   *
   * @param plan whose streams are opened at once; empty where the run opens them by itself
   * @throws framewise.engine.RefusedException when there is no place, or the run is refused
   */
  Run make(Supplier<Run> maker, Optional<Plan> plan) throws InterruptedException {
    streams.enter();
    boolean ready = false;
    try {
      Run made = maker.get();
      if (plan.isPresent()) {
        made.prepare(plan.get());
      }
      ready = true;
      return made;
    } finally {
      if (!ready) {
        streams.leave();
      }
    }
  }

  /**
   * Starts a run that was made here. Where its start can't be stored there is no run, and its place
   * is free again.
   */
  void begin(Run made, Runnable told) {
    synchronized (this) {
      install(made, told);
    }
    made.start();
  }

  /** Does something with the run, which does not end meanwhile. */
  synchronized void hold(Consumer<Optional<Run>> work) {
    work.accept(now());
  }

  /** Ends the run; false when there is none, or it ended by itself. */
  boolean halt() {
    Optional<Run> current = now();
    if (current.isEmpty()) {
      return false;
    }
    current.get().stop();
    synchronized (this) {
      return current.get().equals(run) && leave();
    }
  }

  /** The run has ended by itself. */
  synchronized void ended(Runnable told) {
    if (run != null && leave()) {
      told.run();
    }
  }

  private void install(Run made, Runnable told) {
    run = made;
    boolean stored = false;
    try {
      told.run();
      stored = true;
    } finally {
      if (!stored) {
        leave();
        made.stop();
      }
    }
  }

  private boolean leave() {
    run = null;
    streams.leave();
    return true;
  }
}
