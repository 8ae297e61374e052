package framewise.engine.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A notice before it is stored.
 *
 * @param type words separated by dots, such as {@code incident.opened}; at most {@value
 *     #MAX_TYPE_LENGTH} characters
 * @param at when its cause happened; stored with milliseconds
 * @param session the session that it is about; only those who may see the session may read it.
 *     Empty if it is about the service
 * @param subject what it is about, such as the id of an incident; notices with the same subject are
 *     delivered in order; at most {@value #MAX_SUBJECT_LENGTH} characters
 * @param data a JSON object, at most {@value #MAX_BYTES} bytes as UTF-8
 * @param endpoints ids of the endpoints that get it, at most {@value #MAX_ENDPOINTS}; empty for all
 *     that accept its type
 */
public record NewNotice(
    String type,
    Instant at,
    Optional<SessionId> session,
    String subject,
    String data,
    Optional<List<String>> endpoints) {
  public static final int MAX_TYPE_LENGTH = 64;
  public static final int MAX_SUBJECT_LENGTH = 64;

  /** Leaves room for links and the envelope; a complete body has less than 20,000 bytes. */
  public static final int MAX_BYTES = 16_000;

  public static final int MAX_ENDPOINTS = 50;

  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9_]*(?:\\.[a-z][a-z0-9_]*)+");
  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9._:-]+");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws IllegalArgumentException when a value is out of its limits
   */
  public NewNotice {
    require(
        type.length() <= MAX_TYPE_LENGTH && TYPE.matcher(type).matches(),
        "type",
        "words with dots");
    require(
        subject.length() <= MAX_SUBJECT_LENGTH && SUBJECT.matcher(subject).matches(),
        "subject",
        "1 to 64 letters, digits and . _ : -");
    require(
        data.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES,
        "data",
        "at most %d bytes".formatted(MAX_BYTES));
    require(isObject(data), "data", "a JSON object");
    endpoints = endpoints.map(List::copyOf);
    require(
        endpoints.map(List::size).orElse(0) <= MAX_ENDPOINTS,
        "endpoints",
        "at most %d".formatted(MAX_ENDPOINTS));
  }

  private static boolean isObject(String data) {
    try {
      return JSON.readTree(data).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static void require(boolean kept, String what, String rule) {
    if (!kept) {
      throw new IllegalArgumentException("the %s of a notice must be %s".formatted(what, rule));
    }
  }
}
