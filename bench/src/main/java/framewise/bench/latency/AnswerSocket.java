package framewise.bench.latency;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The answers that one session's WebSocket delivers, each with the time of its arrival and how long
 * it took to be stored and sent.
 */
final class AnswerSocket implements WebSocket.Listener {
  private final List<SocketAnswer> answers = new CopyOnWriteArrayList<>();
  private final Map<Long, JsonNode> deliveries = new ConcurrentHashMap<>();
  private final StringBuilder text = new StringBuilder();

  /**
   * An answer.
   *
   * @param seq its number in the session's log
   * @param number of the picture that the model was asked about
   * @param arrived {@link System#nanoTime} when the message had arrived completely
   * @param inferenceMillis from the question's turn to the model's answer
   * @param timings as the service reports them, in milliseconds by stage
   */
  record SocketAnswer(
      long seq, int number, long arrived, double inferenceMillis, JsonNode timings) {}

  static AnswerSocket open(HttpClient http, String address) {
    var listener = new AnswerSocket();
    WebSocket _ = http.newWebSocketBuilder().buildAsync(URI.create(address), listener).join();
    return listener;
  }

  List<SocketAnswer> answers() {
    return List.copyOf(answers);
  }

  /** How long an answer took to be stored and sent; empty until the service has reported it. */
  Optional<JsonNode> delivery(SocketAnswer answer) {
    return Optional.ofNullable(deliveries.get(answer.seq()));
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    long arrived = System.nanoTime();
    text.append(part);
    if (last) {
      try {
        JsonNode event = StampModel.JSON.readTree(text.toString());
        if (event.path("type").asText().equals("delivered")) {
          deliveries.put(event.path("result_seq").asLong(), event);
        }
        if (event.path("type").asText().equals("result") && event.path("ok").asBoolean()) {
          int number = Integer.parseInt(event.path("result").asText());
          answers.add(
              new SocketAnswer(
                  event.path("seq").asLong(),
                  number,
                  arrived,
                  event.path("inference_latency_ms").asDouble(),
                  event.path("timings")));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }
}
