package framewise.server.access;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Permission for a long answer, checked again every other second. Once revoked, it stays so. Used
 * by one thread.
 */
public final class RecheckedPermission implements BooleanSupplier {
  private static final Duration GOOD_FOR = Duration.ofSeconds(2);

  private final BooleanSupplier lookup;
  private long lookedUp = System.nanoTime();
  private boolean permitted = true;

  /**
   * @param lookup checks the permission, which is granted already
   */
  public RecheckedPermission(BooleanSupplier lookup) {
    this.lookup = lookup;
  }

  @Override
  public boolean getAsBoolean() {
    if (permitted && System.nanoTime() - lookedUp > GOOD_FOR.toNanos()) {
      permitted = lookup.getAsBoolean();
      lookedUp = System.nanoTime();
    }
    return permitted;
  }
}
