package framewise.engine.store.postgres;

import framewise.engine.Refusal;
import framewise.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Circuit breaker for outages of the server. During an outage, one call a second tries to reach it.
 * All others are refused at once, so that they don't wait for the network one after the other. Safe
 * for any number of threads.
 */
final class Outage {
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  private final PostgresUrl url;
  private Optional<Refusal> refusal = Optional.empty();
  private Deadline nextTry = Deadline.after(Duration.ZERO);

  Outage(PostgresUrl url) {
    this.url = url;
  }

  /**
   * Lets one call a second through during an outage.
   *
   * @throws framewise.engine.RefusedException for the others
   */
  synchronized void refuseMeanwhile() {
    if (refusal.isPresent()) {
      if (!nextTry.hasPassed()) {
        throw refusal.get().asException();
      }
      nextTry = Deadline.after(EVERY);
    }
  }

  /** Whether the last call failed to reach the server. */
  synchronized boolean isOn() {
    return refusal.isPresent();
  }

  /** Records a call that couldn't reach the server. */
  synchronized void begin(Refusal why) {
    if (refusal.isEmpty()) {
      LOG.warn("{} Results wait until it is reachable.", why.detail());
    }
    refusal = Optional.of(why);
    nextTry = Deadline.after(EVERY);
  }

  /** Records a call that reached it. */
  synchronized void recovered() {
    if (refusal.isPresent()) {
      LOG.info("PostgreSQL at {} is reachable again.", url.shown());
      refusal = Optional.empty();
    }
  }
}
