package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Videos whose pictures carry their number as sixteen black or white squares, four by four. The
 * first twelve are the number's bits; the last row is a mark that is only right when the picture is
 * upright.
 */
public final class Numbered {
  static final int WIDTH = 320;
  static final int HEIGHT = 192;
  private static final int FIELDS = 4;
  private static final int MARK = 0b0111;

  private Numbered() {}

  /** A video with this many numbered pictures at 30 per second. */
  public static Path make(String name, int pictures, String... arguments) {
    return make(name, WIDTH, HEIGHT, pictures, arguments);
  }

  public static Path make(String name, int width, int height, int pictures, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("-f", "rawvideo", "-pix_fmt", "gray", "-s", width + "x" + height, "-r", "30"));
    all.addAll(List.of("-i", "pipe:0"));
    all.addAll(List.of(arguments));
    return FfmpegProgram.make(
        name,
        out -> {
          for (int i = 0; i < pictures; i++) {
            out.write(picture(i, width, height));
          }
        },
        all);
  }

  /** The number on a picture, which must be {@link PixelFormat#GRAY8}. */
  public static int read(Frame frame) {
    int bits = 0;
    for (int field = 0; field < FIELDS * FIELDS; field++) {
      int x = (2 * (field % FIELDS) + 1) * frame.width() / (2 * FIELDS);
      int y = (2 * (field / FIELDS) + 1) * frame.height() / (2 * FIELDS);
      int luma = frame.pixels().get(ValueLayout.JAVA_BYTE, (long) y * frame.width() + x) & 0xff;
      bits |= luma > 127 ? 1 << field : 0;
    }
    assertThat(bits >> 12).as("the mark of an upright picture").isEqualTo(MARK);
    return bits & 0xfff;
  }

  /** The number of the picture shown at that time. */
  public static int at(VideoReader reader, double seconds) {
    Optional<Frame> frame = reader.at(MediaTime.ofSeconds(seconds));
    assertThat(frame).as("a picture at " + seconds).isPresent();
    try (Frame picture = frame.orElseThrow()) {
      return read(picture);
    }
  }

  public static VideoReader open(Path file) throws NotAVideoException {
    return VideoReader.open(file, new FrameSize(8192), PixelFormat.GRAY8);
  }

  public static byte[] picture(int number, int width, int height) {
    int bits = MARK << 12 | number;
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int column = 0; column < FIELDS; column++) {
        int field = y * FIELDS / height * FIELDS + column;
        byte luma = (byte) ((bits >> field & 1) == 1 ? 220 : 30);
        int row = y * width;
        Arrays.fill(
            pixels, row + column * width / FIELDS, row + (column + 1) * width / FIELDS, luma);
      }
    }
    return pixels;
  }
}
