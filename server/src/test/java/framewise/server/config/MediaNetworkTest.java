package framewise.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.overshoot.Secret;
import framewise.webrtc.PeerOptions;
import framewise.webrtc.ice.PortRange;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of the network for WebRTC peers and of access to the Overshoot API. */
class MediaNetworkTest {
  @Test
  void withoutSettingsPeersKeepTheirDefaults() throws Exception {
    Settings settings = Settings.read(Map.of());
    assertThat(settings.mediaNetwork().peerOptions()).isEqualTo(PeerOptions.DEFAULTS);
    assertThat(settings.apiAccess().keys()).isEmpty();
    assertThat(settings.apiAccess().maxStreamsPerKey()).isEqualTo(5);
    assertThat(settings.apiAccess().lease()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void allSettingsApply() throws Exception {
    Settings settings =
        Settings.read(
            Map.of(
                "FRAMEWISE_MEDIA_PORTS", "50000-50100",
                "FRAMEWISE_PUBLIC_ADDRESS", "203.0.113.7",
                "FRAMEWISE_ICE_SERVERS", "stun:a.example",
                "FRAMEWISE_API_KEYS", "one, two,",
                "FRAMEWISE_LEASE_SECONDS", "5"));
    PeerOptions options = settings.mediaNetwork().peerOptions();
    assertThat(options.ports()).contains(new PortRange(50_000, 50_100));
    assertThat(options.publicAddress().orElseThrow().address().getHostAddress())
        .isEqualTo("203.0.113.7");
    assertThat(options.iceServers()).hasSize(1);
    assertThat(settings.apiAccess().keys())
        .extracting(Secret::reveal)
        .containsExactly("one", "two");
    assertThat(settings.apiAccess().lease()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FRAMEWISE_MEDIA_PORTS|80-90|must be a range",
        "FRAMEWISE_MEDIA_PORTS|many|must be a range",
        "FRAMEWISE_PUBLIC_ADDRESS|host.example|must be an IPv4 or IPv6 address",
        "FRAMEWISE_LEASE_SECONDS|4|must be 5 to 3600",
        "FRAMEWISE_MAX_STREAMS_PER_KEY|0|must be 1 to 1000",
        "FRAMEWISE_API_KEYS|,|has no key",
        "FRAMEWISE_API_KEYS|two words|has blanks",
      })
  void errorsNameWhatIsAllowed(String key, String value, String sentence) {
    assertThatThrownBy(() -> Settings.read(Map.of(key, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(sentence);
  }

  @Test
  void credentialsAreNotPrinted() throws Exception {
    Settings settings =
        Settings.read(
            Map.of(
                "FRAMEWISE_API_KEYS",
                "planted-1",
                "FRAMEWISE_ICE_SERVERS",
                "turn:u:planted-2@a.example"));
    assertThat(settings.toString()).doesNotContain("planted");
    assertThatThrownBy(() -> Settings.read(Map.of("FRAMEWISE_API_KEYS", "planted 3")))
        .hasMessageNotContaining("planted");
  }
}
