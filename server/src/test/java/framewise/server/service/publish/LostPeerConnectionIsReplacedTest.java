package framewise.server.service.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import framewise.media.picture.Frame;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.webrtc.PeerListener;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.Peers;
import framewise.webrtc.Receiver;
import framewise.webrtc.SenderTimeouts;
import framewise.webrtc.sdp.SdpRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A remote service whose API keeps answering while its peer connection drops: it accepts streams
 * with real peers, renews leases, and keeps the results socket open without sending.
 */
@Timeout(120)
class LostPeerConnectionIsReplacedTest {
  @TempDir Path folder;

  private final Peers peers = new Peers(PeerOptions.DEFAULTS);
  private final List<Receiver> receivers = new CopyOnWriteArrayList<>();

  @Test
  void byANewStream() throws Exception {
    HttpServer far =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    far.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    far.createContext("/", this::answer);
    far.start();
    try (var near =
        RunningService.on(
            folder.resolve("near"),
            ScriptedBackend.echo(),
            Map.of(
                "OVERSHOOT_API_KEY",
                "ovs_key",
                "OVERSHOOT_API_URL",
                "http://127.0.0.1:%d/api/v0.2".formatted(far.getAddress().getPort())))) {
      String id =
          near.client().stream(
              TestVideos.moving(folder, 3),
              """
                  {"prompt": "?", "backend": "overshoot", "fps": 5, "loop": true}""");
      assertThat(shows(receivers.getFirst())).isTrue();
      receivers.getFirst().close();
      List<JsonNode> events =
          near.client()
              .socket("/ws/" + id)
              .until(event -> event.path("detail").asText().startsWith("opened a new stream"));
      assertThat(events)
          .anyMatch(
              event ->
                  event
                      .path("detail")
                      .asText()
                      .matches(
                          "lost the stream at 00:00:\\S+: the peer connection to"
                              + " Overshoot.ai was lost"));
      await().until(() -> receivers.size() == 2);
      assertThat(shows(receivers.get(1))).isTrue();
      near.client().post("/stop-stream/" + id, "");
    } finally {
      far.stop(0);
      receivers.forEach(Receiver::close);
      peers.close();
    }
  }

  private static boolean shows(Receiver receiver) throws InterruptedException {
    var picture = receiver.next(Duration.ofSeconds(20));
    picture.ifPresent(Frame::close);
    return picture.isPresent();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (path.contains("/ws/")) {
      return; // neither accepts nor refuses the upgrade
    }
    if (path.endsWith("/streams")) {
      send(exchange, 201, created(TestClient.JSON.readTree(body)));
    } else {
      send(exchange, 200, "{\"status\":\"ok\",\"stream_id\":\"s\",\"ttl_seconds\":60}");
    }
  }

  private String created(JsonNode request) throws IOException {
    Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE);
    receivers.add(receiver);
    try {
      var json = TestClient.JSON.createObjectNode().put("stream_id", "s" + receivers.size());
      String answer = receiver.answer(request.at("/webrtc/sdp").asText());
      json.putObject("webrtc").put("type", "answer").put("sdp", answer);
      json.putObject("lease").put("ttl_seconds", 60);
      return json.toString();
    } catch (SdpRefusedException | InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
