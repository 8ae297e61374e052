package framewise.vision.chat;

import java.time.Duration;
import java.util.Optional;

/**
 * Says what is wrong with the address of an API, and which one would do. To know that, it asks the
 * same host for its models at the addresses that may be meant, without a key; once a minute at
 * most. Safe for any number of threads.
 */
final class AddressAdvice {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

  private final Optional<BaseUrl> base;
  private final String setting;
  private final String version;
  private volatile Optional<Known> known = Optional.empty();

  private record Known(String sentence, long nanos) {}

  /**
   * @param base what is set; empty for the provider's own
   * @param setting its name
   * @param version of the API, as it stands in addresses
   */
  AddressAdvice(Optional<BaseUrl> base, String setting, String version) {
    this.base = base;
    this.setting = setting;
    this.version = version;
  }

  /**
   * For an address where a call was not found; to be read after the service's name. Empty where it
   * is right after all, or the provider's own. Whoever is interrupted stays so.
   */
  Optional<String> notFound() {
    Optional<Known> before = known.filter(it -> System.nanoTime() - it.nanos() < KEPT_NANOS);
    if (base.isEmpty() || before.isPresent()) {
      return before.map(Known::sentence).filter(it -> !it.isEmpty());
    }
    try {
      String sentence = find(base.get());
      known = Optional.of(new Known(sentence, System.nanoTime()));
      return Optional.of(sentence).filter(it -> !it.isEmpty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** For an address that leads elsewhere. */
  String moved(RedirectedException moved) {
    Optional<BaseUrl> to = base.flatMap(it -> it.movedTo(moved.from(), moved.to()));
    if (to.isEmpty()) {
      return "it sends requests on to %s: set %s to the address of the API there"
          .formatted(moved.to(), setting);
    }
    return to.equals(base)
        ? "it sends requests round in circles: check " + setting
        : "it sends requests on to %s: set %s to that".formatted(to.get(), setting);
  }

  private String find(BaseUrl set) throws InterruptedException {
    var list = new ModelList(PATIENCE);
    if (list.hasApi(set)) {
      return "";
    }
    for (BaseUrl other : set.alternatives(version)) {
      if (list.hasApi(other)) {
        return "there is no API at %s, but at %s: set %s to that".formatted(set, other, setting);
      }
    }
    return set.likeliest(version)
        .map(other -> "there is no API at %s: try %s as %s".formatted(set, other, setting))
        .orElseGet(() -> "there is no API at %s: check %s".formatted(set, setting));
  }
}
