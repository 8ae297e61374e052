package framewise.server.service.access;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.config.Settings;
import framewise.server.service.EventClient;
import framewise.server.service.RunningService;
import framewise.server.service.ScriptedBackend;
import framewise.server.service.Service;
import framewise.server.service.TestClient;
import framewise.server.service.TestVideos;
import framewise.server.tls.TlsException;
import framewise.time.WallClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real TLS: clients trust only the service's stored certificate, and check its names. */
class TheServiceSpeaksHttpsTest {
  @TempDir static Path folder;

  private @Nullable RunningService running;
  private @Nullable HttpClient client;

  @BeforeEach
  void start() throws Exception {
    running = start(Map.of());
    client = trusting(kept());
  }

  @AfterEach
  void end() {
    https().shutdownNow();
    service().close();
  }

  @Test
  void everyNameOfTheMachineIsServed() throws Exception {
    for (String host : new String[] {"127.0.0.1", "localhost"}) {
      var health = https().send(get("https", host, "/").build(), BodyHandlers.ofString());
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(TestClient.json(health).path("service").asText()).isEqualTo("framewise");
    }
    assertThat(service().service().consoleUrl())
        .isEqualTo("https://127.0.0.1:%d/console/".formatted(port()));
    assertThatThrownBy(
            () ->
                HttpClient.newHttpClient()
                    .send(get("https", "127.0.0.1", "/").build(), BodyHandlers.discarding()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void uploadsAndAnswersUseTls() throws Exception {
    Path video = TestVideos.moving(folder, 2);
    var form = TestClient.form("file", "video.mp4", BodyPublishers.ofFile(video));
    var upload =
        get("https", "127.0.0.1", "/upload-video")
            .header("Content-Type", "multipart/form-data; boundary=" + TestClient.boundary())
            .POST(form);
    String id =
        TestClient.json(https().send(upload.build(), BodyHandlers.ofString()))
            .path("session_id")
            .asText();
    var start =
        get("https", "127.0.0.1", "/start-stream/" + id)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"prompt\":\"a\",\"pace\":\"fast\"}"));
    assertThat(https().send(start.build(), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    var events =
        EventClient.open(https(), URI.create("wss://127.0.0.1:%d/ws/%s".formatted(port(), id)));
    assertThat(events.untilEnd()).anyMatch(event -> event.path("type").asText().equals("result"));
  }

  @Test
  void plainHttpRedirectsToHttps() throws Exception {
    String path = "/sessions?limit=5";
    try (HttpClient plain = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> answer =
          plain.send(get("http", "127.0.0.1", path).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(307);
      assertThat(answer.headers().firstValue("Location"))
          .contains("https://127.0.0.1:%d%s".formatted(port(), path));
      assertThat(TestClient.json(answer).path("detail").asText())
          .contains("https://")
          .contains("wss://");
    }
    HttpClient follower =
        HttpClient.newBuilder()
            .sslContext(https().sslContext())
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
    try (follower) {
      var answer = follower.send(get("http", "127.0.0.1", path).build(), BodyHandlers.ofString());
      assertThat(answer.uri().getScheme()).isEqualTo("https");
      assertThat(TestClient.json(answer).path("sessions").isArray()).isTrue();
    }
    assertThat(spoken("GET / HTTP/1.0\r\n\r\n"))
        .startsWith("HTTP/1.1 307")
        .contains("Location: https://127.0.0.1:%d/\r\n".formatted(port()))
        .contains("https_required");
    assertThat(spoken("\0\1\2 hello\r\n\r\n")).startsWith("HTTP/1.1 400");
  }

  @Test
  void urlsInTheApiUseHttps() throws Exception {
    var root =
        https()
            .send(
                get("https", "127.0.0.1", "/").header("Accept", "text/html").build(),
                BodyHandlers.ofString());
    assertThat(root.statusCode()).isEqualTo(302);
    assertThat(root.uri().resolve(root.headers().firstValue("Location").orElseThrow()))
        .hasToString("https://127.0.0.1:%d/console/".formatted(port()));
    var preflight =
        get("https", "127.0.0.1", "/api/v0.2/streams")
            .header("Origin", "https://app.example")
            .header("Access-Control-Request-Method", "POST")
            .method("OPTIONS", BodyPublishers.noBody());
    var allowed = https().send(preflight.build(), BodyHandlers.ofString());
    assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://app.example");
  }

  @Test
  void aPhoneGetsTheUrl() throws Exception {
    service().close();
    running = start(Map.of("BACKEND_HOST", "0.0.0.0", "FRAMEWISE_ACCESS", "open"));
    https().shutdownNow();
    client = trusting(kept());
    JsonNode phone =
        TestClient.json(
            https().send(get("https", "127.0.0.1", "/phone").build(), BodyHandlers.ofString()));
    assertThat(phone.path("secure").asBoolean()).isTrue();
    assertThat(phone.path("certificate").path("self_signed").asBoolean()).isTrue();
    assertThat(phone.path("certificate").path("sha256").asText())
        .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    String url = phone.path("urls").path(0).asText();
    assertThat(url)
        .startsWith("https://")
        .doesNotContain("127.0.0.1")
        .endsWith(":" + port() + "/console/");
    // The certificate contains the IP address, which this client checks.
    var console =
        https().send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    assertThat(console.statusCode()).isEqualTo(200);
    var code =
        https().send(get("https", "127.0.0.1", "/phone.svg").build(), BodyHandlers.ofString());
    assertThat(code.headers().firstValue("Content-Type").orElse("")).startsWith("image/svg+xml");
    assertThat(code.body()).startsWith("<svg");
    var other =
        https()
            .send(
                get("https", "127.0.0.1", "/phone.svg?url=https://evil.example/").build(),
                BodyHandlers.ofString());
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(TestClient.json(other).path("detail").asText()).contains("GET /phone");
  }

  @Test
  void aLoopbackUrlIsNotOfferedToPhones() throws Exception {
    JsonNode phone =
        TestClient.json(
            https().send(get("https", "127.0.0.1", "/phone").build(), BodyHandlers.ofString()));
    assertThat(phone.path("urls")).isEmpty();
    assertThat(phone.path("advice").asText()).contains("BACKEND_HOST");
    var code =
        https().send(get("https", "127.0.0.1", "/phone.svg").build(), BodyHandlers.ofString());
    assertThat(code.statusCode()).isEqualTo(404);
  }

  @Test
  void aConfiguredCertificateIsUsed() throws Exception {
    X509Certificate own = kept();
    service().close();
    Path moved = Files.createDirectories(folder.resolve("own"));
    copyCertificate("data", moved);
    String files = moved.resolve("cert.pem") + ", " + moved.resolve("key.pem");
    running = start(Map.of("FRAMEWISE_TLS", files));
    assertThat(service().service().phone().identity().orElseThrow().chain()).containsExactly(own);
    assertThat(
            https()
                .send(get("https", "127.0.0.1", "/").build(), BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(200);
    var wrong =
        Settings.read(
            Map.of(
                "FRAMEWISE_DATA",
                folder.resolve("other").toString(),
                "FRAMEWISE_TLS",
                moved.resolve("cert.pem") + ",none.pem"));
    assertThatThrownBy(() -> new Service(wrong, ScriptedBackend.echo(), WallClock.system()))
        .isInstanceOf(TlsException.class)
        .hasMessageContaining("none.pem");
    assertThat(folder.resolve("other")).doesNotExist();
  }

  @Test
  void aRenewedCertificateNeedsNoRestart() throws Exception {
    service().close();
    Path own = Files.createDirectories(folder.resolve("renewed"));
    copyCertificate("data", own);
    String files = own.resolve("cert.pem") + "," + own.resolve("key.pem");
    running = start(Map.of("FRAMEWISE_TLS", files));
    HttpResponse<String> before = rootByTrusting(kept());
    assertThat(before.statusCode()).isEqualTo(200);

    Path another = folder.resolve("another");
    RunningService.on(another, ScriptedBackend.echo(), Map.of("FRAMEWISE_TLS", "self-signed"))
        .close();
    copyCertificate("another", own);
    X509Certificate renewed = certificate(another.resolve("tls/certificate.pem"));
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreException(SSLHandshakeException.class)
        .untilAsserted(() -> assertThat(rootByTrusting(renewed).statusCode()).isEqualTo(200));
    assertThat(service().service().phone().identity().orElseThrow().chain())
        .containsExactly(renewed);
  }

  private HttpResponse<String> rootByTrusting(X509Certificate certificate) throws Exception {
    try (HttpClient fresh = trusting(certificate)) {
      return fresh.send(get("https", "127.0.0.1", "/").build(), BodyHandlers.ofString());
    }
  }

  /** Installs a service's self-signed files as an operator's certificate. */
  private static void copyCertificate(String data, Path to) throws IOException {
    Path tls = folder.resolve(data).resolve("tls");
    Files.copy(tls.resolve("certificate.pem"), to.resolve("cert.pem"), REPLACE_EXISTING);
    Files.copy(tls.resolve("key.pem"), to.resolve("key.pem"), REPLACE_EXISTING);
  }

  private static RunningService start(Map<String, String> more) throws Exception {
    Map<String, String> settings = new HashMap<>(Map.of("FRAMEWISE_TLS", "self-signed"));
    settings.putAll(more);
    return RunningService.on(folder.resolve("data"), ScriptedBackend.echo(), settings);
  }

  private RunningService service() {
    return Objects.requireNonNull(running);
  }

  private HttpClient https() {
    return Objects.requireNonNull(client);
  }

  private int port() {
    return service().service().port();
  }

  private HttpRequest.Builder get(String scheme, String host, String path) {
    return HttpRequest.newBuilder(URI.create("%s://%s:%d%s".formatted(scheme, host, port(), path)));
  }

  /** The response to bytes that are not TLS. */
  private String spoken(String bytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static X509Certificate kept() throws Exception {
    return certificate(folder.resolve("data/tls/certificate.pem"));
  }

  private static X509Certificate certificate(Path file) throws Exception {
    byte[] pem = Files.readAllBytes(file);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }

  private static HttpClient trusting(X509Certificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("it", certificate);
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1).build();
  }
}
