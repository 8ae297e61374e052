package framewise.media.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.FfmpegProgram;
import framewise.media.Numbered;
import framewise.media.WebServer;
import framewise.media.live.JavaIo;
import framewise.media.live.LiveReader;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two servers on this computer: one represents a public server, the other must never be contacted.
 */
class OnlyAllowedAddressesAreConnectedToTest {
  private static final String OUTSIDE = "127.0.0.2";

  private WebServer outside;
  private WebServer inside;

  @BeforeEach
  void start() throws IOException {
    Numbered.make("reach.mp4", 10, "-c:v", "libx264", "-pix_fmt", "yuv420p");
    Path clips = FfmpegProgram.clip("");
    outside = new WebServer(OUTSIDE).folder(clips);
    inside = new WebServer("127.0.0.1").folder(clips);
  }

  @AfterEach
  void theOtherServerGotNoRequest() {
    assertThat(inside.asked()).isEmpty();
    outside.close();
    inside.close();
    assertThat(JavaIo.open()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "localhost",
        "2130706433",
        "127.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "[::]",
        "example.com@127.0.0.1",
        "127.0.0.1.",
        "LOCALHOST"
      })
  void everySpellingOfLoopbackIsRefused(String host) {
    for (String scheme : new String[] {"http", "rtsp"}) {
      VideoUrl url = VideoUrl.parse("%s://%s:%d/reach.mp4".formatted(scheme, host, inside.port()));
      assertThatThrownBy(() -> open(url, Network.of(AllowedAddresses.LAN)))
          .isInstanceOfSatisfying(
              UrlFault.class,
              e -> assertThat(e.kind()).isIn(UrlFault.Kind.FORBIDDEN, UrlFault.Kind.UNREACHABLE));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"4294967297", "99999999999999999999", "256.0.0.1", "1.2.3.4.5", "1.16777216"})
  void anInvalidNumberIsNotResolved(String host) {
    Network.Names names = asked -> List.of(InetAddress.getByName(OUTSIDE));
    for (String scheme : new String[] {"http", "rtsp"}) {
      assertForbidden(VideoUrl.parse("%s://%s:%d/".formatted(scheme, host, outside.port())), names);
    }
  }

  @Test
  void namesOfLoopbackAndDnsRebinding() throws Exception {
    var asked = new AtomicInteger();
    Network.Names names =
        host ->
            List.of(
                InetAddress.getByName(
                    host.equals("moody.example") && asked.getAndIncrement() % 2 == 0
                        ? OUTSIDE
                        : "127.0.0.1"));
    VideoUrl plain = VideoUrl.parse("http://inside.example:%d/reach.mp4".formatted(inside.port()));
    assertForbidden(plain, names);
    VideoUrl moody = VideoUrl.parse("http://moody.example:%d/reach.mp4".formatted(outside.port()));
    open(moody, network(names)); // one lookup, and the connection goes to its address
    assertForbidden(moody, names);
  }

  @Test
  void aRedirectToLoopback() {
    outside.redirect("/away", inside.url("/reach.mp4"));
    outside.redirect("/file", "file:///etc/passwd");
    outside.redirect("/octal", "http://0177.0.0.1:%d/reach.mp4".formatted(inside.port()));
    outside.redirect("/decimal", "http://2130706433:%d/reach.mp4".formatted(inside.port()));
    assertForbidden(VideoUrl.parse(outside.url("/octal")), null);
    assertForbidden(VideoUrl.parse(outside.url("/decimal")), null);
    assertForbidden(VideoUrl.parse(outside.url("/away")), null);
    assertForbidden(VideoUrl.parse(outside.url("/file")), null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "file:///etc/passwd",
        "/etc/passwd\n#EXTINF:1,\n%s",
        "concat:%s|%s",
        "subfile,,start,0,end,9,,:%s",
        "data:video/mp2t;base64,AAAA",
        "crypto+%s"
      })
  void aPlaylistEntryOnLoopback(String entry) {
    String segment = entry.replace("%s", inside.url("/reach.mp4"));
    String text = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n" + segment + "\n#EXT-X-ENDLIST\n";
    outside.on(
        "/list",
        exchange -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
    assertThatThrownBy(() -> open(VideoUrl.parse(outside.url("/list")), network(null)))
        .isInstanceOf(UrlFault.class);
  }

  @Test
  void refusalsNameTheReason() {
    assertThatThrownBy(
            () ->
                open(VideoUrl.parse(inside.url("/reach.mp4")), Network.of(AllowedAddresses.PUBLIC)))
        .hasMessageContaining("which is an address of this machine")
        .hasMessageContaining("FRAMEWISE_URL_SOURCES");
  }

  @Test
  void aSilentServerTimesOut() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var network =
          new Network(
              AllowedAddresses.ANY,
              CertificateRule.VERIFY,
              host -> List.of(InetAddress.getAllByName(host)),
              Duration.ofMillis(500),
              Duration.ofMillis(500));
      for (String scheme : new String[] {"http", "rtsp", "https"}) {
        VideoUrl url =
            VideoUrl.parse("%s://127.0.0.1:%d/".formatted(scheme, silent.getLocalPort()));
        assertThatThrownBy(() -> open(url, network))
            .isInstanceOfSatisfying(
                UrlFault.class, e -> assertThat(e.kind()).isEqualTo(UrlFault.Kind.TIMED_OUT));
      }
    }
  }

  private void assertForbidden(VideoUrl url, Network.@Nullable Names names) {
    assertThatThrownBy(() -> open(url, network(names)))
        .isInstanceOfSatisfying(
            UrlFault.class, e -> assertThat(e.kind()).isEqualTo(UrlFault.Kind.FORBIDDEN));
  }

  private static Network network(Network.@Nullable Names names) {
    return new Network(
        address ->
            address.getHostAddress().equals(OUTSIDE)
                ? Optional.empty()
                : AllowedAddresses.LAN.refusal(address),
        CertificateRule.VERIFY,
        names == null ? host -> List.of(InetAddress.getAllByName(host)) : names,
        Duration.ofSeconds(5),
        Duration.ofSeconds(5));
  }

  private static void open(VideoUrl url, Network network) throws UrlFault {
    try (var reader = new LiveReader(url, network, new FrameSize(640), PixelFormat.GRAY8)) {
      reader.open();
    }
  }
}
