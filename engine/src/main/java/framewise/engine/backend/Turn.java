package framewise.engine.backend;

import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Leave to ask a back end once. Ends with exactly one of {@link #answered}, {@link #failed} and
 * {@link #unused}; whatever follows does nothing.
 */
public final class Turn {
  private final BackendGate gate;
  private final AtomicBoolean over = new AtomicBoolean();

  Turn(BackendGate gate) {
    this.gate = gate;
  }

  public ClipBackend backend() {
    return gate.backend();
  }

  /** Runs the work on a thread made for it. */
  public void execute(Runnable work) {
    gate.execute(work);
  }

  public void answered(Duration latency) {
    if (over.compareAndSet(false, true)) {
      gate.answered(latency);
    }
  }

  public void failed(AnswerException failure) {
    if (over.compareAndSet(false, true)) {
      gate.failed(failure);
    }
  }

  /** Nothing was asked, or nobody waits for the answer. */
  public void unused() {
    if (over.compareAndSet(false, true)) {
      gate.unused();
    }
  }
}
