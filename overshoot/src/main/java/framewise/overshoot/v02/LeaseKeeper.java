package framewise.overshoot.v02;

import framewise.overshoot.Backoff;
import framewise.overshoot.OvershootException;
import framewise.overshoot.wire.StopReason;
import framewise.overshoot.wire.answer.KeepaliveResponse;
import framewise.time.Scheduler;
import framewise.time.WallClock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a stream alive: renews its lease after half of it, like every client of the API. A renewal
 * that fails temporarily is retried until the lease has expired, at first after the back-off's
 * delays and never more than a tenth of the lease apart; one request may take a sixth of the lease,
 * so that a hanging one leaves time for others.
 *
 * <p>A lease counts from the moment the successful request was sent. When the service changes its
 * length, a shorter one applies at once and a longer one does not stretch the interval.
 */
final class LeaseKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(OvershootStream.class);
  private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);

  private final String streamId;
  private final Duration firstLease;
  private final ClientSettings settings;
  private final Function<Duration, KeepaliveResponse> renewal;
  private final ListenerQueue delivery;
  private final StreamCounters tally;
  private final Consumer<V02StreamEnd> end;
  private final WallClock clock;
  private final Scheduler scheduler;
  private final Backoff backoff;

  private Duration lease;
  private Instant deadline;
  private int failed;
  private boolean stopped;
  private Runnable cancel = () -> {};

  /**
   * @param ttlSeconds the lease; 0 or less for none, when nothing is ever sent
   * @param since when the stream was requested
   * @param renewal sends a renewal with a time-out
   * @param end called when the stream is over
   */
  LeaseKeeper(
      String streamId,
      int ttlSeconds,
      Instant since,
      ClientSettings settings,
      Function<Duration, KeepaliveResponse> renewal,
      ListenerQueue delivery,
      StreamCounters tally,
      Consumer<V02StreamEnd> end) {
    this.streamId = streamId;
    this.firstLease = Duration.ofSeconds(Math.max(0, ttlSeconds));
    this.lease = firstLease;
    this.deadline = since.plus(firstLease);
    this.settings = settings;
    this.renewal = renewal;
    this.delivery = delivery;
    this.tally = tally;
    this.end = end;
    this.clock = settings.clock();
    this.scheduler = settings.scheduler();
    this.backoff = settings.backoff();
  }

  synchronized void start() {
    if (firstLease.isPositive()) {
      next(firstLease.dividedBy(2));
    }
  }

  synchronized void stop() {
    stopped = true;
    cancel.run();
  }

  private synchronized void next(Duration wait) {
    if (!stopped) {
      cancel = scheduler.after(wait, this::renew);
    }
  }

  private void renew() {
    Instant sent = clock.now();
    Duration left = left(sent);
    if (isStopped()) {
      return;
    }
    if (!left.isPositive()) {
      end.accept(expired("the lease was not renewed in time"));
      return;
    }
    try {
      KeepaliveResponse answer = renewal.apply(callTimeout(left));
      if (!isStopped()) {
        renewed(sent, answer);
      }
    } catch (OvershootException e) {
      if (!isStopped()) {
        failed(e);
      }
    }
  }

  private void renewed(Instant sent, KeepaliveResponse answer) {
    tally.renewals.increment();
    Duration wait;
    synchronized (this) {
      failed = 0;
      lease = answer.ttlSeconds() > 0 ? Duration.ofSeconds(answer.ttlSeconds()) : lease;
      deadline = sent.plus(lease);
      wait = shorter(lease, firstLease).dividedBy(2);
    }
    next(wait);
    delivery.notice(to -> to.onLeaseRenewed(answer));
  }

  private void failed(OvershootException e) {
    tally.failedRenewals.increment();
    if (!e.retryable()) {
      end.accept(endOf(e));
      return;
    }
    Duration left = left(clock.now());
    if (!left.isPositive()) {
      end.accept(expired(String.valueOf(e.getMessage())));
      return;
    }
    Duration wait;
    synchronized (this) {
      failed++;
      wait = shorter(left, shorter(backoff.before(failed), lease.dividedBy(10)));
    }
    LOG.warn(
        "Stream {}: failed to renew the lease, which expires in {} s: {}",
        streamId,
        left.toSeconds(),
        e.getMessage());
    next(wait);
    delivery.notice(to -> to.onLeaseInDanger(String.valueOf(e.getMessage()), left));
  }

  private V02StreamEnd endOf(OvershootException e) {
    return switch (e) {
      case OvershootException.NotFound gone -> expired(String.valueOf(gone.getMessage()));
      case OvershootException.InsufficientCredits none ->
          new V02StreamEnd.Ended(
              StopReason.INSUFFICIENT_CREDITS, String.valueOf(none.getMessage()));
      default -> new V02StreamEnd.Failed(e);
    };
  }

  private static V02StreamEnd expired(String why) {
    return new V02StreamEnd.Ended(
        StopReason.LEASE_EXPIRED, "The lease of the Overshoot.ai stream expired: " + why);
  }

  private synchronized Duration callTimeout(Duration left) {
    Duration share = lease.dividedBy(6);
    Duration fair = share.compareTo(MIN_TIMEOUT) < 0 ? MIN_TIMEOUT : share;
    return shorter(left, shorter(fair, settings.timeouts().request()));
  }

  private synchronized Duration left(Instant now) {
    return Duration.between(now, deadline);
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
