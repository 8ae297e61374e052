package framewise.server.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import framewise.engine.ShownText;
import framewise.engine.result.LoggedEvent;
import framewise.media.MediaTime;
import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Writes results to standard output: as JSON, or as lines for a person. On a terminal, a progress
 * bar on standard error shows the position in the video.
 */
final class Printer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String BEGIN_AND_CLEAR_LINE = "\r\u001b[K";
  private static final int BAR_COLUMNS = 79;
  private static final String INDENT = "\n              ";

  private final boolean json;
  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final @Nullable ProgressBar bar;

  private Printer(boolean json, @Nullable ProgressBar bar) {
    this.json = json;
    this.bar = bar;
  }

  /**
   * @param duration of the video, where known; without it there is no bar
   */
  static Printer of(boolean json, Optional<MediaTime> duration) {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new Printer(json, terminal ? duration.map(Printer::bar).orElse(null) : null);
  }

  /**
   * Prints one result.
   *
   * @return false when the reader is gone, as after {@code | head -1}: stop printing then
   */
  boolean print(LoggedEvent result) {
    JsonNode event = parse(result);
    JsonNode clip = event.path("clip");
    String line = json ? escaped(result.json()) : line(event);
    out.println(bar == null ? line : BEGIN_AND_CLEAR_LINE + line);
    if (out.checkError()) {
      return false;
    }
    if (bar != null) {
      bar.stepTo((long) clip.path("end_seconds").asDouble());
      bar.refresh();
    }
    return true;
  }

  /** Prints why the run ended before the video did. */
  void complain(String reason) {
    System.err.println(
        (bar == null ? "" : BEGIN_AND_CLEAR_LINE) + "framewise: " + printable(reason));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private static String line(JsonNode event) {
    MediaTime start = MediaTime.ofSeconds(event.path("clip").path("start_seconds").asDouble());
    String answer =
        event.path("ok").asBoolean()
            ? event.path("result").asText()
            : "(no answer: " + event.path("error").path("message").asText() + ")";
    return start
        + "  "
        + answer.strip().lines().map(Printer::printable).collect(Collectors.joining(INDENT));
  }

  /** Answers come from outside: none of their characters may control the terminal. */
  private static String printable(String line) {
    return ShownText.hasHidden(line) ? ShownText.of(line, line.length()) : line;
  }

  /** The same JSON, without characters that a terminal would take as commands. */
  private static String escaped(String json) {
    if (!ShownText.hasHidden(json)) {
      return json;
    }
    var escaped = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      char each = json.charAt(i);
      boolean plain = Character.isSurrogate(each) || !ShownText.hasHidden(String.valueOf(each));
      escaped.append(plain ? String.valueOf(each) : "\\u%04x".formatted((int) each));
    }
    return escaped.toString();
  }

  private static ProgressBar bar(MediaTime duration) {
    return new ProgressBarBuilder()
        .setTaskName("Watching")
        .setInitialMax(Math.max(1, (long) duration.seconds()))
        .setUnit(" s", 1)
        .setStyle(ProgressBarStyle.ASCII)
        // Redraws its own line: the library's default for terminals redraws the line above, which
        // is the last printed answer.
        .setConsumer(new ConsoleProgressBarConsumer(System.err, BAR_COLUMNS))
        .build();
  }

  private static JsonNode parse(LoggedEvent result) {
    try {
      return JSON.readTree(result.json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the log contains invalid JSON: " + result.seq(), e);
    }
  }
}
