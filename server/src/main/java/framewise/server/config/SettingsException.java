package framewise.server.config;

import java.util.List;

/**
 * Thrown when invalid settings prevent a start. Each sentence names the key, its value and what is
 * allowed.
 */
public final class SettingsException extends Exception {
  private final transient List<String> sentences;

  SettingsException(List<String> sentences) {
    super(String.join("\n", sentences));
    this.sentences = List.copyOf(sentences);
  }

  public List<String> sentences() {
    return sentences;
  }
}
