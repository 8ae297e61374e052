package framewise.server.config;

/**
 * A value that must not be seen: it prints as {@code ***} wherever it ends up.
 *
 * @param reveal the value itself, for the one who sends it
 */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
