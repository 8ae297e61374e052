package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import framewise.media.picture.Frame;
import java.awt.Color;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real peer other than libwebrtc: its offer has no candidates, {@code setup:passive}, an
 * incomplete SSRC group and only H.264.
 */
class FfmpegsWhipMuxerIsReceivedTest {
  @Test
  void itsPicturesHaveTheRightColour(@TempDir Path folder) throws Exception {
    CompletableFuture<String> offered = new CompletableFuture<>();
    try (Peers peers = new Peers(PeerOptions.DEFAULTS);
        Receiver receiver = peers.receiver(SenderTimeouts.DEFAULT, PeerListener.NONE)) {
      HttpServer server = serve(receiver, offered);
      Path log = folder.resolve("ffmpeg.log");
      Process program = publish(server.getAddress().getPort(), log);
      try (Frame frame =
          receiver
              .next(Pair.PATIENCE)
              .orElseThrow(() -> new AssertionError("no picture: " + read(log)))) {
        assertThat(frame.width()).isEqualTo(320);
        assertThat(frame.height()).isEqualTo(240);
        assertThat(TestPictures.difference(TestPictures.colour(frame, 0), new Color(0, 128, 255)))
            .isLessThan(24);
        assertThat(receiver.stats().codec()).contains("video/H264");
        assertThat(offered.join()).contains("a=ssrc-group:FID").doesNotContain("a=candidate");
      } finally {
        program.destroy();
        int _ = program.waitFor();
        server.stop(0);
      }
    }
  }

  /** The necessary part of RFC 9725: a POST carries the offer, its response the answer. */
  private static HttpServer serve(Receiver receiver, CompletableFuture<String> offered)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/whip",
        exchange -> {
          try (exchange) {
            String offer =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!exchange.getRequestMethod().equals("POST")) {
              exchange.sendResponseHeaders(200, -1);
              return;
            }
            offered.complete(offer);
            byte[] answer = receiver.answer(offer).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/sdp");
            exchange.getResponseHeaders().add("Location", "/whip/1");
            exchange.sendResponseHeaders(201, answer.length);
            exchange.getResponseBody().write(answer);
          } catch (Exception e) {
            throw new IOException(e);
          }
        });
    server.start();
    return server;
  }

  private static Process publish(int port, Path log) throws IOException {
    return new ProcessBuilder(
            Loader.load(ffmpeg.class),
            "-hide_banner",
            "-nostdin",
            "-re",
            "-f",
            "lavfi",
            "-i",
            "color=c=0x0080FF:size=320x240:rate=15",
            "-c:v",
            "libopenh264",
            "-profile:v",
            "constrained_baseline",
            "-g",
            "15",
            "-pix_fmt",
            "yuv420p",
            "-t",
            "60",
            "-f",
            "whip",
            "http://127.0.0.1:" + port + "/whip")
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
