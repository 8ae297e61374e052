package framewise.server.peer;

import framewise.server.http.Problem;
import framewise.time.WallClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Limits on offers: the number of senders that have an answer but are not connected yet, in total
 * and per address, and the rate of offers. Each such sender takes a connection with its sockets and
 * threads until it connects or times out. Safe for any number of threads.
 */
public final class OfferLimits {
  /** Maximum senders of all addresses that are not connected yet. */
  static final int MAX_WAITING = 48;

  /** Maximum senders of one address that are not connected yet. */
  static final int MAX_WAITING_OF_ONE = 12;

  /** Burst of offers of one address, and the interval of further ones. */
  static final int BURST_OF_ONE = 30;

  static final Duration PACE_OF_ONE = Duration.ofSeconds(1);

  /** Burst of offers of all addresses, and the interval of further ones. */
  static final int BURST = 120;

  static final Duration PACE = Duration.ofMillis(100);

  /** Timeout of a sender that does not connect. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

  private static final Duration SOON = Duration.ofSeconds(3);

  /**
   * Maximum number of addresses whose offers are counted; the one silent for longest is forgotten.
   */
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

  /** Slot of a sender until it connects or times out. */
  public final class OfferPlace {
    private final Optional<String> group;
    private final AtomicBoolean taken = new AtomicBoolean(true);

    private OfferPlace(Optional<String> group) {
      this.group = group;
    }

    /** Returns the slot; later calls do nothing. */
    public void free() {
      if (taken.compareAndSet(true, false)) {
        leave(group);
      }
    }
  }

  /**
   * @param refusals receives the code of each refusal
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
   * Takes a slot for a sender.
   *
   * @throws framewise.server.http.ProblemException 429 when this address, 503 when all addresses
   *     together are at the limit
   */
  public synchronized OfferPlace enter(OffererAddress from) {
    if (waitingOfAll >= maxWaiting) {
      throw refused(
          HttpStatus.SERVICE_UNAVAILABLE_503,
          "too_many_waiting",
          CONNECT_TIMEOUT,
          "%d senders are still connecting, which is the limit. Try again in 15 s."
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
          "The limit of 10 offers a second is reached. Try again in a few seconds.");
    }
    group.ifPresent(address -> waiting.merge(address, 1, Integer::sum));
    waitingOfAll++;
    return new OfferPlace(group);
  }

  /** Number of senders that have an answer, or are about to, and are not connected yet. */
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
          CONNECT_TIMEOUT,
          ("%d senders from your address are still connecting, which is the limit. Stop"
                  + " some, or try again in 15 s.")
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
          ("Your address sent %d offers at once; the limit is one a second. Try again in a"
                  + " few seconds.")
              .formatted(BURST_OF_ONE));
    }
  }

  private RuntimeException refused(int status, String code, Duration wait, String detail) {
    refusals.accept(code);
    return Problem.of(status, code, detail).retryAfter(wait).asException();
  }
}
