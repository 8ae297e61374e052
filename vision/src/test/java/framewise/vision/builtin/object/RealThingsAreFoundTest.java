package framewise.vision.builtin.object;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.MediaTime;
import framewise.media.picture.Frame;
import framewise.vision.builtin.SampleClip;
import framewise.vision.builtin.picture.Rectangle;
import framewise.vision.builtin.prompt.Things;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealThingsAreFoundTest {
  private static final ObjectDetector DETECTOR = new ObjectDetector();

  static boolean present() {
    return SampleClip.present();
  }

  @ParameterizedTest
  @EnabledIf("present")
  @CsvSource({"5, 3", "20, 1", "25, 2"})
  void bottlesOnATableAreCounted(double seconds, int bottles) throws Exception {
    assertThat(find("bottle-detection.mp4", seconds))
        .extracting(Detection::kind)
        .hasSize(bottles)
        .containsOnly(ObjectKind.BOTTLE);
  }

  /**
   * Cars that are half outside the picture are not reported, because the visible part may as well
   * be a cup.
   */
  @ParameterizedTest
  @EnabledIf("present")
  @CsvSource({"5, 1", "6.5, 1", "8, 1", "16.5, 2", "18.5, 1", "26.5, 1"})
  void carsFromAboveAreCounted(double seconds, int cars) throws Exception {
    assertThat(find("car-detection.mp4", seconds))
        .extracting(Detection::kind)
        .hasSize(cars)
        .containsOnly(ObjectKind.CAR);
  }

  @ParameterizedTest
  @EnabledIf("present")
  @CsvSource({"1", "10", "13", "20", "22", "29"})
  void anEmptyParkingLotHasNoCars(double seconds) throws Exception {
    assertThat(find("car-detection.mp4", seconds)).isEmpty();
  }

  @Test
  @EnabledIf("present")
  void boxesAreInPixelsOfTheFrame() throws Exception {
    Rectangle bottle = find("bottle-detection.mp4", 20).getFirst().place();
    assertThat(bottle.overlap(new Rectangle(499, 107, 578, 316))).isGreaterThan(0.75);
  }

  /** With red and blue swapped, the network still works but finds fewer objects. */
  @Test
  @EnabledIf("present")
  void theChannelOrderMatchesTheTraining() throws Exception {
    double right = 0;
    double exchanged = 0;
    for (double seconds : new double[] {0, 5, 15, 25, 30}) {
      try (Frame frame = SampleClip.frame("bottle-detection.mp4", seconds);
          Frame wrong = exchanged(frame)) {
        right += score(DETECTOR.nanoDet(frame));
        exchanged += score(DETECTOR.nanoDet(wrong));
      }
    }
    assertThat(right).isGreaterThan(1.05 * exchanged);
  }

  @Test
  void aPlainPictureHasNoObjects() throws Exception {
    BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_3BYTE_BGR);
    try (Frame frame = Frame.of(image, MediaTime.ZERO)) {
      assertThat(DETECTOR.in(frame).things(Things.ALL.kinds())).isEmpty();
    }
  }

  private static List<Detection> find(String clip, double seconds) throws Exception {
    try (Frame frame = SampleClip.frame(clip, seconds)) {
      return DETECTOR.in(frame).things(Things.ALL.kinds());
    }
  }

  private static double score(List<Detection> things) {
    return things.stream()
        .filter(thing -> thing.kind() == ObjectKind.BOTTLE)
        .mapToDouble(Detection::score)
        .sum();
  }

  private static Frame exchanged(Frame frame) {
    BufferedImage image =
        new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        long at = ((long) y * frame.width() + x) * 3;
        int blue = frame.pixels().get(java.lang.foreign.ValueLayout.JAVA_BYTE, at) & 0xff;
        int green = frame.pixels().get(java.lang.foreign.ValueLayout.JAVA_BYTE, at + 1) & 0xff;
        int red = frame.pixels().get(java.lang.foreign.ValueLayout.JAVA_BYTE, at + 2) & 0xff;
        image.setRGB(x, y, blue << 16 | green << 8 | red);
      }
    }
    return Frame.of(image, frame.time());
  }
}
