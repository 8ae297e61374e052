package framewise.server.access.attempt;

import framewise.time.WallClock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Failed sign-in attempts of a single-node service, in memory. */
public final class LocalAttempts implements AttemptCounts, AttemptCounts.CountAccess {
  private static final int MAX_KEPT = 10_000;

  private final WallClock clock;
  private final Map<String, Count> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > MAX_KEPT;
        }
      };

  public LocalAttempts(WallClock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized <T> T of(String sender, Function<CountAccess, T> steps) {
    return steps.apply(this);
  }

  @Override
  public long now() {
    return clock.nanos();
  }

  @Override
  public Optional<Count> find(String key) {
    return Optional.ofNullable(counts.get(key));
  }

  @Override
  public void put(String key, Count count) {
    counts.put(key, count);
  }

  @Override
  public void remove(String key) {
    counts.remove(key);
  }
}
