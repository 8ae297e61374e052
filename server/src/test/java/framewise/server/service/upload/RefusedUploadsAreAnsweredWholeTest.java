package framewise.server.service.upload;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.AccessFixture;
import framewise.server.service.RawHttp;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Regression: a client that sends a long body completely before it reads got a reset instead of the
 * response, because the service stopped reading after it had refused the caller's role or page.
 */
@Timeout(120)
class RefusedUploadsAreAnsweredWholeTest {
  private static final int MEGABYTE = 1 << 20;
  private static final int MEGABYTES = 20;
  private static final String FORM = "multipart/form-data; boundary=x";

  @TempDir Path folder;
  private RunningService service;
  private AccessFixture access;

  @BeforeEach
  void start() throws Exception {
    service =
        RunningService.on(
            folder.resolve("data"), ScriptedBackend.echo(), Map.of("FRAMEWISE_MAX_UPLOAD", "10MB"));
    access = new AccessFixture(service.client());
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource({
    "nobody, /upload-video, multipart/form-data; boundary=x, 401, unauthorized",
    "viewer, /upload-video, multipart/form-data; boundary=x, 403, forbidden",
    "operator, /upload-video, multipart/form-data; boundary=x, 413, too_large",
    "operator, /upload-video, video/mp4, 415, unsupported_media_type",
    "operator, /sessions, text/plain, 415, unsupported_media_type",
    "operator, /sessions, application/json, 413, too_large",
    "operator, /nowhere, application/json, 404, not_found",
    "operator, /health/live, application/json, 405, method_not_allowed",
  })
  void withoutExpectContinue(String who, String path, String type, int status, String code)
      throws Exception {
    String key = who.equals("nobody") ? "x" : access.key(who)[1];
    String answer = send(path, type, "Authorization: " + key + "\r\n", MEGABYTES);
    assertThat(RawHttp.status(answer)).as(answer).isEqualTo(status);
    assertThat(answer).contains("\"code\":\"" + code + "\"");
  }

  @Test
  void pagesOfOtherSites() throws Exception {
    String answer = send("/upload-video", FORM, "Origin: https://evil.example\r\n", MEGABYTES);
    assertThat(RawHttp.status(answer)).isEqualTo(403);
    assertThat(answer).contains("foreign_origin");
  }

  @Test
  void withinATimeLimit() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.client().port())) {
      OutputStream out = socket.getOutputStream();
      out.write(head("/upload-video", FORM, "", 1L << 40));
      var chunk = new byte[MEGABYTE];
      long sent = 0;
      try {
        while (sent < 4_096) {
          out.write(chunk);
          sent++;
        }
      } catch (IOException closed) {
        // expected
      }
      assertThat(sent).isLessThan(4_096);
    }
  }

  @Test
  void theConnectionCanBeReused() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.client().port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(head("/upload-video", FORM, "", MEGABYTE));
      out.write(new byte[MEGABYTE]);
      out.write(
          "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      String both = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(both).startsWith("HTTP/1.1 401").contains("HTTP/1.1 200");
    }
  }

  @Test
  void withExpectContinue() throws Exception {
    HttpResponse<String> asked =
        service
            .client()
            .send(
                service
                    .client()
                    .to("/upload-video", "Content-Type", FORM)
                    .expectContinue(true)
                    .POST(BodyPublishers.ofByteArray(new byte[MEGABYTE])));
    assertThat(asked.statusCode()).isEqualTo(401);
  }

  private String send(String path, String type, String headers, int megabytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.client().port())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      out.write(head(path, type, headers + "Connection: close\r\n", (long) megabytes * MEGABYTE));
      var chunk = new byte[MEGABYTE];
      for (int i = 0; i < megabytes; i++) {
        out.write(chunk);
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] head(String path, String type, String headers, long length) {
    return "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n"
        .formatted(path, type, length, headers)
        .getBytes(StandardCharsets.US_ASCII);
  }
}
