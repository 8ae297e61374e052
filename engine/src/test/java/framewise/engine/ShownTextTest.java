package framewise.engine;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.engine.delivery.NoticeText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u0000b",
        "a\nb",
        "a\u202Eb",
        "a\u2066b",
        "a\u200Bb",
        "a\u00ADb",
        "a\uFEFFb",
        "a\u3164b",
        "a\uDB40\uDC41b",
        "a\u2028b",
        "a\u034Fb"
      })
  void invisibleCharactersAreFound(String text) {
    assertThat(ShownText.hasHidden(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \u00A0", "\u200D\u200C", "\u3164", "\u2800\u2800"})
  void aNameOfInvisibleCharactersIsBlank(String text) {
    assertThat(ShownText.isBlank(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "T\u00FCr 7",
        "\u05E9\u05DC\u05D5\u05DD",
        "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
        "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
        "\uAC00\uB098"
      })
  void namesInAnyScriptAreAccepted(String text) {
    assertThat(ShownText.hasHidden(text)).isFalse();
    assertThat(ShownText.isBlank(text)).isFalse();
  }

  @Test
  void onlyLineBreaksAreKept() {
    assertThat(ShownText.hasHiddenInLines("a\n\tb")).isFalse();
    assertThat(ShownText.hasHiddenInLines("a\u202Eb")).isTrue();
    assertThat(ShownText.ofLines("a\u202Eb\nc\u0007", 10)).isEqualTo("ab\nc");
  }

  /** The answer in a message may contain text from a sign in front of the camera. */
  @Test
  void phoneMessagesHaveNoLineBreaks() {
    var text = new NoticeText("Gate\u202E\n1", "Read \u2067txt.exe\u0007\nand more", 3, "bell");
    assertThat(text.title()).isEqualTo("Gate 1");
    assertThat(text.message()).isEqualTo("Read txt.exe\nand more");
  }
}
