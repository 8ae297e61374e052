package framewise.media.network;

import framewise.media.network.UrlFault.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The first line and the headers of an HTTP or RTSP message.
 *
 * @param first the first line
 * @param headers by name, in lower case
 */
public record MessageHead(String first, Map<String, List<String>> headers) {
  private static final int MAX_LINE_LENGTH = 16 << 10;
  private static final int MAX_LINES = 200;

  /** Empty lines before a message, and interim replies before the final one. */
  private static final int MAX_LEADING_ITEMS = 10;

  /**
   * Reads up to the empty line.
   *
   * @throws UrlFault when it is malformed or too long
   */
  public static MessageHead read(InputStream in) throws IOException {
    String first = line(in);
    for (int empty = 1; first.isEmpty(); empty++) {
      if (empty > MAX_LEADING_ITEMS) {
        throw garbled();
      }
      first = line(in);
    }
    Map<String, List<String>> headers = new HashMap<>();
    for (int lines = 0; lines < MAX_LINES; lines++) {
      String line = line(in);
      if (line.isEmpty()) {
        return new MessageHead(first, headers);
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(
                line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                name -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      }
    }
    throw garbled();
  }

  /**
   * Reads a reply after interim ones such as {@code 100 Continue}.
   *
   * @throws UrlFault when it is malformed or too long, or too many interim ones come before it
   */
  static MessageHead readFinal(InputStream in) throws IOException {
    for (int interim = 0; interim <= MAX_LEADING_ITEMS; interim++) {
      MessageHead head = read(in);
      if (head.status() / 100 != 1) {
        return head;
      }
    }
    throw garbled();
  }

  /**
   * The status code of a reply, such as 200.
   *
   * @throws UrlFault when the message is not a reply
   */
  public int status() throws UrlFault {
    String[] words = first.split(" ", 3);
    try {
      return Integer.parseInt(words.length < 2 ? "" : words[1]);
    } catch (NumberFormatException e) {
      throw garbled();
    }
  }

  public Optional<String> header(String name) {
    return all(name).stream().findFirst();
  }

  public List<String> all(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** A header as a whole number, 0 or more; empty when it is none. */
  public Optional<Long> number(String name) {
    try {
      return header(name).map(Long::parseLong).filter(value -> value >= 0);
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  static String line(InputStream in) throws IOException {
    byte[] line = new byte[MAX_LINE_LENGTH];
    int length = 0;
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new UrlFault(Kind.LOST, "The connection was closed.");
      }
      if (length == MAX_LINE_LENGTH) {
        throw garbled();
      }
      line[length++] = (byte) b;
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    return new String(line, 0, length, StandardCharsets.ISO_8859_1);
  }

  static UrlFault garbled() {
    return new UrlFault(Kind.LOST, "The server's response is invalid.");
  }
}
