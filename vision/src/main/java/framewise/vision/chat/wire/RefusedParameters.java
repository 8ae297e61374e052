package framewise.vision.chat.wire;

import framewise.vision.RefusedParameter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parameters that a server's models refuse, learned from its errors and omitted from then on.
 * Kept for the life of the process. Thread-safe.
 */
public final class RefusedParameters {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedParameters.class);

  /** Names of models come from requests, so the least recently asked is forgotten. */
  private static final int MOST_MODELS = 200;

  /** Limits the schemas kept per model. */
  private static final int MOST_OF_A_MODEL = 50;

  private final String backend;

  private final Map<String, Known> byModel =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST_MODELS;
        }
      };

  private static final class Known {
    private final Set<String> refused = new LinkedHashSet<>();
    private boolean closesThoughts;
  }

  /**
   * @param backend back end of the server, for the log
   */
  public RefusedParameters(String backend) {
    this.backend = backend;
  }

  /** The refused parameters of a model, by their names in {@link RequestBody}. */
  synchronized Set<String> of(String model) {
    Known known = byModel.get(model);
    return known == null ? Set.of() : Set.copyOf(known.refused);
  }

  /** Whether a model is known to refuse a parameter. */
  public synchronized boolean refuses(String model, String parameter) {
    return of(model).contains(parameter);
  }

  /** Records that a model refuses these parameters. */
  public synchronized void learn(String model, Set<String> refused) {
    if (refused.isEmpty()) {
      return;
    }
    Known known = byModel.computeIfAbsent(model, name -> new Known());
    for (String parameter : refused) {
      if (known.refused.size() < MOST_OF_A_MODEL && known.refused.add(parameter)) {
        LOG.info(
            "{}: {} refuses {}; requests go without it from now on ({})",
            backend,
            model,
            RequestBody.shown(parameter),
            RequestBody.instead(parameter));
      }
    }
  }

  /**
   * Records that the model closes thoughts that its server opened, so that a cut answer may be all
   * thoughts.
   */
  public synchronized void closesThoughts(String model) {
    byModel.computeIfAbsent(model, name -> new Known()).closesThoughts = true;
  }

  /** Whether the model closes thoughts that its server opened. */
  public synchronized boolean isClosingThoughts(String model) {
    Known known = byModel.get(model);
    return known != null && known.closesThoughts;
  }

  /** All refused parameters. */
  public synchronized List<RefusedParameter> list() {
    return byModel.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().refused.stream()
                    .map(
                        parameter ->
                            new RefusedParameter(
                                entry.getKey(),
                                RequestBody.shown(parameter),
                                RequestBody.instead(parameter))))
        .distinct()
        .toList();
  }
}
