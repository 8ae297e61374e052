package framewise.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Videos for tests, made by the ffmpeg program. */
public final class TestVideos {
  private TestVideos() {}

  /** Moving test pictures, 160x120, ten a second, a key frame every second. */
  public static Path moving(Path folder, int seconds) throws IOException, InterruptedException {
    Path file = folder.resolve("moving-" + seconds + ".mp4");
    var process =
        new ProcessBuilder(
                List.of(
                    "ffmpeg",
                    "-nostdin",
                    "-v",
                    "error",
                    "-y",
                    "-f",
                    "lavfi",
                    "-i",
                    "testsrc2=size=160x120:rate=10:duration=" + seconds,
                    "-pix_fmt",
                    "yuv420p",
                    "-g",
                    "10",
                    file.toString()))
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("ffmpeg could not make " + file);
    }
    return file;
  }
}
