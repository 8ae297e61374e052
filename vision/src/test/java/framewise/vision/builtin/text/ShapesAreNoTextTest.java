package framewise.vision.builtin.text;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.MediaTime;
import framewise.media.picture.Frame;
import framewise.vision.builtin.Sign;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seen: the first answer was "X", read from the crossed feet of a table. */
class ShapesAreNoTextTest {
  private static final TextReader READER = new TextReader();

  @ParameterizedTest
  @ValueSource(ints = {40, 90, 150})
  void crossedTableLegsAreNotALetter(int reach) throws Exception {
    BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(190, 180, 170));
    g.fillRect(0, 0, 640, 360);
    g.setColor(new Color(60, 40, 30));
    g.setStroke(new BasicStroke(9));
    g.drawLine(320 - reach, 180 - reach, 320 + reach, 180 + reach);
    g.drawLine(320 - reach, 180 + reach, 320 + reach, 180 - reach);
    g.drawOval(40, 40, reach, reach);
    g.dispose();
    try (Frame frame = Frame.of(image, MediaTime.ZERO)) {
      assertThat(READER.read(frame).lines()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A12", "42", "B", "B27", "Bus"})
  void shortWordsAreRead(String word) throws Exception {
    try (Frame frame = Sign.of(word).in(new Font("DejaVu Sans", Font.BOLD, 60)).frame()) {
      assertThat(READER.read(frame).lines()).containsExactly(word);
    }
  }

  /** Seen: the clock in the sample clip was not read in the first second. */
  @ParameterizedTest
  @ValueSource(strings = {"00:01", "0:00", "11:11", "OUT", "OIL", "TOOL"})
  void clocksAndThinWordsAreRead(String word) throws Exception {
    for (Font font :
        List.of(
            new Font("DejaVu Sans", Font.PLAIN, 60),
            new Font("DejaVu Sans Mono", Font.PLAIN, 60),
            new Font("DejaVu Sans", Font.BOLD, 30))) {
      try (Frame frame = Sign.of(word).in(font).frame()) {
        assertThat(READER.read(frame).lines()).as(font.toString()).containsExactly(word);
      }
    }
  }

  @Test
  void singleLettersBesideWordsAreRead() throws Exception {
    try (Frame frame = Sign.of("Platform        X").frame()) {
      assertThat(READER.read(frame).lines()).containsExactly("Platform X");
    }
  }
}
