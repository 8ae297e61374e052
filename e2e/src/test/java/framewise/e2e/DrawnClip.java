package framewise.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Clips drawn by the {@code ffmpeg} program, whose true text is known. */
final class DrawnClip {
  private static final String FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf";

  private DrawnClip() {}

  /**
   * White words on dark blue, 640 by 360 at 10 frames a second, H.264 in MP4.
   *
   * @param seconds its length
   */
  static Path saying(String words, int seconds, Path folder) {
    return draw(
        folder.resolve(words.replace(' ', '-') + ".mp4"),
        "color=c=0x203050:s=640x360:r=10:d=" + seconds,
        "drawtext=fontfile=%s:text='%s':fontsize=72:fontcolor=white:x=(w-tw)/2:y=(h-th)/2"
            .formatted(FONT, words));
  }

  /** The first words for half of the time, then the second. */
  static Path saying(String first, String second, int seconds, Path folder) {
    String text =
        "drawtext=fontfile=%s:text='%s':fontsize=72:fontcolor=white:x=(w-tw)/2:y=(h-th)/2:enable='%s'";
    return draw(
        folder.resolve(first.replace(' ', '-') + ".mp4"),
        "color=c=0x203050:s=640x360:r=10:d=" + seconds,
        text.formatted(FONT, first, "lt(t," + seconds / 2.0 + ")")
            + ","
            + text.formatted(FONT, second, "gte(t," + seconds / 2.0 + ")"));
  }

  private static Path draw(Path file, String source, String filter) {
    List<String> command =
        List.of(
            "ffmpeg",
            "-v",
            "error",
            "-y",
            "-f",
            "lavfi",
            "-i",
            source,
            "-vf",
            filter,
            "-c:v",
            "libx264",
            "-pix_fmt",
            "yuv420p",
            "-g",
            "10",
            "-movflags",
            "+faststart",
            file.toString());
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
