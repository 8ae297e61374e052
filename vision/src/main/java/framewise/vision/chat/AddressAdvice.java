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

  /**
   * What asking around has found.
   *
   * @param right whether the address that is set is one of an API after all
   * @param other one that is
   */
  private record Known(boolean right, Optional<BaseUrl> other, long nanos) {}

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
    return base.flatMap(
        set ->
            known(set)
                .filter(it -> !it.right())
                .map(it -> it.other().map(other -> other(set, other)).orElseGet(() -> guess(set))));
  }

  /** For an address that leads elsewhere. */
  String moved(RedirectedException moved) {
    // On the same host it may be the page for people that is shown to who asks for the wrong path.
    Optional<String> other =
        base.filter(set -> moved.redirect().isSafe())
            .flatMap(set -> known(set).flatMap(Known::other).map(found -> other(set, found)));
    return other.orElseGet(() -> moved(moved.redirect()));
  }

  private String moved(Redirect redirect) {
    Optional<BaseUrl> to = base.flatMap(it -> it.movedTo(redirect.from(), redirect.to()));
    if (to.isEmpty()) {
      return "it sends requests on to %s: set %s to the address of the API there"
          .formatted(redirect.to(), setting);
    }
    return to.equals(base)
        ? "it sends requests round in circles: check " + setting
        : "it sends requests on to %s: set %s to that".formatted(to.get(), setting);
  }

  private String other(BaseUrl set, BaseUrl other) {
    return "there is no API at %s, but at %s: set %s to that".formatted(set, other, setting);
  }

  private String guess(BaseUrl set) {
    return set.likeliest(version)
        .map(other -> "there is no API at %s: try %s as %s".formatted(set, other, setting))
        .orElseGet(() -> "there is no API at %s: check %s".formatted(set, setting));
  }

  /** Empty where whoever asks is interrupted. */
  private Optional<Known> known(BaseUrl set) {
    Optional<Known> before = known.filter(it -> System.nanoTime() - it.nanos() < KEPT_NANOS);
    if (before.isPresent()) {
      return before;
    }
    try {
      known = Optional.of(ask(set));
      return known;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Known ask(BaseUrl set) throws InterruptedException {
    var list = new ModelList(PATIENCE);
    if (list.hasApi(set)) {
      return new Known(true, Optional.empty(), System.nanoTime());
    }
    for (BaseUrl other : set.alternatives(version)) {
      if (list.hasApi(other)) {
        return new Known(false, Optional.of(other), System.nanoTime());
      }
    }
    return new Known(false, Optional.empty(), System.nanoTime());
  }
}
