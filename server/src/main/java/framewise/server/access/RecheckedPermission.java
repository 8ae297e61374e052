package framewise.server.access;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Whether somebody with a long answer may still have it, looked up every other second. Once it is
 * taken back it stays so. Used by one thread.
 */
public final class RecheckedPermission implements BooleanSupplier {
  private static final Duration GOOD_FOR = Duration.ofSeconds(2);

  private final BooleanSupplier lookup;
  private long lookedUp = System.nanoTime();
  private boolean permitted = true;

  /**
   * @param lookup asked from now on; it holds already
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
