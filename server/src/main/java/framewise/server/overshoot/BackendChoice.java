package framewise.server.overshoot;

import framewise.overshoot.wire.Inference;
import framewise.server.http.Problem;
import framewise.vision.Backend;
import framewise.vision.Backends;
import framewise.vision.ModelName;
import framewise.vision.provider.Providers;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Chooses the back end for a request of an Overshoot API client: the first of these that matches
 * and is ready.
 *
 * <ol>
 *   <li>the back end whose name is in {@code model}, or that has this model;
 *   <li>the provider in {@code backend}, if it is one of {@link Providers}, with this model;
 *   <li>the first back end that answers clips, with its default model.
 * </ol>
 *
 * @param backend its name
 * @param model empty for its default
 */
record BackendChoice(String backend, Optional<String> model) {
  /**
   * @throws framewise.server.http.ProblemException 503 when no back end is ready
   */
  static BackendChoice of(Backends backends, Optional<String> model, String backend) {
    // Default model of some clients: it expresses no choice.
    Optional<String> wanted =
        model.filter(name -> !name.equals(Inference.DEFAULT_MODEL)).filter(ModelName::isSound);
    return wanted
        .flatMap(name -> byModel(backends, name))
        .or(() -> byProvider(backends, wanted, backend))
        .or(() -> anyone(backends))
        .orElseThrow(() -> noBackend(backends));
  }

  private static Optional<BackendChoice> byModel(Backends backends, String model) {
    Optional<BackendChoice> named =
        backends
            .named(model)
            .filter(BackendChoice::isReady)
            .map(found -> new BackendChoice(found.name(), Optional.empty()));
    return named.or(
        () ->
            backends.all().stream()
                .filter(known -> isReady(known) && known.models().contains(model))
                .findFirst()
                .map(found -> new BackendChoice(found.name(), Optional.of(model))));
  }

  private static Optional<BackendChoice> byProvider(
      Backends backends, Optional<String> model, String backend) {
    return Optional.of(backend)
        .flatMap(Providers::named)
        .flatMap(provider -> backends.named(provider.name()))
        .filter(BackendChoice::isReady)
        .map(found -> new BackendChoice(found.name(), model));
  }

  private static Optional<BackendChoice> anyone(Backends backends) {
    return backends
        .firstReadyForClips()
        .map(found -> new BackendChoice(found.name(), Optional.empty()));
  }

  private static boolean isReady(Backend backend) {
    return backend.readiness().ready();
  }

  private static RuntimeException noBackend(Backends backends) {
    String reasons =
        backends.all().stream()
            .map(known -> known.name() + ": " + known.readiness().reason().orElse("ready"))
            .collect(Collectors.joining(" "));
    return Problem.of(
            HttpStatus.SERVICE_UNAVAILABLE_503,
            "no_backend",
            "No back end of this service can answer now. " + reasons)
        .asException();
  }
}
