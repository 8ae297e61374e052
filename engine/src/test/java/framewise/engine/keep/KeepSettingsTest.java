package framewise.engine.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeepSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "600s@2fps, 600, 2",
    "10m@0.5fps, 600, 0.5",
    "24h@2fps, 86400, 2",
    " 1S@0.1FPS , 1, 0.1"
  })
  void roundTrips(String text, int seconds, double fps) {
    KeepSettings read = KeepSettings.parse(text).orElseThrow();
    assertThat(read).isEqualTo(new KeepSettings(seconds, fps, 1_280));
    assertThat(KeepSettings.parse(read.toString())).contains(read);
  }

  @Test
  void offKeepsNothing() {
    assertThat(KeepSettings.parse("off").orElseThrow().isOn()).isFalse();
    assertThat(KeepSettings.OFF).hasToString("off");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "600",
        "600s",
        "600s@",
        "0s@2fps",
        "25h@1fps",
        "600s@0fps",
        "600s@16fps",
        "-1s@1fps",
        "600s@2",
        "600 s@2fps",
        "600s@2.123fps",
        "99999h@1fps",
        "24h@15fps"
      })
  void invalidTextsAreEmpty(String text) {
    assertThat(KeepSettings.parse(text)).isEmpty();
  }

  @Test
  void errorsNameTheAllowedRange() {
    assertThatThrownBy(() -> new KeepSettings(86_401, 2, 1_280))
        .hasMessageContaining("keep.seconds is 86401 but must be from 0 to 86400");
    assertThatThrownBy(() -> new KeepSettings(86_400, 15, 1_280))
        .hasMessageContaining("keep.seconds times keep.fps is 1296000 but must be at most 200000");
    assertThatThrownBy(() -> new KeepSettings(1, Double.NaN, 1_280))
        .hasMessageContaining("keep.fps is NaN but must be from 0.1 to 15");
    assertThatThrownBy(() -> new KeepSettings(1, 2, 8))
        .hasMessageContaining("keep.max_side is 8 but must be from 64 to 4096");
  }
}
