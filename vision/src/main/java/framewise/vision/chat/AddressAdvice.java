package framewise.vision.chat;

import framewise.time.Stopwatch;
import framewise.vision.chat.wire.BaseUrl;
import framewise.vision.chat.wire.Redirect;
import framewise.vision.chat.wire.Redirect.RedirectedException;
import java.time.Duration;
import java.util.Optional;

/**
 * Explains what is wrong with an API's address, and suggests a working one. To find it, it requests
 * the list of models at likely addresses of the same host, without a key; once a minute at most.
 * Thread-safe.
 */
final class AddressAdvice {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration MAX_AGE = Duration.ofMinutes(1);

  private final Optional<BaseUrl> base;
  private final String setting;
  private final String version;
  private volatile Optional<SearchResult> known = Optional.empty();

  /**
   * The result of a search.
   *
   * @param right whether the configured address is an API after all
   * @param other a working address
   */
  private record SearchResult(boolean right, Optional<BaseUrl> other, Stopwatch age) {}

  /**
   * @param base the configured address; empty for the provider's default
   * @param setting name of its setting
   * @param version version of the API in addresses
   */
  AddressAdvice(Optional<BaseUrl> base, String setting, String version) {
    this.base = base;
    this.setting = setting;
    this.version = version;
  }

  /**
   * Advice after a call was not found, to follow the service's name. Empty when the address is
   * right after all, or is the provider's default. Preserves interruption.
   */
  Optional<String> notFound() {
    return base.flatMap(
        set ->
            known(set)
                .filter(it -> !it.right())
                .map(it -> it.other().map(other -> other(set, other)).orElseGet(() -> guess(set))));
  }

  /** Advice after a redirect. */
  String moved(RedirectedException moved) {
    // On the same host the target may be a web page that is served for every unknown path.
    Optional<String> other =
        base.filter(set -> moved.redirect().isSafe())
            .flatMap(
                set -> known(set).flatMap(SearchResult::other).map(found -> other(set, found)));
    return other.orElseGet(() -> moved(moved.redirect()));
  }

  private String moved(Redirect redirect) {
    Optional<BaseUrl> to = base.flatMap(it -> it.movedTo(redirect.from(), redirect.to()));
    if (to.isEmpty()) {
      return "it redirects requests to %s: set %s to the address of the API there"
          .formatted(redirect.to(), setting);
    }
    return to.equals(base)
        ? "it redirects requests in a loop: check " + setting
        : "it redirects requests to %s: set %s to that".formatted(to.get(), setting);
  }

  private String other(BaseUrl set, BaseUrl other) {
    return "there is no API at %s, but at %s: set %s to that".formatted(set, other, setting);
  }

  private String guess(BaseUrl set) {
    return set.likeliest(version)
        .map(other -> "there is no API at %s: try %s as %s".formatted(set, other, setting))
        .orElseGet(() -> "there is no API at %s: check %s".formatted(set, setting));
  }

  /** Searches; empty when interrupted. */
  private Optional<SearchResult> known(BaseUrl set) {
    Optional<SearchResult> before = known.filter(it -> !it.age().exceeds(MAX_AGE));
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

  private SearchResult ask(BaseUrl set) throws InterruptedException {
    var list = new ModelList(TIMEOUT);
    if (list.hasApi(set)) {
      return new SearchResult(true, Optional.empty(), Stopwatch.start());
    }
    for (BaseUrl other : set.alternatives(version)) {
      if (list.hasApi(other)) {
        return new SearchResult(false, Optional.of(other), Stopwatch.start());
      }
    }
    return new SearchResult(false, Optional.empty(), Stopwatch.start());
  }
}
