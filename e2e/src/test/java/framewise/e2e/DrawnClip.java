package framewise.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import framewise.testing.TestMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Clips with known text, drawn by the {@code ffmpeg} program. */
public final class DrawnClip {
  private static final String FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf";
  private static final List<String> H264 =
      List.of("-c:v", "libx264", "-g", "10", "-movflags", "+faststart");

  private DrawnClip() {}

  /**
   * White text on dark blue, 640 by 360 at 10 frames a second, H.264 in MP4.
   *
   * @param seconds duration
   */
  public static Path saying(String words, int seconds, Path folder) {
    return draw(file(words, ".mp4", folder), field(seconds), sign(words), H264);
  }

  /** The same as VP8 in WebM, which every Chromium plays. */
  public static Path webm(String words, int seconds, Path folder) {
    return draw(
        file(words, ".webm", folder),
        field(seconds),
        sign(words),
        List.of("-c:v", "libvpx", "-b:v", "1M", "-deadline", "realtime"));
  }

  /** The same uncompressed, for Chromium's fake camera, which loops it. */
  public static Path forCamera(String words, Path folder) {
    return draw(file(words, ".y4m", folder), field(2), sign(words), List.of());
  }

  /** The first text for half of the time, then the second. */
  public static Path saying(String first, String second, int seconds, Path folder) {
    String text =
        "drawtext=fontfile=%s:text='%s':fontsize=72:fontcolor=white:x=(w-tw)/2:y=(h-th)/2:enable='%s'";
    return draw(
        file(first, ".mp4", folder),
        field(seconds),
        text.formatted(FONT, first, "lt(t," + seconds / 2.0 + ")")
            + ","
            + text.formatted(FONT, second, "gte(t," + seconds / 2.0 + ")"),
        H264);
  }

  private static Path file(String words, String ending, Path folder) {
    return folder.resolve(words.replace(' ', '-') + ending);
  }

  private static String field(int seconds) {
    return "color=c=0x203050:s=640x360:r=10:d=" + seconds;
  }

  private static String sign(String words) {
    return "drawtext=fontfile=%s:text='%s':fontsize=72:fontcolor=white:x=(w-tw)/2:y=(h-th)/2"
        .formatted(FONT, words);
  }

  private static Path draw(Path file, String source, String filter, List<String> encoding) {
    TestMachine.needs("ffmpeg");
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y", "-f", "lavfi"));
    command.addAll(List.of("-i", source, "-vf", filter, "-pix_fmt", "yuv420p"));
    command.addAll(encoding);
    command.add(file.toString());
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      assertThat(Files.size(file)).isPositive();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
