package framewise.vision;

import java.util.List;

/**
 * A back end that cannot answer, so that people who ask for it are told why and what to do.
 *
 * @param reason a sentence that names the settings concerned
 */
public record UnavailableBackend(String name, String reason) implements Backend {
  /** The end of a reason: who answers all the same. */
  public static final String BUILTIN_NEEDS_NONE =
      " The back end builtin answers now, and needs no key.";

  @Override
  public Readiness readiness() {
    return Readiness.missing(reason);
  }

  @Override
  public List<String> models() {
    return List.of();
  }

  @Override
  public List<String> capabilities() {
    return List.of();
  }
}
