package framewise.server.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the drawn code module by module, like a scanner. */
class QrCodeTest {
  private static final int MARGIN = 4;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://192.168.1.5:8000/console/",
        "https://[2001:db8::1]:8443/console/",
        "https://a-rather-long-name-of-a-machine.some-department.example.org:8000/console/"
      })
  void everyCodeIsReadable(String url) throws Exception {
    QrCode code = QrCode.of(url);
    assertThat(read(inked(code.lines(true), true))).isEqualTo(url);
    assertThat(read(inked(code.lines(false), false))).isEqualTo(url);
    assertThat(read(squares(code))).isEqualTo(url);
  }

  @Test
  void coloursAreOptional() {
    QrCode code = QrCode.of("https://192.168.1.5:8000/console/");
    assertThat(code.lines(false)).matches("[█▀▄ \n]+");
    assertThat(code.lines(true).lines())
        .allSatisfy(line -> assertThat(line).startsWith("\u001b[").endsWith("\u001b[0m"));
  }

  @Test
  void longTextsAreRefused() {
    assertThatThrownBy(() -> QrCode.of("x".repeat(5_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static boolean[][] inked(String lines, boolean inkIsDark) {
    List<String> rows =
        lines.lines().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")).toList();
    int size = rows.getFirst().length();
    boolean[][] dark = new boolean[size][size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        char block = rows.get(y / 2).charAt(x);
        boolean ink = block == '█' || block == (y % 2 == 0 ? '▀' : '▄');
        dark[y][x] = ink == inkIsDark;
      }
    }
    return dark;
  }

  private static boolean[][] squares(QrCode code) {
    boolean[][] dark = new boolean[code.size()][code.size()];
    Pattern.compile("M(\\d+) (\\d+)h1v1h-1z")
        .matcher(code.svg())
        .results()
        .forEach((MatchResult at) -> dark[number(at.group(2))][number(at.group(1))] = true);
    return dark;
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private static String read(boolean[][] dark) throws Exception {
    int size = dark.length - 2 * MARGIN;
    boolean[][] modules = new boolean[size][size];
    for (int y = 0; y < dark.length; y++) {
      for (int x = 0; x < dark.length; x++) {
        boolean inside = x >= MARGIN && y >= MARGIN && x < size + MARGIN && y < size + MARGIN;
        if (inside) {
          modules[y - MARGIN][x - MARGIN] = dark[y][x];
        } else {
          assertThat(dark[y][x]).as("the margin is light").isFalse();
        }
      }
    }
    return new Decoder().decode(modules).getText();
  }
}
