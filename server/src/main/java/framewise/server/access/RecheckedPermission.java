package framewise.server.access;

import framewise.time.Stopwatch;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Permission for a long response, checked again every two seconds. Once revoked, it stays revoked.
 * Used by one thread.
 */
public final class RecheckedPermission implements BooleanSupplier {
  private static final Duration VALIDITY = Duration.ofSeconds(2);

  private final BooleanSupplier lookup;
  private final Stopwatch lookedUp = Stopwatch.start();
  private boolean permitted = true;

  /**
   * @param lookup checks the permission, which is granted already
   */
  public RecheckedPermission(BooleanSupplier lookup) {
    this.lookup = lookup;
  }

  @Override
  public boolean getAsBoolean() {
    if (permitted && lookedUp.exceeds(VALIDITY)) {
      permitted = lookup.getAsBoolean();
      lookedUp.restart();
    }
    return permitted;
  }
}
