package framewise.overshoot.v02;

import framewise.overshoot.Backoff;
import framewise.overshoot.OvershootException;
import framewise.overshoot.OvershootUrl;
import framewise.overshoot.Secret;
import framewise.overshoot.Timeouts;
import framewise.time.Scheduler;
import framewise.time.WallClock;
import java.util.Map;

/**
 * A client's settings.
 *
 * @param baseUrl the API's base address
 * @param key the API key
 * @param timeouts time-outs
 * @param backoff delays before reconnecting a lost results socket and between failed renewals of a
 *     lease
 * @param resultQueue how many events of a stream may queue for its listener, 1 to 100,000; at this
 *     number, or at 16 Mi characters of messages, the socket is not read until one is taken
 * @param clock measures leases
 * @param scheduler runs delayed tasks
 */
public record ClientSettings(
    OvershootUrl baseUrl,
    Secret key,
    Timeouts timeouts,
    Backoff backoff,
    int resultQueue,
    WallClock clock,
    Scheduler scheduler) {

  /** The service's address while v0.2 was its newest API. */
  public static final OvershootUrl DEFAULT_BASE_URL =
      OvershootUrl.of("https://cluster1.overshoot.ai/api/v0.2");

  private static final int DEFAULT_QUEUE = 1_000;
  private static final int MAX_QUEUE = 100_000;

  /**
   * @throws OvershootException.KeyMissing if the key is empty
   * @throws OvershootException.InvalidRequest if the key is malformed or the queue out of range
   */
  public ClientSettings {
    if (key.isEmpty()) {
      throw new OvershootException.KeyMissing();
    }
    if (!key.fitsInHeader()) {
      throw new OvershootException.InvalidRequest(
          "OVERSHOOT_API_KEY contains a blank, a line end or a character outside ASCII:"
              + " copy the key"
              + " again, without anything around it");
    }
    if (resultQueue < 1 || resultQueue > MAX_QUEUE) {
      throw new OvershootException.InvalidRequest(
          "resultQueue is " + resultQueue + " but must be 1 to " + MAX_QUEUE);
    }
  }

  /** Default settings for an address and a key. */
  public static ClientSettings of(OvershootUrl baseUrl, Secret key) {
    return new ClientSettings(
        baseUrl,
        key,
        Timeouts.DEFAULT,
        Backoff.DEFAULT,
        DEFAULT_QUEUE,
        WallClock.system(),
        Scheduler.system());
  }

  /**
   * Reads {@code OVERSHOOT_API_KEY} and {@code OVERSHOOT_API_URL}, which defaults to {@link
   * #DEFAULT_BASE_URL}.
   *
   * @param environment such as {@code System.getenv()}
   * @throws OvershootException.KeyMissing if there is no key
   * @throws OvershootException.InvalidRequest if the address or the key is malformed
   */
  public static ClientSettings of(Map<String, String> environment) {
    String url = environment.getOrDefault("OVERSHOOT_API_URL", "");
    return of(
        url.isBlank() ? DEFAULT_BASE_URL : OvershootUrl.of(url),
        Secret.of(environment.getOrDefault("OVERSHOOT_API_KEY", "")));
  }

  public ClientSettings withTimeouts(Timeouts other) {
    return new ClientSettings(baseUrl, key, other, backoff, resultQueue, clock, scheduler);
  }

  public ClientSettings withBackoff(Backoff other) {
    return new ClientSettings(baseUrl, key, timeouts, other, resultQueue, clock, scheduler);
  }

  public ClientSettings withResultQueue(int other) {
    return new ClientSettings(baseUrl, key, timeouts, backoff, other, clock, scheduler);
  }

  /** A copy with another source of time, for tests. */
  public ClientSettings withTime(WallClock otherClock, Scheduler otherScheduler) {
    return new ClientSettings(
        baseUrl, key, timeouts, backoff, resultQueue, otherClock, otherScheduler);
  }
}
