package framewise.media.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import framewise.media.Numbered;
import framewise.media.WebServer;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.UrlFault;
import framewise.media.network.VideoUrl;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files on web servers that do not declare their length. */
class RecordingsWithoutALengthKeepTheirPaceTest {
  private static final int PICTURES = 60;

  @AfterEach
  void nothingIsLeft() {
    assertThat(FramePool.inUse()).isZero();
    assertThat(JavaIo.open()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "mp4,  -c:v libx264 -movflags +faststart",
    "mp4,  -c:v libx264 -g 15 -movflags frag_keyframe+empty_moov",
    "mkv,  -c:v libx264",
    "webm, -c:v libvpx -deadline realtime",
    "webm, -c:v libvpx -deadline realtime -live 1",
    "ts,   -c:v libx264",
    "avi,  -c:v mpeg4",
  })
  void inChunks(String container, String encoding) throws Exception {
    byte[] bytes = Files.readAllBytes(file(container, encoding));
    try (var server = new WebServer("127.0.0.1")) {
      server.on("/video", exchange -> chunked(exchange, bytes));
      playThrough(server.url("/video"));
      assertThat(server.asked()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mp4,  -c:v libx264 -movflags +faststart",
    "mkv,  -c:v libx264",
    "webm, -c:v libvpx -deadline realtime -live 1",
    "ts,   -c:v libx264",
  })
  void closedAtTheEnd(String container, String encoding) throws Exception {
    byte[] bytes = Files.readAllBytes(file(container, encoding));
    try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> closing(server, bytes));
      playThrough("http://127.0.0.1:%d/video".formatted(server.getLocalPort()));
    }
  }

  /** Live video arrives no faster than real time, and its end counts as a lost connection. */
  @Test
  void liveVideoIsDetected() throws Exception {
    Path file =
        Numbered.make(
            "slow.ts",
            300,
            "-c:v",
            "libx264",
            "-g",
            "15",
            "-bf",
            "0",
            "-pix_fmt",
            "yuv420p",
            "-b:v",
            "1M");
    byte[] bytes = Files.readAllBytes(file);
    List<Integer> seen = new ArrayList<>();
    try (var server = new WebServer("127.0.0.1")) {
      server.on("/live", exchange -> asItHappens(exchange, bytes, 10));
      LiveReader left;
      try (LiveReader reader = reader(server.url("/live"))) {
        reader.open();
        assertThatThrownBy(() -> readOn(reader, seen)).isInstanceOf(UrlFault.class);
        left = reader;
      }
      assertThat(left.place().time()).as("where to go on in live video, once closed").isEmpty();
    }
    assertThat(seen).isSorted().hasSizeGreaterThan(200);
  }

  @Test
  void aTruncatedRecordingSaysSo() throws Exception {
    byte[] bytes = Files.readAllBytes(file("mp4", "-c:v libx264 -movflags +faststart"));
    byte[] torn = Arrays.copyOf(bytes, bytes.length / 2);
    List<Integer> seen = new ArrayList<>();
    try (var server = new WebServer("127.0.0.1")) {
      server.on("/torn", exchange -> chunked(exchange, torn));
      try (LiveReader reader = reader(server.url("/torn"))) {
        reader.open();
        readOn(reader, seen);
        assertThat(reader.cutOff().orElseThrow().sentence())
            .isIn(
                "The file is cut off after 0:00 of 0:02.",
                "The file is cut off after 0:01 of 0:02.");
      }
    }
    assertThat(seen).hasSizeBetween(3, 50);
  }

  private static void playThrough(String url) throws UrlFault {
    List<Integer> seen = new ArrayList<>();
    long began;
    try (LiveReader reader = reader(url)) {
      reader.open();
      began = System.nanoTime();
      readOn(reader, seen);
      assertThat(reader.cutOff()).isEmpty();
      assertThat(reader.missing()).isEmpty();
      assertThat(reader.dropped()).isZero();
    }
    // The last picture is due this long after the first; a busy machine takes longer.
    assertThat(System.nanoTime() - began).isGreaterThan(1_900_000_000L);
    assertThat(seen).hasSize(PICTURES).isSorted().endsWith(PICTURES - 1);
  }

  private static LiveReader reader(String url) {
    return new LiveReader(
        VideoUrl.parse(url),
        Network.of(AllowedAddresses.ANY),
        new FrameSize(8192),
        PixelFormat.GRAY8);
  }

  private static void readOn(LiveReader reader, List<Integer> seen) throws UrlFault {
    do {
      Optional<Frame> frame = reader.take();
      if (frame.isPresent()) {
        try (Frame shown = frame.get()) {
          seen.add(Numbered.read(shown));
        }
      }
    } while (reader.advance());
  }

  private static Path file(String container, String encoding) {
    List<String> all = new ArrayList<>(Arrays.asList(encoding.split(" ", -1)));
    all.addAll(List.of("-pix_fmt", "yuv420p"));
    String name = "unmeasured-" + Integer.toHexString(encoding.hashCode()) + "." + container;
    return Numbered.make(name, PICTURES, all.toArray(String[]::new));
  }

  private static void chunked(HttpExchange exchange, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().close();
  }

  private static void asItHappens(HttpExchange exchange, byte[] bytes, int seconds)
      throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    long began = System.nanoTime();
    int sent = 0;
    while (sent < bytes.length) {
      int due =
          (int)
              Math.min(
                  bytes.length, (System.nanoTime() - began) * 1e-9 / seconds * bytes.length + 4096);
      out.write(bytes, sent, due - sent);
      out.flush();
      sent = due;
      LockSupport.parkNanos(20_000_000);
    }
    out.close();
  }

  private static void closing(ServerSocket server, byte[] bytes) {
    try (Socket socket = server.accept()) {
      byte[] request = new byte[4096];
      if (socket.getInputStream().read(request) > 0) {
        OutputStream out = socket.getOutputStream();
        out.write("HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.write(bytes);
        out.flush();
      }
      socket.shutdownOutput();
      while (socket.getInputStream().read(request) >= 0) {
        // until the reader hangs up
      }
    } catch (IOException theReaderHungUp) {
      // allowed
    }
  }
}
