package framewise.bench.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Two hours of small, moving test pictures, five a second, made by the ffmpeg program. */
final class LongFilm {
  private static final Duration LENGTH = Duration.ofHours(2);

  private LongFilm() {}

  /** The path of the film in a folder; makes the film if it is missing. */
  static Path in(Path folder) throws IOException, InterruptedException {
    Path file = folder.resolve("film.mp4");
    if (Files.exists(file)) {
      return file;
    }
    int made =
        new ProcessBuilder(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=160x120:rate=5:duration=" + LENGTH.toSeconds(),
                "-preset",
                "ultrafast",
                "-g",
                "10",
                "-pix_fmt",
                "yuv420p",
                file.toString())
            .inheritIO()
            .start()
            .waitFor();
    if (made != 0) {
      throw new IOException("ffmpeg could not make " + file);
    }
    return file;
  }
}
