package framewise.engine.session;

import framewise.engine.WallClock;
import framewise.engine.evidence.Evidence;
import framewise.engine.money.Spending;
import framewise.engine.money.Spent;
import framewise.engine.result.Event;
import framewise.engine.store.Database;
import framewise.vision.Backends;
import framewise.vision.ClipBackend;
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
  /** What a result cost, as far as it is known. */
  Spent costOf(Event.Result result) {
    return spending.of(
        result.backend(), result.model(), result.usage(), isRemote(result.backend()));
  }

  /** Its price in US dollars; empty for answers of this process and where it is not known. */
  Optional<BigDecimal> priceOf(Event.Result result) {
    return result.usage().flatMap(usage -> spending.cost(result.backend(), result.model(), usage));
  }

  private boolean isRemote(String backend) {
    return backends
        .named(backend)
        .filter(known -> !(known instanceof ClipBackend clips) || clips.isRemote())
        .isPresent();
  }
}
