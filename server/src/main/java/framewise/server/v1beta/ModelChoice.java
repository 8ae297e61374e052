package framewise.server.v1beta;

import framewise.engine.ShownText;
import framewise.server.http.Problem;
import framewise.vision.Backend;
import framewise.vision.Backends;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The back end and model for a chat.
 *
 * @param backend name of the back end
 * @param model empty for its default
 */
record ModelChoice(String backend, Optional<String> model) {
  private static final int MAX_SHOWN_LENGTH = 100;

  /**
   * Chooses by the client's name for a model: an alias, a back end, or a back end's model. Any
   * other name gets the first back end that is ready, so that clients with a built-in model name
   * work unchanged; except that a name that refers to a back end is never answered by another one.
   *
   * @param aliases other names for models and back ends
   * @throws framewise.server.http.ProblemException 404, when the name is of a back end that can't
   *     answer it; 503, when no back end is ready
   */
  static ModelChoice of(Backends backends, Map<String, String> aliases, String asked) {
    String name = aliases.getOrDefault(asked, asked);
    return named(backends, name)
        .or(() -> ofModel(backends, name))
        .or(() -> first(backends, name, asked))
        .orElseThrow(
            () ->
                Problem.of(
                        ChatFault.MODEL_UNAVAILABLE.status(),
                        ChatFault.MODEL_UNAVAILABLE.code(),
                        "No model can answer now: GET /backends says why.")
                    .asException());
  }

  /** Whether a question to the target of an alias would be answered now. */
  static boolean isReady(Backends backends, String target) {
    return named(backends, target).isPresent()
        || ofModel(backends, target).isPresent()
        || (!isOfOurs(backends, target) && backends.firstReadyForClips().isPresent());
  }

  private static boolean isOfOurs(Backends backends, String name) {
    int slash = name.indexOf('/');
    String start = slash < 0 ? name : name.substring(0, slash);
    return backends.named(start).isPresent()
        || backends.all().stream()
            .filter(backend -> backend.readiness().ready())
            .anyMatch(backend -> backend.models().contains(name));
  }

  private static Optional<ModelChoice> first(Backends backends, String name, String asked) {
    if (isOfOurs(backends, name)) {
      String alias =
          asked.equals(name)
              ? ""
              : "\"%s\", an alias of ".formatted(ShownText.of(asked, MAX_SHOWN_LENGTH));
      throw ChatFault.MODEL_NOT_FOUND.because(
          ("model is %s\"%s\", which can't be asked here: that back end is not ready, has no such"
                  + " model or takes streams only. GET /v1beta/models lists the models.")
              .formatted(alias, ShownText.of(name, MAX_SHOWN_LENGTH)));
    }
    return backends
        .firstReadyForClips()
        .map(backend -> new ModelChoice(backend.name(), Optional.empty()));
  }

  /** Whether its models can call tools. */
  boolean callsTools(Backends backends) {
    return backends
        .named(backend)
        .filter(it -> it.capabilities().contains(Question.TOOLS))
        .isPresent();
  }

  /** Parses a back end's name, optionally followed by a slash and one of its models. */
  private static Optional<ModelChoice> named(Backends backends, String name) {
    int slash = name.indexOf('/');
    Optional<ModelChoice> whole =
        ready(backends)
            .filter(backend -> backend.name().equals(name))
            .map(backend -> new ModelChoice(backend.name(), Optional.empty()))
            .findFirst();
    return whole.or(
        () ->
            ready(backends)
                .filter(backend -> slash > 0 && backend.name().equals(name.substring(0, slash)))
                .filter(backend -> backend.models().contains(name.substring(slash + 1)))
                .map(
                    backend ->
                        new ModelChoice(backend.name(), Optional.of(name.substring(slash + 1))))
                .findFirst());
  }

  private static Optional<ModelChoice> ofModel(Backends backends, String name) {
    return ready(backends)
        .filter(backend -> backend.models().contains(name))
        .map(backend -> new ModelChoice(backend.name(), Optional.of(name)))
        .findFirst();
  }

  /** Names that choose a back end: those of its models or, where it lists none, its own. */
  static List<String> names(Backend backend) {
    return backend.models().isEmpty() ? List.of(backend.name()) : backend.models();
  }

  private static Stream<Backend> ready(Backends backends) {
    return backends.all().stream()
        .filter(ClipBackend.class::isInstance)
        .filter(backend -> backend.readiness().ready());
  }
}
