package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.I420Picture;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class I420PictureTest {
  @Property
  void everySampleIsRotatedCorrectly(
      @ForAll @IntRange(min = 1, max = 17) int width,
      @ForAll @IntRange(min = 1, max = 13) int height,
      @ForAll @IntRange(min = 0, max = 9) int padding,
      @ForAll @IntRange(min = 0, max = 3) int quarters) {
    int wide = (width + 1) / 2;
    int high = (height + 1) / 2;
    I420Picture picture =
        new I420Picture(
            width,
            height,
            rows(width, height, padding),
            rows(wide, high, padding),
            rows(wide, high, padding + 1));
    int before = FramePool.inUse();
    try (Frame frame = picture.toFrame(90 * quarters, MediaTime.ofSeconds(1))) {
      boolean lying = quarters % 2 == 1;
      assertThat(frame.width()).isEqualTo(lying ? height : width);
      assertThat(frame.height()).isEqualTo(lying ? width : height);
      assertThat(frame.time()).isEqualTo(MediaTime.ofSeconds(1));
      long luma = (long) width * height;
      assertTurned(frame, 0, width, height, quarters);
      assertTurned(frame, luma, wide, high, quarters);
      assertTurned(frame, luma + (long) wide * high, wide, high, quarters);
      assertThat(FramePool.inUse()).isEqualTo(before + 1);
    }
    assertThat(FramePool.inUse()).isEqualTo(before);
  }

  @Test
  void smallPlanesAreRefusedUnread() {
    I420Picture.Rows enough = rows(8, 8, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new I420Picture(8, 8, rows(8, 7, 0), enough, enough))
        .withMessageContaining("plane 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new I420Picture(8, 8, enough, enough, rows(3, 4, 0)))
        .withMessageContaining("plane 2");
  }

  @Test
  void sizesAndRotationsOutOfRangeAreRefused() {
    I420Picture.Rows rows = rows(8, 8, 0);
    assertThatExceptionOfType(OutOfRangeException.class)
        .isThrownBy(() -> new I420Picture(0, 8, rows, rows, rows));
    assertThatExceptionOfType(OutOfRangeException.class)
        .isThrownBy(() -> new I420Picture(8, 8193, rows, rows, rows));
    I420Picture picture = new I420Picture(8, 8, rows, rows, rows);
    assertThatExceptionOfType(OutOfRangeException.class)
        .isThrownBy(() -> picture.toFrame(45, MediaTime.ZERO).close());
  }

  /** A sample whose value encodes its position (x, y). */
  private static byte sample(int x, int y) {
    return (byte) (x * 13 + y);
  }

  private static I420Picture.Rows rows(int width, int height, int padding) {
    int stride = width + padding;
    byte[] samples = new byte[stride * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        samples[y * stride + x] = sample(x, y);
      }
    }
    return new I420Picture.Rows(MemorySegment.ofArray(samples), stride);
  }

  private static void assertTurned(Frame frame, long offset, int width, int height, int quarters) {
    int wide = quarters % 2 == 1 ? height : width;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int toX = x;
        int toY = y;
        int rows = height;
        for (int i = 0; i < quarters; i++) {
          // Clockwise: the bottom of the first column becomes the start of the first row.
          int turned = rows - 1 - toY;
          toY = toX;
          toX = turned;
          rows = rows == height ? width : height;
        }
        assertThat(frame.pixels().get(ValueLayout.JAVA_BYTE, offset + (long) toY * wide + toX))
            .as("(%d, %d)", x, y)
            .isEqualTo(sample(x, y));
      }
    }
  }
}
