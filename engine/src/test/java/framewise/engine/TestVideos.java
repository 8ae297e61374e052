package framewise.engine;

import framewise.testing.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Videos for tests, made by the ffmpeg program. */
public final class TestVideos {
  private TestVideos() {}

  /** Moving test pictures, 160x120, ten a second, a key frame every second. */
  public static Path moving(Path folder, int seconds) throws IOException, InterruptedException {
    return make(
        folder.resolve("moving-" + seconds + ".mp4"),
        "testsrc2=size=160x120:rate=10:duration=" + seconds);
  }

  /** A still scene with a camera's noise; from some second on there is a bright box in it. */
  public static Path still(Path folder, int seconds, int changesAt)
      throws IOException, InterruptedException {
    return make(
        folder.resolve("still.mp4"),
        ("color=c=gray:size=640x360:rate=10:duration=%d,"
                + "drawbox=x=100:y=80:w=200:h=150:color=blue:t=fill,"
                + "drawbox=x=400:y=200:w=60:h=90:color=white:t=fill:enable='gte(t,%d)',"
                + "noise=alls=12:allf=t")
            .formatted(seconds, changesAt));
  }

  private static Path make(Path file, String source) throws IOException, InterruptedException {
    Machine.needs("ffmpeg");
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
                    source,
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
