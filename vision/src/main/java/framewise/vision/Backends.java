package framewise.vision;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All back ends, in order of preference when none is named. Immutable. */
public final class Backends {
  private final Map<String, Backend> byName = new LinkedHashMap<>();

  /**
   * @param preferred the most preferred first
   */
  public Backends(List<Backend> preferred) {
    preferred.forEach(backend -> byName.put(backend.name(), backend));
  }

  public List<Backend> all() {
    return List.copyOf(byName.values());
  }

  public Optional<Backend> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The first in order of preference that can answer now. */
  public Optional<Backend> firstReady() {
    return unnamed().findFirst();
  }

  /** The first in order of preference that answers clips and can do so now. */
  public Optional<ClipBackend> firstReadyForClips() {
    return unnamed().filter(ClipBackend.class::isInstance).map(ClipBackend.class::cast).findFirst();
  }

  private Stream<Backend> unnamed() {
    return byName.values().stream()
        .filter(backend -> !backend.answersOnlyWhenNamed() && backend.readiness().ready());
  }
}
