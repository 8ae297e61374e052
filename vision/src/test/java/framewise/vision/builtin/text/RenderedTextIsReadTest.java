package framewise.vision.builtin.text;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.picture.Frame;
import framewise.testing.EditDistance;
import framewise.vision.builtin.Sign;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenderedTextIsReadTest {
  private static final TextReader READER = new TextReader();

  private static final List<Sign> SIGNS =
      List.of(
          Sign.of("EXIT 42"),
          Sign.of("The quick brown fox", "jumps over the lazy dog"),
          Sign.of("Platform 9 departs 14:35", "Gate B27, seat 14C"),
          Sign.of(
              "Total: $1,249.00 (incl. 19% VAT)",
              "Invoice No. 2026-0042", "Thank you for your visit!"),
          Sign.of("NO ENTRY", "AUTHORISED PERSONNEL ONLY"),
          Sign.of("Speed limit 50 km/h", "Keep left at all times", "Bridge height 4.2 m"));

  private static final List<String> FAMILIES =
      List.of("DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono");

  private static final int[] SIZES = {18, 28, 44};

  private static final List<Color[]> COLOURS =
      List.of(
          new Color[] {Color.WHITE, Color.BLACK},
          new Color[] {Color.BLACK, Color.WHITE},
          new Color[] {new Color(30, 60, 120), new Color(255, 230, 90)},
          new Color[] {new Color(120, 120, 120), new Color(180, 180, 180)});

  @Test
  void ninetyNinePercentOfCharactersAreRight() throws Exception {
    List<String> misread = new ArrayList<>();
    int wrong = 0;
    int all = 0;
    int picture = 0;
    for (int of = 0; of < SIGNS.size(); of++) {
      for (int family = 0; family < FAMILIES.size(); family++) {
        // Combines each sign with each font family, and each family with each size.
        int size = SIZES[(of + family) % SIZES.length];
        Color[] colours = COLOURS.get(picture % COLOURS.size());
        int style = picture % 3 == 0 ? Font.BOLD : Font.PLAIN;
        picture++;
        Font font = new Font(FAMILIES.get(family), style, size);
        Sign sign = SIGNS.get(of).in(font).coloured(colours[0], colours[1]);
        String read = String.join("\n", read(sign).lines());
        int distance = EditDistance.between(sign.text(), read);
        all += sign.text().length();
        wrong += distance;
        if (distance > 0) {
          misread.add(sign.font() + "\n" + sign.text() + "\nwas read as\n" + read);
        }
      }
    }
    assertThat(1 - wrong / (double) all)
        .as("share of %d signs read right; wrong: %s", all, misread)
        .isGreaterThanOrEqualTo(0.99);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-90, -60, -30, -12, -5, 7, 20, 40, 75, 90})
  void rotatedText(double degrees) throws Exception {
    Sign sign =
        Sign.of("WAY OUT", "Platform 12")
            .in(new Font("DejaVu Sans", Font.BOLD, 48))
            .turned(degrees);
    assertThat(read(sign).lines()).containsExactly("WAY OUT", "Platform 12");
  }

  @Test
  void aPlainPictureHasNoText() throws Exception {
    assertThat(read(Sign.of()).lines()).isEmpty();
  }

  @Test
  void distantWordsInARowAreOneLine() throws Exception {
    Text text = read(Sign.of("Name                    Price", "Tea                      3.20"));
    assertThat(text.lines()).containsExactly("Name Price", "Tea 3.20");
  }

  private static Text read(Sign sign) throws Exception {
    try (Frame frame = sign.frame()) {
      return READER.read(frame);
    }
  }
}
