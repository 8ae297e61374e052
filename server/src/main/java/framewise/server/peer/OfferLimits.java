package framewise.server.peer;

import framewise.engine.WallClock;
import framewise.server.http.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;

/**
 * How many offers are answered: a limit of senders that have an answer and are not connected yet,
 * in total and per address, and a rate of offers. Each such sender holds a native connection with
 * its sockets until it connects or is given up. Safe for any number of threads.
 */
public final class OfferLimits {
  /** Senders that are not connected yet, of all addresses. */
  static final int MAX_WAITING = 48;

  /** Senders that are not connected yet, of one address. */
  static final int MAX_WAITING_OF_ONE = 12;

  /** Offers of one address at once, and how soon another follows. */
  static final int BURST_OF_ONE = 30;

  static final Duration PACE_OF_ONE = Duration.ofSeconds(1);

  /** Offers of all addresses at once, and how soon another follows. */
  static final int BURST = 120;

  static final Duration PACE = Duration.ofMillis(100);

  /** After this a sender that has not connected is given up. */
  private static final Duration GIVEN_UP = Duration.ofSeconds(15);

  private static final Duration SOON = Duration.ofSeconds(3);

  /** Addresses whose offers are counted; the one that was silent for longest is forgotten. */
  private static final int MAX_ADDRESSES = 4_096;

  private final int maxWaiting;
  private final int maxWaitingOfOne;
  private final WallClock clock;
  private final Consumer<String> refusals;
  private final TokenBucket all;
  private final Map<String, Integer> waiting = new HashMap<>();
  private final Map<String, TokenBucket> rates =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  private int waitingOfAll;

  /** A place that one sender takes until it is connected or given up. */
  public final class Place {
    private final Optional<String> group;
    private final AtomicBoolean taken = new AtomicBoolean(true);

    private Place(Optional<String> group) {
      this.group = group;
    }

    /** Gives the place back; the second time is not an error. */
    public void free() {
      if (taken.compareAndSet(true, false)) {
        leave(group);
      }
    }
  }

  /**
   * @param refusals hears the code of each refusal
   */
  public OfferLimits(WallClock clock, Consumer<String> refusals) {
    this(MAX_WAITING, MAX_WAITING_OF_ONE, clock, refusals);
  }

  OfferLimits(int maxWaiting, int maxWaitingOfOne, WallClock clock, Consumer<String> refusals) {
    this.maxWaiting = maxWaiting;
    this.maxWaitingOfOne = maxWaitingOfOne;
    this.clock = clock;
    this.refusals = refusals;
    this.all = new TokenBucket(BURST, PACE, clock.nanos());
  }

  /**
   * Takes a place for a sender.
   *
   * @throws framewise.server.http.ProblemException 429 when this address, 503 when all together
   *     have as many as are answered
   */
  public synchronized Place enter(OffererAddress from) {
    if (waitingOfAll >= maxWaiting) {
      throw refused(
          HttpStatus.SERVICE_UNAVAILABLE_503,
          "too_many_waiting",
          GIVEN_UP,
          "%d senders are not connected yet, which is the limit. Try again in 15 s."
              .formatted(maxWaiting));
    }
    Optional<String> group = from.group();
    group.ifPresent(this::requireFew);
    boolean onTime = from.isThisMachine() || all.take(clock.nanos());
    if (!onTime) {
      throw refused(
          HttpStatus.SERVICE_UNAVAILABLE_503,
          "too_many_offers",
          SOON,
          "More than 10 offers a second arrive, which is the limit. Try again in a few seconds.");
    }
    group.ifPresent(address -> waiting.merge(address, 1, Integer::sum));
    waitingOfAll++;
    return new Place(group);
  }

  /** Senders that have an answer, or are about to, and are not connected yet. */
  public synchronized int waiting() {
    return waitingOfAll;
  }

  private synchronized void leave(Optional<String> group) {
    group.ifPresent(
        address ->
            waiting.computeIfPresent(address, (same, count) -> count > 1 ? count - 1 : null));
    waitingOfAll--;
  }

  private void requireFew(String address) {
    if (waiting.getOrDefault(address, 0) >= maxWaitingOfOne) {
      throw refused(
          HttpStatus.TOO_MANY_REQUESTS_429,
          "too_many_waiting",
          GIVEN_UP,
          "%d senders of your address are not connected yet, which is the limit. Connect or end them, or try again in 15 s."
              .formatted(maxWaitingOfOne));
    }
    TokenBucket rate =
        rates.computeIfAbsent(
            address, any -> new TokenBucket(BURST_OF_ONE, PACE_OF_ONE, clock.nanos()));
    if (!rate.take(clock.nanos())) {
      throw refused(
          HttpStatus.TOO_MANY_REQUESTS_429,
          "too_many_offers",
          SOON,
          "Your address sent %d offers at once, and more than one a second is not answered. Try again in a few seconds."
              .formatted(BURST_OF_ONE));
    }
  }

  private RuntimeException refused(int status, String code, Duration wait, String detail) {
    refusals.accept(code);
    return Problem.of(status, code, detail).retryAfter(wait).asException();
  }
}
