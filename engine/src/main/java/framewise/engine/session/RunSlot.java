package framewise.engine.session;

import framewise.engine.pipeline.Plan;
import framewise.engine.pipeline.Run;
import framewise.engine.session.plan.Streams;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The run of a session, if there is one, and its place among the streaming sessions. Status events
 * are written while holding the lock, which is quick, so a run is never visible without its status.
 * Safe for any number of threads.
 */
final class RunSlot {
  private final Streams streams;
  private @Nullable Run run;

  RunSlot(Streams streams) {
    this.streams = streams;
  }

  synchronized Optional<Run> now() {
    return Optional.ofNullable(run);
  }

  /**
   * Takes a place and creates a run, or does neither.
   *
   * @param plan plan whose streams are opened at once; empty if the run opens them itself
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
   * Starts a run made by {@link #make}. If its start can't be stored, the run is discarded and its
   * place freed.
   */
  void begin(Run made, Runnable store) {
    synchronized (this) {
      install(made, store);
    }
    made.start();
  }

  /** Performs an action on the run, which cannot end during it. */
  synchronized void hold(Consumer<Optional<Run>> work) {
    work.accept(now());
  }

  /** Ends the run; false if there is none, or it has ended by itself. */
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

  /** Records that the run has ended by itself. */
  synchronized void ended(Runnable store) {
    if (run != null && leave()) {
      store.run();
    }
  }

  private void install(Run made, Runnable store) {
    run = made;
    boolean stored = false;
    try {
      store.run();
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
