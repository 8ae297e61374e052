package framewise.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import framewise.engine.SmallVideos;
import framewise.engine.settings.StreamSettings;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.VideoUrl;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import framewise.vision.Backends;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file behind a web server that does not say how long it is. */
@Timeout(60)
class RecordingsByUrlEndOnceTest {
  @TempDir Path folder;

  @AfterEach
  void nothingIsLeft() {
    await().until(() -> FramePool.inUse() == 0);
  }

  @Test
  void aRecordingWithoutALengthPlaysInRealTimeAndEnds() throws Exception {
    byte[] bytes = Files.readAllBytes(SmallVideos.faststart(SmallVideos.moving(folder, 4)));
    long began = System.nanoTime();
    List<JsonNode> events = watch(bytes);
    assertThat(events.getLast().path("status").asText()).isEqualTo("finished");
    assertThat(events.getLast().path("reason").asText()).isEqualTo("The video ended.");
    assertThat(System.nanoTime() - began).isGreaterThan(3_800_000_000L);
    assertThat(SessionFixture.results(events)).hasSizeBetween(3, 5);
  }

  @Test
  void aTruncatedRecordingSaysSo() throws Exception {
    byte[] bytes = Files.readAllBytes(SmallVideos.faststart(SmallVideos.moving(folder, 10)));
    List<JsonNode> events = watch(Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(events.getLast().path("status").asText()).isEqualTo("finished");
    assertThat(events.getLast().path("reason").asText())
        .matches("The file is cut off after 0:0[2-6] of 0:10\\.");
  }

  /**
   * All events of a session whose video a server sends in chunks, without a length. Checks that it
   * is requested once.
   */
  private List<JsonNode> watch(byte[] bytes) throws Exception {
    var asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          try (exchange) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(bytes);
          } catch (IOException hungUp) {
            // as viewers do
          }
        });
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.start();
    var url = VideoUrl.parse("http://127.0.0.1:%d/video".formatted(server.getAddress().getPort()));
    try (Sessions sessions =
        Sessions.open(
            new SessionOptions(folder.resolve("data"), true, 4)
                .toBuilder().network(Network.of(AllowedAddresses.ANY)).build(),
            new Backends(
                List.of(new TestBackend("scripted", 1, (clip, question) -> question.prompt()))),
            WallClock.system())) {
      Session session = sessions.addUrl(url, "recording");
      session.start(StreamSettings.of("what"));
      List<JsonNode> events = SessionFixture.untilOver(session);
      assertThat(asked).hasValue(1);
      return events;
    } finally {
      server.stop(0);
    }
  }
}
