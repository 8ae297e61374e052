package framewise.engine.bundle;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/** Lines of a text, each up to a length. Used by one thread. */
final class BoundedLines {
  private final BufferedReader in;
  private final int longest;

  /** A line is too long. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param longest maximum length of a line, in characters
   */
  BoundedLines(BufferedReader in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** The next line; empty after the last. */
  Optional<String> next() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n') {
        return Optional.of(line.toString());
      }
      if (line.length() == longest) {
        throw new TooLongException();
      }
      line.append((char) c);
    }
    return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
  }
}
