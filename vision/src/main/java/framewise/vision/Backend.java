package framewise.vision;

import java.util.List;
import java.util.Optional;

/**
 * Who answers questions about video, in one of two ways: a {@link ClipBackend} is asked about one
 * clip at a time, a {@link StreamBackend} is given the whole stream. Shared by all sessions and
 * safe to use from any number of threads.
 */
public interface Backend extends AutoCloseable {
  /** The name in the API, such as {@code builtin}. */
  String name();

  /** Whether it can answer now, cheap to ask. */
  Readiness readiness();

  /**
   * Whether it is left out where no back end is named: it has turned up by itself, and may not be
   * what anybody wants.
   */
  default boolean answersOnlyWhenNamed() {
    return false;
  }

  /** The models it knows, its default first; empty where it does not tell. */
  List<String> models();

  /** The model that answers where none is named; empty where it does not tell. */
  default Optional<String> defaultModel() {
    return models().stream().findFirst();
  }

  /** What it is good for, in the words of the API. */
  List<String> capabilities();

  /** Parameters that its server refused and is no longer sent, since the start of the process. */
  default List<RefusedParameter> refusedParameters() {
    return List.of();
  }

  /** Ends what it does by itself, such as looking for a server; it is asked nothing afterwards. */
  @Override
  default void close() {}
}
