package framewise.engine.backend;

import framewise.engine.money.Reservation;
import framewise.vision.AnswerException;
import framewise.vision.ClipBackend;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Permit for one request to a back end. Ends with exactly one of {@link #answered}, {@link #failed}
 * and {@link #unused}; later calls do nothing. Then {@link #booked} releases the money that was
 * reserved for it.
 */
public final class RequestPermit {
  private final BackendGate gate;
  private final long since;
  private final Runnable whenOver;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile Reservation money = Reservation.NONE;

  /**
   * @param since when it was given, in nanoseconds of the gate's clock
   * @param whenOver called once it is used
   */
  RequestPermit(BackendGate gate, long since, Runnable whenOver) {
    this.gate = gate;
    this.since = since;
    this.whenOver = whenOver;
  }

  public ClipBackend backend() {
    return gate.backend();
  }

  /** Runs the work on its own thread. */
  public void execute(Runnable work) {
    gate.execute(work);
  }

  public void answered(Duration latency) {
    end(() -> gate.answered(latency));
  }

  public void failed(AnswerException failure) {
    end(() -> gate.failed(failure, since));
    if (!failure.mayBeBilled()) {
      booked();
    }
  }

  /** Returns the permit, because no request was sent, or its answer is no longer needed. */
  public void unused() {
    end(gate::unused);
    booked();
  }

  /** Releases the reserved money, because the cost of the request is booked, or there is none. */
  public void booked() {
    money.close();
  }

  void reserve(Reservation amount) {
    money = amount;
  }

  private void end(Runnable outcome) {
    if (over.compareAndSet(false, true)) {
      try {
        outcome.run();
      } finally {
        whenOver.run();
      }
    }
  }
}
