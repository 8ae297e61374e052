package framewise.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.server.service.ChildService;
import framewise.server.service.TestClient;
import framewise.testing.Mosquitto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * MQTT over TLS: real brokers with a trusted certificate, with one for another host, and with an
 * unknown one.
 */
@Timeout(300)
class BrokersNeedTrustedCertificatesTest {
  private static final String PASSWORD = "changeit";

  @TempDir Path folder;

  @Test
  void onlyTrustedCertificatesForTheHostGetNotices() throws Exception {
    Identity good = Keytool.selfSigned(List.of("IP:127.0.0.1"), 30);
    Identity another = Keytool.selfSigned(List.of("DNS:broker.example"), 30);
    Identity unknown = Keytool.selfSigned(List.of("IP:127.0.0.1"), 30);
    String[] options = {
      "-Djavax.net.ssl.trustStore=" + trusting(good, another),
      "-Djavax.net.ssl.trustStorePassword=" + PASSWORD
    };
    var settings = Map.of("FRAMEWISE_URL_SOURCES", "any", "FRAMEWISE_URL_TLS", "verify");
    try (var trusted = broker("good", good);
        var elsewhere = broker("another", another);
        var untrusted = broker("unknown", unknown);
        var service = ChildService.start(folder.resolve("data"), settings, options)) {
      assertThat(tested(service.client(), trusted).path("state").asText()).isEqualTo("delivered");
      assertThat(tested(service.client(), elsewhere).path("error").asText())
          .contains("certificate is not trusted", "issued for another host");
      assertThat(tested(service.client(), untrusted).path("error").asText())
          .contains("certificate is not trusted", "as after the server got a new one");
    }
  }

  @Test
  void untrustedCertificatesGetNothing() throws Exception {
    var settings = Map.of("FRAMEWISE_URL_SOURCES", "any", "FRAMEWISE_URL_TLS", "verify");
    try (var unknown = broker("unknown", Keytool.selfSigned(List.of("IP:127.0.0.1"), 30));
        var service = ChildService.start(folder.resolve("data"), settings)) {
      assertThat(tested(service.client(), unknown).path("error").asText())
          .contains("certificate is not trusted", "not issued by a known authority");
    }
  }

  @Test
  void aBrokerWithoutTlsIsNamed() throws Exception {
    var settings = Map.of("FRAMEWISE_URL_SOURCES", "any");
    try (var plain = Mosquitto.in(folder);
        var service = ChildService.start(folder.resolve("data"), settings)) {
      String url = "mqtts://127.0.0.1:" + plain.port();
      assertThat(tested(service.client(), url).path("error").asText())
          .containsAnyOf("does not support TLS", "closed the encrypted connection");
    }
  }

  private static JsonNode tested(TestClient client, Mosquitto broker) throws Exception {
    return tested(client, broker.url());
  }

  private static JsonNode tested(TestClient client, String url) throws Exception {
    JsonNode made =
        TestClient.json(
            client.post(
                "/endpoints",
                """
                {"name": "%s", "kind": "mqtt", "url": "%s", "user": "%s", "password": "%s"}
                """
                    .formatted(url, url, Mosquitto.USER, Mosquitto.PASSWORD)));
    return TestClient.json(
        client.post("/endpoints/%s/test".formatted(made.path("id").asText()), ""));
  }

  private Mosquitto broker(String name, Identity identity) throws Exception {
    Path own = Files.createDirectories(folder.resolve(name));
    Path certificate = pem(own, "CERTIFICATE", identity.chain().getFirst().getEncoded());
    Path key = pem(own, "PRIVATE KEY", identity.key().getEncoded());
    return Mosquitto.encrypted(own, certificate, key);
  }

  private static Path pem(Path folder, String label, byte[] bytes) throws IOException {
    String lines = Base64.getMimeEncoder().encodeToString(bytes);
    return Files.writeString(
        folder.resolve(label.replace(' ', '-') + ".pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, lines, label));
  }

  private Path trusting(Identity... known) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < known.length; i++) {
      store.setCertificateEntry("broker-" + i, known[i].chain().getFirst());
    }
    Path file = folder.resolve("trust.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }
}
