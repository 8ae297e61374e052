package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesAreFreedOnceTest {
  private static final MediaTime TIME = MediaTime.ofSeconds(1.5);

  @AfterEach
  void nobodyHoldsAFrame() {
    assertThat(FramePool.inUse()).isZero();
    assertThat(FramePool.inUseBytes()).isZero();
  }

  @Test
  void twoHundredReadersLeakNothing() throws Exception {
    Path file = Numbered.make("leak.mp4", 90, "-c:v", "libx264", "-g", "30", "-pix_fmt", "yuv420p");
    for (int i = 0; i < 200; i++) {
      try (VideoReader reader = VideoReader.open(file, new FrameSize(160), PixelFormat.BGR24);
          Frame first = reader.at(MediaTime.ofSeconds(0.5)).orElseThrow();
          Frame second = reader.at(MediaTime.ofSeconds(1.5)).orElseThrow()) {
        assertThat(first.time()).isLessThan(second.time());
        assertThat(FramePool.inUse()).isEqualTo(2);
      }
    }
  }

  @Test
  void aSecondCloseDoesNothing() {
    Frame frame = Frame.of(quarters(), TIME);
    Frame other = Frame.of(quarters(), TIME);
    frame.close();
    frame.close();
    assertThat(FramePool.inUse()).isEqualTo(1);
    assertThat(other.pixels().get(ValueLayout.JAVA_BYTE, 2)).isEqualTo((byte) 255);
    other.close();
  }

  @Test
  void aSharedFrameLivesUntilBothAreClosed() {
    Frame frame = Frame.of(quarters(), TIME);
    Frame shared = frame.share();
    assertThat(FramePool.inUse()).isEqualTo(1);
    frame.close();
    frame.close();
    assertThat(shared.time()).isEqualTo(TIME);
    assertThat(shared.pixels().get(ValueLayout.JAVA_BYTE, 2)).isEqualTo((byte) 255);
    assertThatThrownBy(frame::share).isInstanceOf(IllegalStateException.class);
    shared.close();
    assertThat(FramePool.inUse()).isZero();
    assertThatThrownBy(shared::share).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aClosedFrameCannotBeRead() {
    Frame frame = Frame.of(quarters(), TIME);
    MemorySegment pixels = frame.pixels();
    frame.close();

    assertThatThrownBy(() -> pixels.get(ValueLayout.JAVA_BYTE, 0))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> frame.jpeg(80)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> frame.convert(8, 8, PixelFormat.GRAY8))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void pixelsAreReadOnly() {
    try (Frame frame = Frame.of(quarters(), TIME)) {
      assertThatThrownBy(() -> frame.pixels().set(ValueLayout.JAVA_BYTE, 0, (byte) 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aClosedReaderRefusesReads() throws Exception {
    Path file = Numbered.make("closed.mp4", 10, "-c:v", "libx264", "-pix_fmt", "yuv420p");
    VideoReader reader = Numbered.open(file);
    reader.close();
    reader.close();

    assertThatThrownBy(() -> reader.at(MediaTime.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the video is closed");
  }

  @Test
  void concurrentCloseIsReported() throws Exception {
    Path file = Numbered.make("race.mp4", 90, "-c:v", "libx264", "-g", "90", "-pix_fmt", "yuv420p");
    for (int round = 0; round < 20; round++) {
      VideoReader reader = Numbered.open(file);
      AtomicReference<Throwable> seen = new AtomicReference<>();
      CountDownLatch reading = new CountDownLatch(1);
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int i = 0; ; i++) {
                        reader.at(MediaTime.ofSeconds(i % 90 / 30.0)).ifPresent(Frame::close);
                        reading.countDown();
                      }
                    } catch (Throwable e) {
                      seen.set(e);
                    }
                  });
      reading.await();
      reader.close();
      thread.join();
      assertThat(seen.get())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the video is closed");
    }
  }

  @Test
  void aConvertedFrameIsIndependent() {
    Frame frame = Frame.of(quarters(), TIME);
    Frame small = frame.convert(32, 32, PixelFormat.GRAY8);
    frame.close();
    assertThat(small.time()).isEqualTo(TIME);
    assertThat(small.pixels().get(ValueLayout.JAVA_BYTE, 8 * 32 + 8) & 0xff).isBetween(70, 82);
    assertThat(small.pixels().get(ValueLayout.JAVA_BYTE, 24 * 32 + 24) & 0xff).isEqualTo(255);
    small.close();
  }

  @ParameterizedTest
  @CsvSource({"64, 64, 90", "33, 65, 100", "1, 1, 50", "640, 3, 75"})
  void jpegsKeepColours(int width, int height, int quality) throws Exception {
    BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = drawn.createGraphics();
    g.setColor(new Color(200, 100, 50));
    g.fillRect(0, 0, width, height);
    g.dispose();
    try (Frame frame = Frame.of(drawn, TIME)) {
      BufferedImage read = ImageIO.read(new ByteArrayInputStream(frame.jpeg(quality)));
      assertThat(read.getWidth()).isEqualTo(width);
      assertThat(read.getHeight()).isEqualTo(height);
      Color middle = new Color(read.getRGB(width / 2, height / 2));
      assertThat(middle.getRed()).isBetween(194, 206);
      assertThat(middle.getGreen()).isBetween(94, 106);
      assertThat(middle.getBlue()).isBetween(44, 56);
    }
  }

  @Test
  void jpegsCanHaveAnotherSize() throws Exception {
    try (Frame frame = Frame.of(quarters(), TIME);
        Frame planes = frame.convert(frame.width(), frame.height(), PixelFormat.I420)) {
      for (Frame one : List.of(frame, planes)) {
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(one.jpeg(33, 17, 90)));
        assertThat(read.getWidth()).isEqualTo(33);
        assertThat(read.getHeight()).isEqualTo(17);
        assertThat(new Color(read.getRGB(6, 4)).getRed()).isGreaterThan(200);
        assertThat(new Color(read.getRGB(6, 4)).getGreen()).isLessThan(40);
      }
      assertThatThrownBy(() -> frame.jpeg(0, 8, 90)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void higherQualityIsLarger() {
    try (Frame frame = Frame.of(quarters(), TIME)) {
      List<Integer> sizes = new ArrayList<>();
      for (int quality : new int[] {5, 50, 80, 95}) {
        sizes.add(frame.jpeg(quality).length);
      }
      assertThat(sizes).isSorted().doesNotHaveDuplicates();
      assertThatThrownBy(() -> frame.jpeg(0)).isInstanceOf(OutOfRangeException.class);
      assertThatThrownBy(() -> frame.jpeg(101)).isInstanceOf(OutOfRangeException.class);
    }
  }

  /** Red, green, blue and white. */
  private static BufferedImage quarters() {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
    for (int i = 0; i < 4; i++) {
      g.setColor(colours[i]);
      g.fillRect(i % 2 * 32, i / 2 * 32, 32, 32);
    }
    g.setColor(Color.BLACK);
    g.drawLine(0, 63, 63, 0);
    g.dispose();
    return image;
  }
}
