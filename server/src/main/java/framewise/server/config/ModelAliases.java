package framewise.server.config;

import framewise.vision.ModelName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Aliases of models, written as {@code name=model} and separated by commas. A model is a back end's
 * model as in {@code GET /v1beta/models}, a back end's name, or both with a slash between them.
 *
 * @param byName the model for each name
 */
public record ModelAliases(Map<String, String> byName) {
  private static final int MAX_COUNT = 100;
  private static final int MAX_LENGTH = 200;

  public ModelAliases {
    byName = Map.copyOf(byName);
  }

  /** Parses that notation; empty when invalid. */
  public static Optional<ModelAliases> parse(String text) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String pair : text.split(",", -1)) {
      if (pair.isBlank()) {
        continue;
      }
      String[] parts = pair.split("=", 2);
      if (parts.length < 2 || !isName(parts[0].strip()) || !isName(parts[1].strip())) {
        return Optional.empty();
      }
      found.put(parts[0].strip(), parts[1].strip());
    }
    return found.size() > MAX_COUNT ? Optional.empty() : Optional.of(new ModelAliases(found));
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && text.length() <= MAX_LENGTH && ModelName.isSound(text);
  }
}
