package framewise.server.service.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.engine.session.SessionOptions;
import framewise.engine.session.Sessions;
import framewise.engine.settings.Pace;
import framewise.engine.settings.StreamSettings;
import framewise.server.api.Api;
import framewise.server.api.EventSocket;
import framewise.server.config.network.Origins;
import framewise.server.config.network.ProxyTrust;
import framewise.server.guard.Cors;
import framewise.server.guard.OwnNames;
import framewise.server.guard.PageRules;
import framewise.server.guard.RequestGuard;
import framewise.server.http.Admission;
import framewise.server.http.ErrorForm;
import framewise.server.http.RouteAccess;
import framewise.server.limits.ConnectionLimits;
import framewise.server.limits.Connections;
import framewise.server.service.EventClient;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.time.WallClock;
import framewise.vision.Backends;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientThatDoesNotReadHoldsUpNobodyTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  @TempDir Path folder;

  @Test
  void itIsDisconnectedAndOthersMissNothing() throws Exception {
    String longAnswer = "x".repeat(200_000);
    var backend = new ScriptedBackend((clip, question) -> longAnswer);
    try (Sessions sessions =
        Sessions.open(
            new SessionOptions(folder.resolve("data"), false, 1),
            new Backends(List.of(backend)),
            WallClock.system())) {
      var socket =
          new EventSocket(sessions, (caller, session) -> true, Duration.ofSeconds(20), PATIENCE);
      var names = new OwnNames(Set::of, Set::of, System::nanoTime);
      var pages = new PageRules(Origins.NONE, Set.of(), path -> false);
      var server =
          Api.create(
              "127.0.0.1",
              0,
              Optional.empty(),
              new Connections(
                  ConnectionLimits.of(100), new ProxyTrust(List.of(), ""), reason -> {}),
              new RequestGuard(names, pages, ErrorForm.NONE, reason -> {}),
              new Cors(pages),
              List.of(),
              List.of(
                  new framewise.server.http.Socket(EventSocket.PATH, RouteAccess.PUBLIC, socket)),
              Admission.ANYBODY,
              ErrorForm.NONE,
              (context, millis) -> {},
              () -> {});
      server.start();
      try (var client = new TestClient(server.port());
          var deaf = new Socket()) {
        var video = sessions.newUpload();
        Files.copy(TestVideos.moving(folder, 10), video, StandardCopyOption.REPLACE_EXISTING);
        var session = sessions.add(video, "a.mp4");
        deaf.setReceiveBufferSize(4_096);
        deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        deaf.getOutputStream()
            .write(handshake(session.id().toString()).getBytes(StandardCharsets.US_ASCII));
        EventClient other = client.socket("/ws/" + session.id());
        await().until(() -> socket.connections() == 2);

        session.start(StreamSettings.of("x").withPace(Pace.FAST));

        assertThat(other.untilEnd())
            .filteredOn(event -> event.path("type").asText().equals("result"))
            .hasSize(10);
        await().until(() -> socket.connections() == 0);
      } finally {
        server.stop();
      }
    }
  }

  private static String handshake(String id) {
    return """
    GET /ws/%s HTTP/1.1\r
    Host: localhost\r
    Connection: Upgrade\r
    Upgrade: websocket\r
    Sec-WebSocket-Version: 13\r
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
    \r
    """
        .formatted(id);
  }
}
