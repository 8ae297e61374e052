package framewise.engine.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AddressesAndSecretsOfEndpointsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @Test
  void brokersHaveTheirOwnDefaultPorts() {
    assertThat(mqtt("mqtt://broker.example").url().port()).isEqualTo(1883);
    assertThat(mqtt("mqtts://broker.example").url().port()).isEqualTo(8883);
    assertThat(mqtt("mqtts://broker.example").url().isSecure()).isTrue();
    assertThat(mqtt("mqtt://u:p@broker.example:80").url().port()).isEqualTo(80);
    assertThat(mqtt("mqtt://[2001:db8::1]").url().port()).isEqualTo(1883);
  }

  @Test
  void anAddressIsShownWithoutSecrets() {
    var address =
        EndpointAddress.parse(EndpointKind.WEBHOOK, "https://user:pass@hook.example/a?key=s3cret");
    assertThat(EndpointAddress.parse(EndpointKind.WEBHOOK, address.whole())).isEqualTo(address);
    assertThat(address.toString()).doesNotContain("pass").doesNotContain("s3cret");
    var broker = mqtt("mqtt://user:pass@broker.example");
    assertThat(mqtt(broker.whole())).isEqualTo(broker);
    assertThat(broker.toString()).startsWith("mqtt://").doesNotContain("pass");
  }

  @Test
  void anUnknownSchemeIsRefusedWithTheAllowedOnes() {
    assertThatThrownBy(() -> mqtt("https://broker.example")).hasMessageContaining("mqtt://");
    assertThatThrownBy(() -> EndpointAddress.parse(EndpointKind.NTFY, "rtsp://host/x"))
        .hasMessageContaining("https://");
  }

  @Test
  void aSecretHas24To64Bytes() {
    assertThat(SigningSecrets.isSound(SigningSecrets.generate())).isTrue();
    assertThat(SigningSecrets.isSound(secret(24))).isTrue();
    assertThat(SigningSecrets.isSound(secret(64))).isTrue();
    assertThat(SigningSecrets.isSound(secret(23))).isFalse();
    assertThat(SigningSecrets.isSound(secret(65))).isFalse();
    assertThat(SigningSecrets.isSound("whsec_???")).isFalse();
    assertThat(SigningSecrets.isSound(secret(32).substring(6))).isFalse();
  }

  @Test
  void aRotatedSecretExpiresOnTime() {
    var secrets = SigningSecrets.of(secret(24)).rotated(secret(25), NOW, Duration.ofHours(24));
    var again = secrets.rotated(secret(26), NOW.plusSeconds(3_600), Duration.ofHours(24));
    assertThat(again.validAt(NOW.plusSeconds(3_600))).hasSize(3);
    assertThat(again.validAt(NOW.plusSeconds(86_400))).hasSize(2);
    assertThat(again.validAt(NOW.plusSeconds(90_000))).hasSize(1);
    assertThat(again.hint()).contains(secret(26).substring(secret(26).length() - 4));
    assertThat(again.toString()).doesNotContain(secret(26));
  }

  private static EndpointAddress mqtt(String text) {
    return EndpointAddress.parse(EndpointKind.MQTT, text);
  }

  private static String secret(int bytes) {
    byte[] key = new byte[bytes];
    key[bytes - 1] = (byte) bytes;
    return SigningSecrets.PREFIX + Base64.getEncoder().encodeToString(key);
  }
}
