package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Video with a high dynamic range, a wide gamut, and limited or full range. */
class ColoursMatchPlayersTest {
  private static final int SIDE = 64;

  /** Pictures of each colour, ten a second. */
  private static final int EACH = 4;

  @AfterEach
  void nothingIsLeft() {
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void whiteIsWhiteAndOrangeIsOrange() throws Exception {
    assertThat(Arrays.stream(colour(CaseFile.of("b-white-pq.mp4"))).min().orElseThrow())
        .as("171 candela, a little less than white paper")
        .isGreaterThan(232);
    int[] orange = colour(CaseFile.of("b-orange-hlg.mov"));
    assertThat(orange[0]).as("red").isBetween(210, 225);
    assertThat(orange[1]).as("green").isBetween(120, 135);
    assertThat(orange[2]).as("blue").isBetween(30, 50);
  }

  /**
   * sRGB colours that were encoded as a studio does, with white at 203 cd/m², are decoded
   * unchanged, whatever the codec.
   */
  @ParameterizedTest
  @CsvSource({
    "pq,  10, libx265,    mp4,  tv",
    "pq,  8,  libx265,    mp4,  tv",
    "pq,  10, libx265,    mkv,  pc",
    "pq,  10, libvpx-vp9, webm, tv",
    "pq,  8,  libx264,    mp4,  tv",
    "pq,  10, libx264,    mov,  pc",
    "hlg, 10, libx265,    mov,  tv",
    "hlg, 8,  libx264,    mp4,  tv",
    "hlg, 10, libvpx-vp9, webm, tv",
    "hlg, 10, libx264,    mkv,  pc",
    "sdr, 8,  libx264,    mp4,  tv",
    "sdr, 10, libx265,    mp4,  tv",
    "sdr, 8,  libvpx-vp9, webm, tv",
    "sdr, 8,  libx264,    mkv,  pc",
  })
  void wideGamutBecomesSrgb(String light, int bits, String encoder, String container, String range)
      throws Exception {
    int[][] mixed = {
      {255, 255, 255}, {128, 128, 128}, {255, 140, 0}, {200, 30, 40}, {30, 160, 60}, {20, 60, 200}
    };
    Path file = studio(light, bits, encoder, container, range, mixed);
    for (int of = 0; of < mixed.length; of++) {
      int[] wanted = mixed[of];
      int[] seen = colour(file, of);
      for (int i = 0; i < 3; i++) {
        // Eight bits are coarse for such a range of brightness.
        assertThat(seen[i])
            .as("%s of %s", i, Arrays.toString(wanted))
            .isBetween(wanted[i] - (bits == 8 ? 14 : 6), wanted[i] + (bits == 8 ? 14 : 6));
      }
    }
  }

  /** Five times as bright as white paper. */
  @ParameterizedTest
  @CsvSource({"pq", "hlg"})
  void brightLightKeepsItsHue(String light) throws Exception {
    Path lamp = studio(light, 10, "libx265", "mp4", "tv", 4.5, new int[] {255, 140, 0});
    int[] seen = colour(lamp);
    assertThat(seen[0]).isGreaterThan(245);
    assertThat(seen[1]).isBetween(120, 160);
    assertThat(seen[2]).isLessThan(50);
  }

  @ParameterizedTest
  @CsvSource({"GRAY8", "I420"})
  void everyPixelFormatIsConverted(PixelFormat format) throws Exception {
    try (VideoReader reader =
            VideoReader.open(CaseFile.of("b-white-pq.mp4"), new FrameSize(320), format);
        Frame frame = reader.at(MediaTime.ZERO).orElseThrow();
        Frame gray = frame.convert(frame.width(), frame.height(), PixelFormat.GRAY8)) {
      long middle = (long) gray.height() / 2 * gray.width() + gray.width() / 2;
      assertThat(gray.pixels().get(ValueLayout.JAVA_BYTE, middle) & 0xff).isGreaterThan(232);
    }
  }

  /** The container's colour properties apply if the pictures declare none. */
  @ParameterizedTest
  @CsvSource({"mp4", "mkv"})
  void coloursOfTheContainerCount(String container) throws Exception {
    Path plain = studio("hlg", 10, "libx264", "mkv", "tv", new int[] {255, 255, 255});
    Path file =
        FfmpegProgram.make(
            "untold." + container,
            "-i",
            plain.toString(),
            "-c",
            "copy",
            "-bsf:v",
            "h264_metadata=colour_primaries=2:transfer_characteristics=2:matrix_coefficients=2",
            "-color_primaries",
            "bt2020",
            "-color_trc",
            "arib-std-b67",
            "-colorspace",
            "bt2020nc",
            "-movflags",
            "+write_colr");
    assertThat(Arrays.stream(colour(file)).min().orElseThrow()).isGreaterThan(250);
  }

  /** Red, green and blue in the middle of the first picture. */
  private static int[] colour(Path file) throws NotAVideoException {
    return colour(file, 0);
  }

  /**
   * The same in the last picture of one of the colours passed to {@link #studio}, counted from 0.
   */
  private static int[] colour(Path file, int of) throws NotAVideoException {
    MediaTime at = of == 0 ? MediaTime.ZERO : MediaTime.ofSeconds((of + 0.9) * EACH / 10.0);
    try (VideoReader reader = VideoReader.open(file, new FrameSize(320), PixelFormat.BGR24);
        Frame frame = reader.at(at).orElseThrow()) {
      long pixel = 3 * ((long) frame.height() / 2 * frame.width() + frame.width() / 2);
      int[] colour = new int[3];
      for (int i = 0; i < 3; i++) {
        colour[i] = frame.pixels().get(ValueLayout.JAVA_BYTE, pixel + 2 - i) & 0xff;
      }
      return colour;
    }
  }

  private static Path studio(
      String light, int bits, String encoder, String container, String range, int[]... srgb) {
    return studio(light, bits, encoder, container, range, 1, srgb);
  }

  /**
   * Makes a video of plain pictures, several of each colour: sRGB converted to linear light, to
   * BT.2020 primaries, and to the signal of the standard (BT.2100, BT.2408, BT.2020).
   *
   * @param brighter brightness as a factor relative to white paper
   */
  private static Path studio(
      String light,
      int bits,
      String encoder,
      String container,
      String range,
      double brighter,
      int[]... srgb) {
    String pixels = bits == 10 ? "yuv420p10le" : "yuv420p";
    List<String> all =
        new ArrayList<>(
            List.of("-f", "rawvideo", "-pix_fmt", pixels, "-s", SIDE + "x" + SIDE, "-r", "10"));
    all.addAll(List.of("-color_range", range, "-i", "pipe:0"));
    // Newer versions of the program use the pictures' colours, and convert pictures that declare
    // none.
    all.addAll(
        List.of(
            "-vf",
            "setparams=range=%s:colorspace=bt2020nc:color_primaries=bt2020:color_trc=%s"
                .formatted(range, transfer(light))));
    all.addAll(List.of("-c:v", encoder, "-color_range", range, "-colorspace", "bt2020nc"));
    all.addAll(List.of("-color_primaries", "bt2020", "-color_trc", transfer(light)));
    all.addAll(
        encoder.equals("libx265")
            ? List.of("-x265-params", "log-level=error:qp=4")
            : encoder.equals("libx264") ? List.of("-qp", "2") : List.of("-crf", "4", "-b:v", "0"));
    String colours = Arrays.deepToString(srgb);
    String name = String.join("-", "studio", light, bits + encoder, range, colours);
    return FfmpegProgram.make(
        name.replaceAll("[^a-z0-9-]", "") + brighter + "." + container,
        out -> {
          for (int[] colour : srgb) {
            int[] codes = codes(light, bits, range, wide(colour, brighter));
            for (int picture = 0; picture < EACH; picture++) {
              plain(codes, bits, out);
            }
          }
        },
        all);
  }

  private static void plain(int[] codes, int bits, OutputStream out) throws IOException {
    for (int plane = 0; plane < 3; plane++) {
      for (int i = 0; i < SIDE * SIDE / (plane == 0 ? 1 : 4); i++) {
        out.write(codes[plane]);
        if (bits == 10) {
          out.write(codes[plane] >> 8);
        }
      }
    }
  }

  private static int[] codes(String light, int bits, String range, double[] wide) {
    double luminance = 0.2627 * wide[0] + 0.6780 * wide[1] + 0.0593 * wide[2];
    double[] signal = new double[3];
    for (int i = 0; i < 3; i++) {
      signal[i] =
          switch (light) {
            case "pq" -> pq(wide[i] * 203);
            case "hlg" ->
                hlg(wide[i] * 0.203 * Math.pow(Math.max(luminance * 0.203, 1e-9), -1 / 6.0));
            default -> srgbOf(wide[i]);
          };
    }
    double y = 0.2627 * signal[0] + 0.6780 * signal[1] + 0.0593 * signal[2];
    return codes(y, (signal[2] - y) / 1.8814, (signal[0] - y) / 1.4746, bits, range);
  }

  private static int[] codes(double y, double cb, double cr, int bits, String range) {
    double unit = bits == 10 ? 4 : 1;
    return range.equals("tv")
        ? new int[] {
          (int) Math.round((16 + 219 * y) * unit),
          (int) Math.round((128 + 224 * cb) * unit),
          (int) Math.round((128 + 224 * cr) * unit)
        }
        : new int[] {
          (int) Math.round(y * ((1 << bits) - 1)),
          (int) Math.round(128 * unit + cb * ((1 << bits) - 1)),
          (int) Math.round(128 * unit + cr * ((1 << bits) - 1))
        };
  }

  private static String transfer(String light) {
    return switch (light) {
      case "pq" -> "smpte2084";
      case "hlg" -> "arib-std-b67";
      default -> "bt2020-10";
    };
  }

  /** BT.709 to BT.2020, report BT.2087. */
  private static double[] wide(int[] srgb, double brighter) {
    double[] light = new double[3];
    for (int i = 0; i < 3; i++) {
      double number = srgb[i] / 255.0;
      light[i] =
          brighter * (number <= 0.04045 ? number / 12.92 : Math.pow((number + 0.055) / 1.055, 2.4));
    }
    return new double[] {
      0.6274 * light[0] + 0.3293 * light[1] + 0.0433 * light[2],
      0.0691 * light[0] + 0.9195 * light[1] + 0.0114 * light[2],
      0.0164 * light[0] + 0.0880 * light[1] + 0.8956 * light[2]
    };
  }

  private static double pq(double nits) {
    double power = Math.pow(Math.max(nits, 0) / 10_000, 0.1593017578125);
    return Math.pow((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power), 78.84375);
  }

  private static double hlg(double scene) {
    return scene <= 1 / 12.0
        ? Math.sqrt(3 * Math.max(scene, 0))
        : Math.min(1, 0.17883277 * Math.log(12 * scene - 0.28466892) + 0.55991073);
  }

  private static double srgbOf(double light) {
    return light <= 0.0031308
        ? 12.92 * light
        : 1.055 * Math.pow(Math.min(light, 1), 1 / 2.4) - 0.055;
  }
}
