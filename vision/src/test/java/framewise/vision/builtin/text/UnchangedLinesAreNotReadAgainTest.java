package framewise.vision.builtin.text;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.MediaTime;
import framewise.media.picture.Frame;
import framewise.vision.builtin.Sign;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnchangedLinesAreNotReadAgainTest {
  private final TextReader reader = new TextReader();

  @Test
  void noiseDoesNotTriggerReading() throws Exception {
    Sign sign = Sign.of("Platform 9 departs 14:35", "Gate B27, seat 14C");
    assertThat(read(sign.image())).containsExactlyElementsOf(sign.lines());
    long once = reader.recognized();
    for (int seed = 0; seed < 3; seed++) {
      assertThat(read(noisy(sign.image(), seed))).containsExactlyElementsOf(sign.lines());
    }
    assertThat(reader.recognized()).isEqualTo(once).isEqualTo(2);
  }

  @Test
  void aChangedDigitIsReadAgain() throws Exception {
    for (int second = 0; second < 10; second++) {
      Sign clock =
          Sign.of("Departure 12:00:0" + second)
              .in(new Font("DejaVu Sans Mono", Font.PLAIN, 30))
              .coloured(new Color(110, 110, 110), new Color(190, 190, 190));
      assertThat(read(clock.image())).containsExactlyElementsOf(clock.lines());
    }
  }

  @Test
  void aNewSignIsRead() throws Exception {
    assertThat(read(leftSign("No smoking"))).containsExactly("No smoking");
    assertThat(read(leftSign("No smoking!"))).containsExactly("No smoking!");
  }

  @Test
  void linesBeyondTheLimitAreReadInTheNextClip() throws Exception {
    List<String> lines = IntStream.range(10, 50).mapToObj(i -> "Line number " + i).toList();
    Sign page =
        new Sign(
            lines, new Font("DejaVu Sans", Font.PLAIN, 16), Color.WHITE, Color.BLACK, 0, 960, 1100);
    try (Frame frame = page.frame()) {
      Text first = reader.read(frame);
      assertThat(first.unread()).isEqualTo(lines.size() - TextReader.MAX_LINES);
      Text second = reader.read(frame);
      assertThat(second.unread()).isZero();
      assertThat(second.lines()).hasSize(lines.size()).contains("Line number 10", "Line number 49");
    }
  }

  private List<String> read(BufferedImage image) throws Exception {
    try (Frame frame = Frame.of(image, MediaTime.ZERO)) {
      return reader.read(frame).lines();
    }
  }

  private static BufferedImage leftSign(String text) {
    BufferedImage image = new BufferedImage(1280, 720, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.YELLOW);
    graphics.setFont(new Font("DejaVu Sans", Font.PLAIN, 40));
    graphics.drawString(text, 200, 300);
    graphics.dispose();
    return image;
  }

  private static BufferedImage noisy(BufferedImage image, int seed) {
    Random random = new Random(seed);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        Color colour = new Color(image.getRGB(x, y));
        int by = random.nextInt(5) - 2;
        int grey = Math.clamp(colour.getRed() + by, 0, 255);
        image.setRGB(x, y, new Color(grey, grey, grey).getRGB());
      }
    }
    return image;
  }
}
