package framewise.vision;

import java.util.List;

/**
 * A placeholder for a back end that cannot answer, so that users who select it get the reason and a
 * remedy.
 *
 * @param reason a sentence that names the relevant settings
 */
public record UnavailableBackend(String name, String reason) implements Backend {
  /** The end of a reason: points to the builtin back end. */
  public static final String BUILTIN_NEEDS_NONE = " The back end builtin works without a key.";

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
