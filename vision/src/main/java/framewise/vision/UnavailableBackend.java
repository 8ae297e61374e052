package framewise.vision;

import java.util.List;

/**
 * A back end that cannot answer, so that people who ask for it are told why and what to do.
 *
 * @param reason a sentence that names the settings concerned
 */
public record UnavailableBackend(String name, String reason) implements Backend {
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
