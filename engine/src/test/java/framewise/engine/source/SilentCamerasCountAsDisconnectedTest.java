package framewise.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import framewise.media.MediaTime;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.VideoUrl;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SilentCamerasCountAsDisconnectedTest {
  @Test
  void evenWhileItsConnectionIsOpen() throws Exception {
    var over = new CountDownLatch(1);
    HttpServer camera =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    camera.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "multipart/x-mixed-replace");
          exchange.sendResponseHeaders(200, 0);
          try (Frame drawn =
              Frame.of(new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR), MediaTime.ZERO)) {
            for (int i = 0; i < 3; i++) {
              exchange.getResponseBody().write("--b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              exchange.getResponseBody().write(drawn.jpeg(90));
              exchange.getResponseBody().flush();
            }
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } catch (IOException hungUp) {
            // as viewers do
          }
        });
    camera.setExecutor(task -> Thread.ofVirtual().start(task));
    camera.start();
    String url = "http://127.0.0.1:%d/cam".formatted(camera.getAddress().getPort());
    try (var source =
        new UrlSource(
            "test",
            VideoUrl.parse(url),
            Network.of(AllowedAddresses.ANY),
            WallClock.system(),
            kind -> {})) {
      source.next(Duration.ofSeconds(20)).orElseThrow().close();
      assertThat(source.reception().connected()).isTrue();
      await().atMost(Duration.ofSeconds(14)).until(() -> !source.reception().connected());
      assertThat(source.reception().trouble().orElseThrow())
          .startsWith("No picture has arrived for ");
      assertThat(source.reception().lastPictureAt()).isPresent();
    } finally {
      over.countDown();
      camera.stop(0);
    }
    await().until(() -> FramePool.inUse() == 0);
  }
}
