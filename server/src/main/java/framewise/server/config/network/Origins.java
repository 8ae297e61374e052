package framewise.server.config.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Web origins that may use the service from another address: none, all, or a list.
 *
 * @param listed in the browsers' notation, in lower case; empty when all are allowed
 */
public record Origins(Optional<Set<String>> listed) {
  public static final Origins ALL = new Origins(Optional.empty());
  public static final Origins NONE = new Origins(Optional.of(Set.of()));

  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.\\-\\[\\]:]+");

  /**
   * Parses {@code *}, nothing, or a comma-separated list such as {@code
   * https://a.example,http://b:8501}.
   *
   * @return empty when an entry is not an origin
   */
  public static Optional<Origins> parse(String text) {
    if (text.isBlank()) {
      return Optional.of(NONE);
    }
    if (text.strip().equals("*")) {
      return Optional.of(ALL);
    }
    Set<String> origins =
        Arrays.stream(text.split(",", -1))
            .map(origin -> spelled(origin.strip()))
            .collect(Collectors.toCollection(TreeSet::new));
    return origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())
        ? Optional.of(new Origins(Optional.of(origins)))
        : Optional.empty();
  }

  /** Whether pages of this origin may use the service. */
  public boolean allows(String origin) {
    return isAll() || names(origin);
  }

  /** Whether this very origin is listed. */
  public boolean names(String origin) {
    return listed.isPresent() && listed.get().contains(origin.toLowerCase(Locale.ROOT));
  }

  public boolean isAll() {
    return listed.isEmpty();
  }

  public boolean isNone() {
    return listed.isPresent() && listed.get().isEmpty();
  }

  /** Browsers omit the scheme's default port. */
  private static String spelled(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    boolean usual = lower.matches("http://[^/]+:80") || lower.matches("https://[^/]+:443");
    return usual ? lower.substring(0, lower.lastIndexOf(':')) : lower;
  }
}
