package framewise.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import framewise.media.VideoInfo;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.VideoUrl;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.testing.TestMachine;
import framewise.time.WallClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plays HLS from a plain web server while GStreamer writes it. */
class GstreamersPlaylistsAreWatchedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final BlockingQueue<String> reported = new LinkedBlockingQueue<>();

  @Test
  @Timeout(120)
  void aLivePlaylist() throws Exception {
    Process gstreamer = gstreamer();
    HttpServer web = serve();
    try (var source =
        new UrlSource(
            "test",
            VideoUrl.parse(url(web)),
            Network.of(AllowedAddresses.ANY),
            WallClock.system(),
            lost -> {})) {
      source.onNotice(reported::add);
      // Segments last one second; these pictures span several.
      for (int i = 0; i < 45; i++) {
        try (Frame frame = source.next(PATIENCE).orElseThrow(() -> new AssertionError(reported))) {
          VideoInfo info = source.info(frame);
          assertThat(info.container()).isEqualTo("hls");
          assertThat(info.codec()).isEqualTo("h264");
          assertThat(info.width()).isEqualTo(320);
        }
      }
      assertThat(source.ending()).isEmpty();
      assertThat(reported).isEmpty();
    } finally {
      gstreamer.destroyForcibly().onExit().join();
      web.stop(0);
    }
    assertThat(FramePool.inUse()).isZero();
  }

  /** Starts GStreamer, and returns once it has written a playlist. */
  private Process gstreamer() throws Exception {
    TestMachine.needs("gstreamer");
    Path playlist = folder.resolve("live.m3u8");
    Process process =
        new ProcessBuilder(
                ("gst-launch-1.0 -q videotestsrc is-live=true pattern=ball"
                        + " ! video/x-raw,width=320,height=240,framerate=15/1"
                        + " ! x264enc tune=zerolatency key-int-max=15 ! h264parse"
                        + " ! hlssink2 target-duration=1 max-files=8 playlist-length=5"
                        + " location=%s playlist-location=%s")
                    .formatted(folder.resolve("part-%05d.ts"), playlist)
                    .split(" ", -1))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("gstreamer.log").toFile())
            .start();
    while (!Files.exists(playlist) || Files.readString(playlist).lines().count() < 9) {
      assertThat(process.isAlive())
          .as(
              "These tests want Debian's gstreamer1.0-tools and GStreamer's bad plugins: %s",
              Files.readString(folder.resolve("gstreamer.log")))
          .isTrue();
      Thread.sleep(Duration.ofMillis(100));
    }
    return process;
  }

  private HttpServer serve() throws Exception {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
            if (!Files.exists(file)) {
              exchange.sendResponseHeaders(404, -1);
              return;
            }
            byte[] bytes = Files.readAllBytes(file);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    web.start();
    return web;
  }

  private static String url(HttpServer web) {
    return "http://127.0.0.1:%d/live.m3u8".formatted(web.getAddress().getPort());
  }
}
