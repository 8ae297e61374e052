package framewise.server.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The web pages that may use the service from another address: all, or those listed.
 *
 * @param listed as browsers spell them; empty when all are allowed
 */
public record Origins(Optional<Set<String>> listed) {
  public static final Origins ALL = new Origins(Optional.empty());

  private static final Pattern ORIGIN =
      Pattern.compile("https?://[A-Za-z0-9.\\-\\[\\]:]+", Pattern.CASE_INSENSITIVE);

  /**
   * Reads {@code *}, or a comma-separated list such as {@code https://a.example,http://b:8501}.
   *
   * @return empty when one of them is no origin
   */
  public static Optional<Origins> parse(String text) {
    if (text.strip().equals("*")) {
      return Optional.of(ALL);
    }
    Set<String> origins =
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .collect(Collectors.toCollection(TreeSet::new));
    return origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())
        ? Optional.of(new Origins(Optional.of(origins)))
        : Optional.empty();
  }

  public boolean allows(String origin) {
    return listed.isEmpty() || listed.get().stream().anyMatch(origin::equalsIgnoreCase);
  }
}
