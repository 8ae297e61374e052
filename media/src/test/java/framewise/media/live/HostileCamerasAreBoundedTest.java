package framewise.media.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.WebServer;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.CertificateRule;
import framewise.media.network.Network;
import framewise.media.network.UrlFault;
import framewise.media.network.VideoUrl;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A malicious camera announces pictures of 16000x16000 pixels in a few bytes, sends a picture that
 * never ends, or a response that never ends.
 */
@Timeout(120)
class HostileCamerasAreBoundedTest {
  private static final int PAYLOAD = 1300;
  private static final long MEGABYTE = 1 << 20;

  @Test
  void hugePicturesTakeNoMemory() throws Exception {
    // Load the libraries and start the threads first, because they take memory too.
    UrlFault _ = fault(out -> packet(out, 0, true, sequence(4, 4)));
    long before = peakMegabytes();
    UrlFault why =
        fault(
            out -> {
              for (int picture = 0; picture < 20; picture++) {
                int time = picture * 3000;
                packet(out, time, false, sequence(1000, 1000));
                packet(out, time, false, new byte[] {0x68, (byte) 0xce, 0x38, (byte) 0x80});
                packet(out, time, true, slice());
              }
            });
    assertThat(why.kind()).isIn(UrlFault.Kind.NO_VIDEO, UrlFault.Kind.LOST);
    // Decoding one picture of this size takes more than 384 MB.
    assertThat(peakMegabytes() - before).isLessThan(200);
  }

  @Test
  void anEndlessPictureIsNotBuffered() throws Exception {
    UrlFault why =
        fault(
            out -> {
              byte[] fragment = new byte[PAYLOAD];
              fragment[0] = 0x7c;
              fragment[1] = (byte) 0x85;
              while (true) {
                packet(out, 1000, false, fragment);
                fragment[1] = 0x05;
              }
            });
    assertThat(why.sentence()).contains("a picture of more than 32 MB");
  }

  @Test
  void endlessInterimRepliesAreRefused() throws Exception {
    for (String endless : new String[] {"HTTP/1.1 100 Continue\r\n\r\n", "\r\n\r\n"}) {
      try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        Thread web =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try (Socket socket = server.accept()) {
                        while (true) {
                          socket
                              .getOutputStream()
                              .write(endless.getBytes(StandardCharsets.US_ASCII));
                        }
                      } catch (IOException hungUp) {
                        // as expected
                      }
                    });
        String url = "http://127.0.0.1:%d/cam".formatted(server.getLocalPort());
        assertThat(open(url).sentence()).contains("response is invalid");
        web.join();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "https", "rtsp"})
  void tricklingRepliesAreRefused(String scheme) throws Exception {
    var hasty =
        new Network(
            AllowedAddresses.ANY,
            CertificateRule.VERIFY,
            host -> List.of(InetAddress.getAllByName(host)),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2));
    String version = scheme.equals("rtsp") ? "RTSP/1.0" : "HTTP/1.1";
    String head = "%s 200 OK\r\nX: %s".formatted(version, "x".repeat(10_000));
    byte[] answer =
        scheme.equals("https")
            ? HexFormat.of().parseHex("1603033e80" + "00".repeat(10_000))
            : head.getBytes(StandardCharsets.US_ASCII);
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread slow = Thread.ofVirtual().start(() -> drip(server, answer));
      String url = "%s://127.0.0.1:%d/cam".formatted(scheme, server.getLocalPort());
      assertThat(open(url, hasty).kind()).isEqualTo(UrlFault.Kind.TIMED_OUT);
      slow.join();
    }
  }

  private static void drip(ServerSocket server, byte[] answer) {
    try (Socket socket = server.accept()) {
      for (byte one : answer) {
        socket.getOutputStream().write(one);
        Thread.sleep(200);
      }
    } catch (IOException | InterruptedException hungUp) {
      // as expected
    }
  }

  @Test
  void aSelfReferencingPlaylistIsGivenUp() throws Exception {
    try (var server = new WebServer("127.0.0.1")) {
      server.on(
          "/",
          exchange -> {
            byte[] body =
                "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n/again\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          });
      assertThat(open(server.url("/list.m3u8")).sentence()).contains("only to further playlists");
      assertThat(server.asked()).hasSizeLessThan(250);
    }
  }

  private static UrlFault fault(RtspStub.Script script) throws Exception {
    try (var camera = new RtspStub(script)) {
      UrlFault why = open(camera.url());
      camera.join();
      return why;
    }
  }

  private static UrlFault open(String url) throws Exception {
    return open(url, Network.of(AllowedAddresses.ANY));
  }

  private static UrlFault open(String url, Network network) throws Exception {
    try (var reader =
        new LiveReader(VideoUrl.parse(url), network, new FrameSize(640), PixelFormat.I420)) {
      var thrown = new UrlFault[1];
      assertThatThrownBy(reader::open)
          .isInstanceOfSatisfying(UrlFault.class, fault -> thrown[0] = fault);
      return thrown[0];
    }
  }

  private static int number;

  /** An RTP packet on the first channel of the connection. */
  private static void packet(OutputStream out, int time, boolean last, byte[] payload)
      throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(16 + payload.length);
    packet.put((byte) '$').put((byte) 0).putShort((short) (12 + payload.length));
    packet.put((byte) 0x80).put((byte) (last ? 96 | 128 : 96)).putShort((short) number++);
    packet.putInt(time).putInt(7).put(payload);
    out.write(packet.array());
  }

  /**
   * A sequence parameter set of H.264 (7.3.2.1.1), baseline, for pictures of this many macroblocks.
   */
  private static byte[] sequence(int across, int down) {
    var bits = new Bits();
    bits.whole(0x67, 8).whole(66, 8).whole(0, 8).whole(62, 8);
    bits.golomb(0).golomb(0).golomb(2).golomb(1).whole(0, 1);
    bits.golomb(across - 1).golomb(down - 1).whole(1, 1).whole(1, 1).whole(0, 1).whole(0, 1);
    return bits.whole(1, 1).bytes();
  }

  /** A slice of a key frame with damaged macroblocks. */
  private static byte[] slice() {
    var bits = new Bits();
    bits.whole(0x65, 8).golomb(0).golomb(7).golomb(0).whole(0, 4).golomb(0).whole(0, 2).golomb(0);
    for (int i = 0; i < 1000; i++) {
      bits.whole(0x5a, 8);
    }
    return bits.whole(1, 1).bytes();
  }

  /** Writes numbers as H.264 codes them. */
  private static final class Bits {
    private final StringBuilder bits = new StringBuilder();

    Bits whole(int value, int width) {
      for (int bit = width - 1; bit >= 0; bit--) {
        bits.append(value >> bit & 1);
      }
      return this;
    }

    /** Unsigned exponential Golomb code (9.1). */
    Bits golomb(int value) {
      int width = 32 - Integer.numberOfLeadingZeros(value + 1);
      return whole(0, width - 1).whole(value + 1, width);
    }

    byte[] bytes() {
      while (bits.length() % 8 > 0) {
        bits.append('0');
      }
      var out = new ByteArrayOutputStream();
      for (int at = 0; at < bits.length(); at += 8) {
        out.write(Integer.parseInt(bits.substring(at, at + 8), 2));
      }
      return out.toByteArray();
    }
  }

  /** The peak of this process's data address space, in megabytes. */
  private static long peakMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmPeak:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / MEGABYTE)
        .findFirst()
        .orElse(0);
  }
}
