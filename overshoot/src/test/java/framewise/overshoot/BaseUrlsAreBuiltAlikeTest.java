package framewise.overshoot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlsAreBuiltAlikeTest {

  @ParameterizedTest
  @CsvSource({
    "https://a.example/api/v0.2, https://a.example/api/v0.2/streams, wss://a.example/api/v0.2/ws/streams/x",
    "https://a.example/api/v0.2/, https://a.example/api/v0.2/streams, wss://a.example/api/v0.2/ws/streams/x",
    "https://a.example/v0.2///, https://a.example/v0.2/streams, wss://a.example/v0.2/ws/streams/x",
    "http://127.0.0.1:8000, http://127.0.0.1:8000/streams, ws://127.0.0.1:8000/ws/streams/x",
    "HTTP://[::1]:8000/, http://[::1]:8000/streams, ws://[::1]:8000/ws/streams/x",
    "' https://a.example ', https://a.example/streams, wss://a.example/ws/streams/x",
  })
  void trailingSlashesAreIgnored(String base, String http, String webSocket) {
    assertThat(OvershootUrl.of(base).http("/streams")).hasToString(http);
    assertThat(OvershootUrl.of(base).webSocket("/ws/streams/x")).hasToString(webSocket);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "a.example",
        "ftp://a.example",
        "https://",
        "https:///v0.2",
        "https://a b",
        "file:///etc",
        "https://u:swordfish@a.example",
        "https://a.example?key=swordfish",
        "https://a.example#swordfish"
      })
  void invalidUrlsAreRefusedWithoutPrintingThem(String base) {
    assertThatThrownBy(() -> OvershootUrl.of(base))
        .isInstanceOf(OvershootException.InvalidRequest.class)
        .hasMessageContaining("OVERSHOOT_API_URL")
        .hasMessageNotContaining("swordfish");
  }

  @Test
  void idsArePercentEncoded() {
    assertThat(OvershootUrl.segment("a/b ?ü")).isEqualTo("a%2Fb%20%3F%C3%BC");
    assertThat(OvershootUrl.segment("3f2a-9")).isEqualTo("3f2a-9");
  }
}
