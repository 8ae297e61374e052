package framewise.vision;

import java.util.List;
import java.util.Optional;

/**
 * Answers questions about video, in one of two ways: a {@link ClipBackend} answers about one clip
 * at a time, a {@link StreamBackend} receives the whole stream. Shared by all sessions;
 * thread-safe.
 */
public interface Backend extends AutoCloseable {
  /** The name in the API, such as {@code builtin}. */
  String name();

  /** Whether it can answer now; cheap. */
  Readiness readiness();

  /**
   * Whether it is only used when named: it was detected automatically, and may not be what users
   * want.
   */
  default boolean answersOnlyWhenNamed() {
    return false;
  }

  /** The known models, the default first; empty when unknown. */
  List<String> models();

  /** The default model; empty when unknown. */
  default Optional<String> defaultModel() {
    return models().stream().findFirst();
  }

  /** Its capabilities, in the API's terms. */
  List<String> capabilities();

  /** Parameters that its server refused since the process started, which are no longer sent. */
  default List<RefusedParameter> refusedParameters() {
    return List.of();
  }

  /** Stops background work, such as looking for a server; no questions follow. */
  @Override
  default void close() {}
}
