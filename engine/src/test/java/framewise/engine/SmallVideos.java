package framewise.engine;

import framewise.testing.TestMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Test videos, made by the ffmpeg program. */
public final class SmallVideos {
  private SmallVideos() {}

  /** Moving test pictures, 160x120, ten a second, a key frame every second. */
  public static Path moving(Path folder, int seconds) throws IOException, InterruptedException {
    return make(
        folder.resolve("moving-" + seconds + ".mp4"),
        "testsrc2=size=160x120:rate=10:duration=" + seconds);
  }

  /** A still scene with camera noise; a bright box appears at a given second. */
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

  /** Two seconds of pictures of 160x120, then two of 2048x2048, in one stream. */
  public static Path growing(Path folder) throws IOException, InterruptedException {
    Path list = folder.resolve("growing.txt");
    Files.writeString(
        list,
        "file '%s'\nfile '%s'\n".formatted(part(folder, "160x120"), part(folder, "2048x2048")));
    Path file = folder.resolve("growing.mkv");
    return run(file, List.of("-f", "concat", "-safe", "0", "-i", list.toString(), "-c", "copy"));
  }

  /** Ten pictures a second that begin some seconds after the audio. */
  public static Path late(Path folder, int late, int pictures, int sound)
      throws IOException, InterruptedException {
    return run(
        folder.resolve("late.mp4"),
        List.of(
            "-f",
            "lavfi",
            "-i",
            "sine=duration=" + sound,
            "-itsoffset",
            Integer.toString(late),
            "-i",
            moving(folder, pictures).toString(),
            "-c:v",
            "copy"));
  }

  /** Ten pictures a second whose time stamps begin at a given second. */
  public static Path offset(Path folder, double seconds, int pictures)
      throws IOException, InterruptedException {
    return run(
        folder.resolve("offset.mp4"),
        List.of(
            "-i",
            moving(folder, pictures).toString(),
            "-c",
            "copy",
            "-output_ts_offset",
            Double.toString(seconds)));
  }

  /** Copies a file with its index at the front. */
  public static Path faststart(Path file) throws IOException, InterruptedException {
    return run(
        file.resolveSibling("faststart-" + file.getFileName()),
        List.of("-i", file.toString(), "-c", "copy", "-movflags", "+faststart"));
  }

  private static Path part(Path folder, String size) throws IOException, InterruptedException {
    return run(
        folder.resolve("part-" + size + ".mkv"),
        List.of(
            "-f",
            "lavfi",
            "-i",
            "testsrc=size=%s:rate=4:duration=2".formatted(size),
            "-c:v",
            "libvpx",
            "-deadline",
            "realtime",
            "-cpu-used",
            "8"));
  }

  private static Path run(Path file, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
    command.addAll(arguments);
    command.add(file.toString());
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("ffmpeg could not make " + file);
    }
    return file;
  }

  private static Path make(Path file, String source) throws IOException, InterruptedException {
    TestMachine.needs("ffmpeg");
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
