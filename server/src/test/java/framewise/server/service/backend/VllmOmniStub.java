package framewise.server.service.backend;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.TestClient;
import io.javalin.Javalin;
import io.javalin.websocket.WsContext;
import io.javalin.websocket.WsMessageContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of vLLM-Omni as its documentation of {@code /v1/video/chat/stream} describes it: the
 * first message configures the session, pictures are kept, a question is answered about the newest
 * of them, and a new question interrupts the answer to the previous one.
 */
final class VllmOmniStub implements AutoCloseable {
  private static final Set<String> CONFIGURABLE =
      Set.of(
          "type",
          "model",
          "modalities",
          "num_frames",
          "max_frames",
          "system_prompt",
          "use_audio_in_video",
          "sampling_params_list",
          "enable_frame_filter",
          "frame_filter_threshold",
          "speaker");

  /** How it answers questions. */
  enum ReplyMode {
    WORDS,
    SILENCE,
    ERROR,
    NEVER
  }

  final List<JsonNode> configs = new CopyOnWriteArrayList<>();
  final List<String> asked = new CopyOnWriteArrayList<>();
  final List<String> faults = new CopyOnWriteArrayList<>();
  final AtomicInteger pictures = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();
  volatile ReplyMode manner = ReplyMode.WORDS;
  volatile boolean acceptsConfigs = true;

  /** Whether it stops reading after the next message, like an overloaded server. */
  volatile boolean isStuck;

  private final List<WsContext> sockets = new CopyOnWriteArrayList<>();
  private final Javalin server;

  VllmOmniStub() {
    server =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.jetty.host = "127.0.0.1";
                  config.jetty.port = 0;
                  config.routes.ws(
                      "/v1/video/chat/stream",
                      ws -> {
                        ws.onConnect(
                            socket -> {
                              socket.session.setMaxTextMessageSize(10 << 20);
                              sockets.add(socket);
                            });
                        ws.onMessage(this::message);
                        ws.onClose(sockets::remove);
                      });
                })
            .start();
  }

  String address() {
    return "http://127.0.0.1:%d/v1".formatted(server.port());
  }

  /** Closes the connections of all sessions. */
  void cut() {
    sockets.forEach(socket -> socket.closeSession(1011, "engine restarted"));
  }

  @Override
  public void close() {
    server.stop();
  }

  private void message(WsMessageContext socket) throws Exception {
    JsonNode json = TestClient.JSON.readTree(socket.message());
    while (isStuck && socket.session.isOpen()) {
      Thread.sleep(20);
    }
    if (Boolean.TRUE.equals(socket.attribute("refused"))) {
      return;
    }
    if (socket.attribute("configured") == null) {
      configure(socket, json);
      return;
    }
    switch (json.path("type").asText()) {
      case "video.frame" -> picture(json.path("data"));
      case "video.query" -> answer(socket, json.path("text").asText());
      case "video.done" -> {
        ended.incrementAndGet();
        socket.send("{\"type\":\"session.done\"}");
      }
      case "audio.chunk" -> {}
      case "ping" -> socket.send("{\"type\":\"pong\"}");
      default -> {
        faults.add(json.toString());
        error(socket, "Unknown type: " + json.path("type").asText());
      }
    }
  }

  private void configure(WsMessageContext socket, JsonNode json) {
    configs.add(json);
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!CONFIGURABLE.contains(name)) {
                faults.add("session.config has " + name);
              }
            });
    if (!json.path("type").asText().equals("session.config")) {
      faults.add("the first message is " + json);
    }
    if (acceptsConfigs) {
      socket.attribute("configured", true);
    } else {
      socket.attribute("refused", true);
      error(socket, "Invalid session config: 1 validation error");
      socket.closeSession();
    }
  }

  private void picture(JsonNode data) throws Exception {
    byte[] jpeg = data.binaryValue();
    if (jpeg.length < 100 || (jpeg[0] & 0xff) != 0xff || (jpeg[1] & 0xff) != 0xd8) {
      faults.add("a picture that is no JPEG");
    }
    pictures.incrementAndGet();
  }

  private void answer(WsMessageContext socket, String question) {
    if (pictures.get() == 0) {
      error(socket, "No frames buffered");
      return;
    }
    asked.add(question);
    ReplyMode now = manner;
    if (now == ReplyMode.NEVER) {
      return;
    }
    socket.send("{\"type\":\"response.start\"}");
    if (now == ReplyMode.ERROR) {
      error(socket, "Query processing failed");
    } else if (now == ReplyMode.WORDS) {
      socket.send("{\"type\":\"response.text.delta\",\"delta\":\"I see\"}");
    }
    String text = now == ReplyMode.WORDS ? "I see it: " + question : "";
    socket.send(
        TestClient.JSON.valueToTree(Map.of("type", "response.text.done", "text", text)).toString());
  }

  private static void error(WsMessageContext socket, String message) {
    socket.send("{\"type\":\"error\",\"message\":\"%s\"}".formatted(message));
  }
}
