package framewise.engine.session;

import framewise.engine.WallClock;
import framewise.engine.evidence.Evidence;
import framewise.engine.money.Spending;
import framewise.engine.money.Spent;
import framewise.engine.result.Event;
import framewise.engine.store.Database;
import framewise.vision.Backends;
import framewise.vision.ClipBackend;
import framewise.vision.Usage;
import java.math.BigDecimal;
import java.util.Optional;

/** What all sessions share. */
record SessionContext(
    Backends backends,
    Streams streams,
    Plans plans,
    Spending spending,
    Evidence evidence,
    Database database,
    WallClock clock) {
  /** Its price in US dollars; empty for answers of this process and where it is not known. */
  Optional<BigDecimal> priceOf(Event.Result result) {
    return result.usage().flatMap(usage -> spending.cost(result.backend(), result.model(), usage));
  }

  /**
   * What is booked for a result; nothing for answers of this process.
   *
   * @param price as {@link #priceOf} has it
   */
  Spent costOf(Event.Result result, Optional<BigDecimal> price) {
    return isRemote(result.backend())
        ? new Spent(
            result.usage().orElse(Usage.NONE),
            price.orElse(BigDecimal.ZERO),
            price.isPresent() ? 0 : 1)
        : Spent.NOTHING;
  }

  private boolean isRemote(String backend) {
    return backends
        .named(backend)
        .filter(known -> !(known instanceof ClipBackend clips) || clips.isRemote())
        .isPresent();
  }
}
