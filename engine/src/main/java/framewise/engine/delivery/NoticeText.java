package framewise.engine.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.ShownText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A notice as text for people.
 *
 * @param title one line
 * @param message a sentence or two
 * @param urgency 1 to 5 on ntfy's scale; 3 is the default
 * @param tag short code of an icon, from ntfy's list
 */
public record NoticeText(String title, String message, int urgency, String tag) {
  private static final int MAX_TITLE_LENGTH = 200;
  private static final int MAX_MESSAGE_LENGTH = 2_000;

  public NoticeText {
    // An answer may contain text that somebody holds in front of the camera.
    title = cut(ShownText.of(title.replaceAll("\\s+", " "), Integer.MAX_VALUE), MAX_TITLE_LENGTH);
    message = cut(ShownText.ofLines(message, Integer.MAX_VALUE), MAX_MESSAGE_LENGTH);
  }

  /**
   * Describes a body for people.
   *
   * @param body from {@link NoticeBody}
   */
  public static NoticeText of(JsonNode body) {
    JsonNode data = body.path("data");
    String type = body.path("type").asText();
    return switch (type) {
      case "incident.opened" ->
          new NoticeText(watch(data), "Incident opened." + answer(data), 4, "rotating_light");
      case "incident.updated" -> updated(data);
      case "incident.ended" ->
          new NoticeText(
              watch(data),
              "Incident ended after " + length(data) + "." + answer(data),
              3,
              "white_check_mark");
      case "endpoint.disabled" ->
          new NoticeText(
              "Deliveries to %s stopped".formatted(data.path("endpoint").path("name").asText()),
              data.path("reason").asText(),
              4,
              "warning");
      case "test.ping" -> new NoticeText("Test", data.path("message").asText(), 3, "wave");
      case "session.status" ->
          new NoticeText(
              "Session " + data.path("status").asText() + session(data),
              text(data, "detail")
                  .orElse("The session is now %s.".formatted(data.path("status").asText())),
              3,
              "movie_camera");
      default -> new NoticeText(type, data.toString(), 3, "bell");
    };
  }

  /** Updates contain an answer, a person's acknowledgement or another back end's opinion. */
  private static NoticeText updated(JsonNode data) {
    if (lastAnswer(data).isEmpty()) {
      Optional<String> person = text(data, "acknowledged_at");
      JsonNode second = data.path("second_opinion");
      Optional<String> model = text(second, "at");
      if (person.isPresent() && model.filter(at -> isBefore(person.get(), at)).isEmpty()) {
        String note = text(data, "note").map(words -> ": " + words).orElse(".");
        return new NoticeText(
            watch(data),
            "Acknowledged by " + data.path("acknowledged_by").asText() + note,
            2,
            "eyes");
      }
      if (model.isPresent()) {
        String reason = text(second, "reason").map(words -> " " + words).orElse("");
        return new NoticeText(
            watch(data),
            "Second opinion: %s.%s".formatted(second.path("verdict").asText(), reason),
            2,
            "mag");
      }
    }
    return new NoticeText(
        watch(data), "Still open after " + length(data) + "." + answer(data), 2, "hourglass");
  }

  private static boolean isBefore(String earlier, String later) {
    try {
      return Instant.parse(earlier).isBefore(Instant.parse(later));
    } catch (DateTimeException damaged) {
      return false;
    }
  }

  /** The last answer of an incident, where the body has it. */
  public static Optional<String> lastAnswer(JsonNode data) {
    return text(data.path("last"), "answer").or(() -> text(data, "answer"));
  }

  /** Includes the session, because a watch may cover many cameras. */
  private static String watch(JsonNode data) {
    return text(data, "watch").orElse("Incident") + session(data);
  }

  private static String session(JsonNode data) {
    return text(data, NoticeBody.SESSION).map(" (%s)"::formatted).orElse("");
  }

  private static String answer(JsonNode data) {
    return lastAnswer(data).map(answer -> " " + answer).orElse("");
  }

  private static String length(JsonNode data) {
    Duration length = Duration.ofSeconds(Math.round(data.path("length_seconds").asDouble()));
    if (length.toMinutes() == 0) {
      return length.toSeconds() + " s";
    }
    return length.toHours() == 0
        ? "%d min".formatted(length.toMinutes())
        : "%d h %d min".formatted(length.toHours(), length.toMinutesPart());
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.get(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(text -> !text.isBlank());
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
