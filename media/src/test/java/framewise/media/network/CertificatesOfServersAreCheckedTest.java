package framewise.media.network;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.CameraCertificate;
import framewise.media.FfmpegProgram;
import framewise.media.Numbered;
import framewise.media.WebServer;
import framewise.media.live.LiveReader;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificates are checked for https and rtsps; FRAMEWISE_URL_TLS selects for which servers. */
class CertificatesOfServersAreCheckedTest {
  @TempDir static Path folder;

  @BeforeEach
  void video() {
    Numbered.make("secure.mp4", 10, "-c:v", "libx264", "-pix_fmt", "yuv420p");
  }

  @Test
  void anUntrustedCertificateIsRefusedWithTheReason() throws Exception {
    SSLContext own = CameraCertificate.context(folder, "-ext", "SAN=IP:127.0.0.1");
    try (WebServer server = server(own)) {
      assertThatThrownBy(() -> open(server.url("/secure.mp4"), CertificateRule.VERIFY))
          .isInstanceOfSatisfying(
              UrlFault.class, e -> assertThat(e.kind()).isEqualTo(UrlFault.Kind.UNTRUSTED))
          .hasMessageContaining("not issued by a known authority")
          .hasMessageContaining("FRAMEWISE_URL_TLS");
      assertThat(server.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TRUST_LAN", "TRUST"})
  void theSettingAcceptsIt(CertificateRule rule) throws Exception {
    try (WebServer server = server(CameraCertificate.context(folder))) {
      open(server.url("/secure.mp4"), rule);
      assertThat(server.asked()).isNotEmpty();
    }
  }

  @Test
  void camerasAreCheckedToo() throws Exception {
    try (ServerSocket camera = listening(CameraCertificate.context(folder))) {
      String url = "rtsps://127.0.0.1:%d/cam".formatted(camera.getLocalPort());
      assertThatThrownBy(() -> open(url, CertificateRule.VERIFY))
          .hasMessageContaining("not issued by a known authority");
    }
  }

  @Test
  void aServerWithoutTlsIsNamedAsSuch() throws Exception {
    try (var plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (var client = plain.accept()) {
                  client
                      .getOutputStream()
                      .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                  client.getInputStream().readAllBytes();
                } catch (IOException gone) {
                  // as clients do
                }
              });
      String url = "https://127.0.0.1:%d/secure.mp4".formatted(plain.getLocalPort());
      assertThatThrownBy(() -> open(url, CertificateRule.VERIFY))
          .isInstanceOfSatisfying(
              UrlFault.class, e -> assertThat(e.kind()).isEqualTo(UrlFault.Kind.LOST))
          .hasMessageContaining("does not support TLS");
    }
  }

  private static WebServer server(SSLContext context) throws Exception {
    return WebServer.secure("127.0.0.1", context).folder(FfmpegProgram.clip(""));
  }

  /** Accepts the handshake and then stays silent. */
  private static ServerSocket listening(SSLContext context) throws Exception {
    var socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              try (var client = socket.accept()) {
                client.getInputStream().readAllBytes();
              } catch (IOException refused) {
                // as expected
              }
            });
    return socket;
  }

  private static void open(String url, CertificateRule rule) throws UrlFault {
    Network network = Network.of(AllowedAddresses.ANY, rule);
    try (var reader =
        new LiveReader(VideoUrl.parse(url), network, new FrameSize(640), PixelFormat.GRAY8)) {
      reader.open();
    }
  }
}
