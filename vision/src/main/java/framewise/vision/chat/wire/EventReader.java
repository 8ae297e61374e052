package framewise.vision.chat.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events from model servers: by the standard (WHATWG HTML, 9.2.6), and with its
 * common violations. Some servers omit the empty line between events; some send an error in a field
 * {@code error} or as a line of JSON without a field.
 */
final class EventReader {
  /** Possible beginnings of an event stream. */
  static final List<String> FIELDS = List.of("data:", "event:", "id:", "retry:", "error:", ":");

  /** An event is held as a whole, and is a few words as a rule. */
  private static final int MAX_EVENT_LENGTH = 1 << 20;

  private final BufferedReader lines;
  private final StringBuilder data = new StringBuilder();
  private String name = "";
  private int dataLines;
  private boolean over;
  private boolean afterReturn;

  /** One event. */
  record ServerEvent(String name, String data) {
    /** Whether its name marks an error, regardless of its data. */
    boolean isError() {
      return name.equals("error");
    }

    /** Whether it is OpenAI's end marker. */
    boolean isDone() {
      return data.strip().equals("[DONE]");
    }
  }

  EventReader(InputStream body) {
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** The next event; empty at the end. */
  Optional<ServerEvent> next() throws IOException {
    while (!over) {
      String line = line();
      over = line == null;
      Optional<ServerEvent> event = line == null || line.isEmpty() ? end() : read(line);
      if (event.isPresent()) {
        return event;
      }
    }
    return Optional.empty();
  }

  /** The next line, of limited length; null at the end. */
  private @Nullable String line() throws IOException {
    var line = new StringBuilder();
    for (int next = lines.read(); next >= 0; next = lines.read()) {
      boolean second = afterReturn && next == '\n';
      afterReturn = next == '\r';
      if (second) {
        continue;
      }
      if (next == '\n' || next == '\r') {
        return line.toString();
      }
      line.append((char) next);
      if (line.length() + data.length() > MAX_EVENT_LENGTH) {
        throw new IOException(
            "an event of the answer is longer than %,d characters".formatted(MAX_EVENT_LENGTH));
      }
    }
    return line.isEmpty() ? null : line.toString();
  }

  private Optional<ServerEvent> read(String line) {
    if (line.startsWith("{")) {
      Optional<ServerEvent> before = take();
      data.append(line);
      dataLines = 1;
      return before;
    }
    int colon = line.indexOf(':');
    String field = (colon < 0 ? line : line.substring(0, colon)).replace("\uFEFF", "");
    String value = colon < 0 ? "" : line.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    return switch (field) {
      case "data" -> data(value);
      case "event" -> {
        Optional<ServerEvent> before = take();
        name = value.strip();
        yield before;
      }
      case "error" -> {
        Optional<ServerEvent> before = take();
        name = "error";
        data.append(value);
        dataLines = 1;
        yield before;
      }
      default -> Optional.empty();
    };
  }

  private Optional<ServerEvent> data(String value) {
    // A complete single line is an event, even without the empty line.
    boolean whole = dataLines == 1 && (isDone() || ReplyJson.parse(data.toString()).isPresent());
    Optional<ServerEvent> before = whole ? take() : Optional.empty();
    if (dataLines > 0) {
      data.append('\n');
    }
    data.append(value);
    dataLines++;
    return before;
  }

  private boolean isDone() {
    return data.toString().equals("[DONE]");
  }

  private Optional<ServerEvent> end() {
    Optional<ServerEvent> event = take();
    name = "";
    return event;
  }

  private Optional<ServerEvent> take() {
    Optional<ServerEvent> event =
        data.isEmpty() ? Optional.empty() : Optional.of(new ServerEvent(name, data.toString()));
    data.setLength(0);
    dataLines = 0;
    if (event.isPresent()) {
      name = "";
    }
    return event;
  }
}
