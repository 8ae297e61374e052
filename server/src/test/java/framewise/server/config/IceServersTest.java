package framewise.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.webrtc.IceServer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IceServersTest {
  @Test
  void parsesStunAndTurn() {
    assertThat(
            IceServers.parse(
                "stun:stun.example.org:3478, turn:me:s+c/t=@turn.example.org:3478?transport=tcp"))
        .contains(
            List.of(
                IceServer.stun("stun:stun.example.org:3478"),
                new IceServer(
                    List.of("turn:turn.example.org:3478?transport=tcp"),
                    Optional.of("me"),
                    Optional.of("s+c/t="))));
  }

  @Test
  void usersCanHaveColonsAndPasswordsAnyCharacter() {
    assertThat(IceServers.parse("turns:1769500000:a-user:p%40ss%3Aw%2Crd%25@[2001:db8::1]:443"))
        .contains(
            List.of(
                new IceServer(
                    List.of("turns:[2001:db8::1]:443"),
                    Optional.of("1769500000:a-user"),
                    Optional.of("p@ss:w,rd%"))));
  }

  @Test
  void emptyMeansNone() {
    assertThat(IceServers.parse("")).contains(List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a",
        "turn:host:3478",
        "turn:user@host",
        "stun:a,,stun:b",
        "stun:user:pass@host",
        "turn:u:p%@host",
        "turn:u:p@host other"
      })
  void invalidServersAreRefusedWithoutPrintingThem(String text) {
    assertThat(IceServers.parse(text)).isEmpty();
    assertThatThrownBy(() -> Settings.read(Map.of("FRAMEWISE_ICE_SERVERS", text)))
        .hasMessageStartingWith("FRAMEWISE_ICE_SERVERS cannot be read: it must be servers")
        .hasMessageNotContaining(text);
  }
}
