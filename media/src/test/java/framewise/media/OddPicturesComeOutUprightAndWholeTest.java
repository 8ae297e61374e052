package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OddPicturesComeOutUprightAndWholeTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 90, 180, 270})
  void rotatedByAPhone(int degrees) throws Exception {
    // Pictures are stored rotated, and the file declares the opposite rotation.
    String stored =
        switch (degrees) {
          case 90 -> "transpose=cclock";
          case 180 -> "hflip,vflip";
          case 270 -> "transpose=clock";
          default -> "null";
        };
    Path plain =
        Numbered.make(
            "turned-" + degrees + "-stored.mp4",
            40,
            "-vf",
            stored,
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p");
    Path file = TurnedMp4.of(plain, degrees, "turned-" + degrees + ".mp4");

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(reader.info().width()).isEqualTo(Numbered.WIDTH);
      assertThat(reader.info().height()).isEqualTo(Numbered.HEIGHT);
      assertThat(Numbered.at(reader, 0)).isZero();
      assertThat(Numbered.at(reader, 1.01)).isEqualTo(30);
    }
  }

  @ParameterizedTest
  @EnumSource(PixelFormat.class)
  void rotatedInEveryFormat(PixelFormat format) throws Exception {
    Path plain =
        FfmpegProgram.make(
            "quarters.mp4",
            "-f",
            "lavfi",
            "-i",
            "color=red:size=101x61:duration=0.2,format=yuv444p,drawbox=x=0:y=0:w=50:h=30:color=white:t=fill",
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv444p");
    Path file = TurnedMp4.of(plain, 90, "quarters-turned.mp4");

    try (VideoReader reader = VideoReader.open(file, new FrameSize(8192), format);
        Frame frame = reader.at(MediaTime.ZERO).orElseThrow();
        Frame gray = frame.convert(frame.width(), frame.height(), PixelFormat.GRAY8)) {
      assertThat(frame.width()).isEqualTo(61);
      assertThat(frame.height()).isEqualTo(101);
      assertThat(frame.pixels().byteSize()).isEqualTo(format.bytes(61, 101));
      // A quarter turn clockwise: top left goes top right.
      assertThat(luma(gray, 50, 10)).as("top right").isGreaterThan(230);
      assertThat(luma(gray, 10, 10)).as("top left").isBetween(60, 100);
      assertThat(luma(gray, 50, 90)).as("bottom right").isBetween(60, 100);
    }
  }

  @ParameterizedTest
  @CsvSource({"321, 193", "319, 191", "161, 95", "66, 34"})
  void withOddSides(int width, int height) throws Exception {
    Path file =
        Numbered.make(
            "odd-" + width + ".mkv", width, height, 40, "-c:v", "libx264", "-pix_fmt", "yuv444p");

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(reader.info().width()).isEqualTo(width);
      assertThat(reader.info().height()).isEqualTo(height);
      assertThat(Numbered.at(reader, 1.01)).isEqualTo(30);
    }
    try (VideoReader reader = VideoReader.open(file, new FrameSize(63), PixelFormat.I420);
        Frame frame = reader.at(MediaTime.ofSeconds(1.01)).orElseThrow();
        Frame gray = frame.convert(frame.width(), frame.height(), PixelFormat.GRAY8)) {
      assertThat(Math.max(frame.width(), frame.height())).isEqualTo(63);
      assertThat(Numbered.read(gray)).isEqualTo(30);
    }
  }

  @ParameterizedTest
  @CsvSource({"libx264, yuv420p10le", "libx264, yuv422p10le", "libx265, yuv420p10le"})
  void withTenBits(String encoder, String pixels) throws Exception {
    Path file =
        Numbered.make(
            "ten-" + encoder + "-" + pixels + ".mp4", 40, "-c:v", encoder, "-pix_fmt", pixels);

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(Numbered.at(reader, 0.71)).isEqualTo(21);
    }
  }

  @Test
  void asInterlacedFields() throws Exception {
    // One second of black and one of white fields, interlaced so that each picture has one of each.
    Path file =
        FfmpegProgram.make(
            "interlaced.mp4",
            "-f",
            "lavfi",
            "-i",
            "color=black:size=320x240:rate=50:duration=2,"
                + "drawbox=x=0:y=0:w=iw:h=ih:color=white:t=fill:enable='mod(n,2)',"
                + "interlace=lowpass=off",
            "-c:v",
            "libx264",
            "-flags",
            "+ilme+ildct",
            "-x264opts",
            "tff=1",
            "-pix_fmt",
            "yuv420p");

    try (VideoReader reader = Numbered.open(file);
        Frame frame = reader.at(MediaTime.ofSeconds(0.5)).orElseThrow()) {
      assertThat(frame.height()).isEqualTo(240);
      int first = luma(frame, 160, 0);
      assertThat(first).as("black or white").matches(luma -> luma < 20 || luma > 235);
      for (int y = 0; y < 240; y++) {
        assertThat(luma(frame, 160, y)).as("row " + y).isBetween(first - 10, first + 10);
      }
    }
  }

  @Test
  void withNonSquarePixels() throws Exception {
    Path file =
        Numbered.make(
            "oblong.mp4", 20, "-vf", "setsar=4/3", "-c:v", "libx264", "-pix_fmt", "yuv420p");

    try (VideoReader reader = Numbered.open(file);
        Frame frame = reader.at(MediaTime.ZERO).orElseThrow()) {
      assertThat(reader.info().width()).isEqualTo(427);
      assertThat(reader.info().height()).isEqualTo(192);
      assertThat(frame.width()).isEqualTo(427);
      assertThat(Numbered.read(frame)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"bt709, tv, yuv420p", "smpte170m, tv, yuv420p", "bt709, pc, yuvj420p"})
  void inTheirDeclaredColours(String colours, String range, String pixels) throws Exception {
    Path file =
        FfmpegProgram.make(
            "colours-" + colours + "-" + range + ".mp4",
            "-f",
            "lavfi",
            "-i",
            "color=0xC04020:size=64x64:duration=0.2",
            "-vf",
            "scale=out_color_matrix=" + colours + ":out_range=" + range + ",format=" + pixels,
            "-colorspace",
            colours,
            "-color_range",
            range,
            "-c:v",
            "libx264",
            "-qp",
            "1");

    try (VideoReader reader = VideoReader.open(file, new FrameSize(64), PixelFormat.BGR24);
        Frame frame = reader.at(MediaTime.ZERO).orElseThrow();
        Frame planar = frame.convert(64, 64, PixelFormat.I420);
        Frame back = planar.convert(64, 64, PixelFormat.BGR24)) {
      for (Frame picture : new Frame[] {frame, back}) {
        assertThat(sample(picture, 0)).as("blue").isBetween(0x20 - 8, 0x20 + 8);
        assertThat(sample(picture, 1)).as("green").isBetween(0x40 - 8, 0x40 + 8);
        assertThat(sample(picture, 2)).as("red").isBetween(0xC0 - 8, 0xC0 + 8);
      }
    }
  }

  private static int sample(Frame frame, int channel) {
    long pixel = 32L * frame.width() + 32;
    return frame.pixels().get(ValueLayout.JAVA_BYTE, pixel * 3 + channel) & 0xff;
  }

  private static int luma(Frame gray, int x, int y) {
    return gray.pixels().get(ValueLayout.JAVA_BYTE, (long) y * gray.width() + x) & 0xff;
  }
}
