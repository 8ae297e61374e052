package framewise.vision.chat.wire;

import framewise.vision.RefusedParameter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parameters that a server's models refuse, learned from its errors and omitted from then on.
 * Kept for the life of the process. Thread-safe.
 */
public final class RefusedParameters {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedParameters.class);

  /** Names of models come from requests, so the least recently asked is forgotten. */
  private static final int MAX_MODELS = 200;

  /** Limits the schemas kept per model. */
  private static final int MAX_PER_MODEL = 50;

  /** The name under which a limit on pictures is listed. */
  private static final String PICTURES = "images";

  private final String backend;

  private final Map<String, ModelLimits> byModel =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ModelLimits> eldest) {
          return size() > MAX_MODELS;
        }
      };

  private static final class ModelLimits {
    private final Set<String> refused = new LinkedHashSet<>();
    private boolean closesThoughts;
    private int mostPictures = Integer.MAX_VALUE;
  }

  /**
   * @param backend back end of the server, for the log
   */
  public RefusedParameters(String backend) {
    this.backend = backend;
  }

  /** The refused parameters of a model, by their names in {@link RequestBody}. */
  synchronized Set<String> of(String model) {
    ModelLimits known = byModel.get(model);
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
    ModelLimits known = byModel.computeIfAbsent(model, name -> new ModelLimits());
    for (String parameter : refused) {
      if (known.refused.size() < MAX_PER_MODEL && known.refused.add(parameter)) {
        LOG.info(
            "{}: {} does not support {}; later requests omit it ({})",
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
    byModel.computeIfAbsent(model, name -> new ModelLimits()).closesThoughts = true;
  }

  /** Whether the model closes thoughts that its server opened. */
  public synchronized boolean isClosingThoughts(String model) {
    ModelLimits known = byModel.get(model);
    return known != null && known.closesThoughts;
  }

  /** The number of pictures that a model takes; {@link Integer#MAX_VALUE} where it refused none. */
  public synchronized int maxPictures(String model) {
    ModelLimits known = byModel.get(model);
    return known == null ? Integer.MAX_VALUE : known.mostPictures;
  }

  /** Records that a model refuses more than this many pictures in a request. */
  public synchronized void takesPictures(String model, int most) {
    ModelLimits known = byModel.computeIfAbsent(model, name -> new ModelLimits());
    if (most < known.mostPictures) {
      known.mostPictures = most;
      LOG.info(
          "{}: {} accepts at most {} pictures; later requests send no more", backend, model, most);
    }
  }

  /** All refused parameters. */
  public synchronized List<RefusedParameter> list() {
    return byModel.entrySet().stream()
        .flatMap(entry -> list(entry.getKey(), entry.getValue()))
        .distinct()
        .toList();
  }

  private static Stream<RefusedParameter> list(String model, ModelLimits known) {
    Stream<RefusedParameter> pictures =
        known.mostPictures == Integer.MAX_VALUE
            ? Stream.empty()
            : Stream.of(
                new RefusedParameter(
                    model, PICTURES, "at most %d of a clip".formatted(known.mostPictures)));
    return Stream.concat(
        known.refused.stream()
            .map(
                parameter ->
                    new RefusedParameter(
                        model, RequestBody.shown(parameter), RequestBody.instead(parameter))),
        pictures);
  }
}
