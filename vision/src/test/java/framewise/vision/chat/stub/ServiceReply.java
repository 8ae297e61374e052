package framewise.vision.chat.stub;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A service's behaviour for one request.
 *
 * @param parts what it sends, flushed one by one
 * @param manner how it sends
 */
public record ServiceReply(
    int status, Map<String, String> headers, List<String> parts, DeliveryMode manner) {
  public enum DeliveryMode {
    /** Sends everything. */
    WHOLE,
    /** Breaks the connection after the last part. */
    CUT,
    /** Sends nothing after the last part and keeps the connection open. */
    HANGS,
    /** Sends nothing at all. */
    SILENT,
    /** Repeats the last part for as long as the client reads. */
    ENDLESS
  }

  public static ServiceReply json(int status, String body) {
    return new ServiceReply(
        status, Map.of("Content-Type", "application/json"), List.of(body), DeliveryMode.WHOLE);
  }

  public static ServiceReply events(List<String> events) {
    return new ServiceReply(
        200, Map.of("Content-Type", "text/event-stream"), events, DeliveryMode.WHOLE);
  }

  public static ServiceReply silent() {
    return new ServiceReply(200, Map.of(), List.of(), DeliveryMode.SILENT);
  }

  public ServiceReply with(String header, String value) {
    var more = new java.util.HashMap<>(headers);
    more.put(header, value);
    return new ServiceReply(status, Map.copyOf(more), parts, manner);
  }

  public ServiceReply in(DeliveryMode other) {
    return new ServiceReply(status, headers, parts, other);
  }

  public List<byte[]> bytes() {
    return parts.stream().map(part -> part.getBytes(StandardCharsets.UTF_8)).toList();
  }
}
