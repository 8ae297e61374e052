package framewise.engine.backend;

import framewise.time.WallClock;
import framewise.vision.AnswerException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Circuit breaker for one service. After {@link #FAILURES} consecutive failures it pauses requests,
 * for 5 seconds at first and up to 5 minutes later; then it lets one request through to test
 * whether the service has recovered. A service that asks for a longer pause gets it. Safe for any
 * number of threads.
 */
final class Breaker {
  static final int FAILURES = 5;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
  private static final Duration MAX_WAIT = Duration.ofMinutes(5);
  private static final Duration MIN_REQUESTED_WAIT = Duration.ofSeconds(1);

  /** Longest pause a service can request, by mistake or on purpose. */
  private static final Duration MAX_REQUESTED_WAIT = Duration.ofHours(1);

  private final WallClock clock;
  private int failures;
  private int openings;
  private boolean open;
  private boolean probing;
  private String trouble = "";
  private Instant until = Instant.EPOCH;

  Breaker(WallClock clock) {
    this.clock = clock;
  }

  /** Asks for permission to send one request, whose outcome must be reported. */
  synchronized boolean tryEnter() {
    if (!open) {
      return true;
    }
    if (probing || clock.now().isBefore(until)) {
      return false;
    }
    probing = true;
    return true;
  }

  /** Why requests are paused, phrased to follow the service's name; empty while they are not. */
  synchronized Optional<String> closedBecause() {
    if (!open) {
      return Optional.empty();
    }
    Instant now = clock.now();
    if (now.isBefore(until)) {
      long seconds = Duration.between(now, until).plusMillis(999).toSeconds();
      return Optional.of("is paused for %d s (%s)".formatted(seconds, trouble));
    }
    return probing ? Optional.of("is being tried again (%s)".formatted(trouble)) : Optional.empty();
  }

  synchronized BreakerState state() {
    if (!open) {
      var last = failures > 0 ? Optional.of(trouble) : Optional.<String>empty();
      return new BreakerState(BreakerState.BreakerPhase.CLOSED, failures, last, Optional.empty());
    }
    boolean pausing = clock.now().isBefore(until);
    return new BreakerState(
        pausing ? BreakerState.BreakerPhase.OPEN : BreakerState.BreakerPhase.HALF_OPEN,
        failures,
        Optional.of(trouble),
        pausing ? Optional.of(until) : Optional.empty());
  }

  synchronized void answered() {
    open = false;
    probing = false;
    failures = 0;
    openings = 0;
  }

  synchronized void failed(AnswerException failure) {
    if (!failure.kind().blamesService()) {
      answered();
      return;
    }
    failures++;
    trouble = failure.code();
    Optional<Duration> requested = failure.retryAfter().map(Breaker::bounded);
    if (requested.isPresent()) {
      pause(requested.get());
    } else if (probing || (!open && failures >= FAILURES)) {
      pause(wait(openings));
      openings++;
    }
  }

  /** Returns a permission that was not used. */
  synchronized void unused() {
    probing = false;
  }

  private void pause(Duration wait) {
    Instant end = clock.now().plus(wait);
    until = open && until.isAfter(end) ? until : end;
    open = true;
    probing = false;
  }

  private static Duration wait(int openings) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(openings, 10));
    return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
  }

  private static Duration bounded(Duration requested) {
    if (requested.compareTo(MIN_REQUESTED_WAIT) < 0) {
      return MIN_REQUESTED_WAIT;
    }
    return requested.compareTo(MAX_REQUESTED_WAIT) > 0 ? MAX_REQUESTED_WAIT : requested;
  }
}
