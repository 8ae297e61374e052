package framewise.bench.media;

import com.sun.management.OperatingSystemMXBean;
import framewise.media.MediaTime;
import framewise.media.NotAVideoException;
import framewise.media.file.VideoReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A job whose cost is measured; each run does all of it. */
interface Job {
  /** Runs the job once. */
  JobCost run() throws IOException, InterruptedException, NotAVideoException;

  /** Longest side of the pictures that every job delivers, as BGR24. */
  int MAX_SIDE = 640;

  /** Reads a picture every {@code interval} seconds in this process. */
  static Job framewise(Path video, double interval, MediaTime tolerance) {
    OperatingSystemMXBean process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return () -> {
      long cpu = process.getProcessCpuTime();
      long start = System.nanoTime();
      long pictures = 0;
      try (VideoReader reader =
          VideoReader.open(video, new FrameSize(MAX_SIDE), PixelFormat.BGR24, tolerance)) {
        // A quarter of a picture's duration after its start, so that rounding never selects the
        // previous one.
        double shift = 0.25 / reader.info().fps();
        while (true) {
          MediaTime time = MediaTime.ofSeconds(pictures * interval + shift);
          Optional<Frame> frame = reader.at(time);
          if (frame.isEmpty()) {
            break;
          }
          frame.orElseThrow().close();
          pictures++;
        }
      }
      return new JobCost(
          (process.getProcessCpuTime() - cpu) / 1e9, (System.nanoTime() - start) / 1e9, pictures);
    };
  }

  /** Runs this job in a separate Java process, whose start is part of the cost. */
  static Job ownProcess(Path video, double interval) {
    return () -> {
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "-XX:+UseSerialGC",
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              DecodeBench.class.getName(),
              "--once",
              video.toString(),
              Double.toString(interval));
      long start = System.nanoTime();
      String printed = output(command);
      return new JobCost(
          last(printed, "cpu=([0-9.]+)"),
          (System.nanoTime() - start) / 1e9,
          (long) last(printed, "pictures=([0-9]+)"));
    };
  }

  /**
   * Runs the {@code ffmpeg} program with one decoding thread, the same size and the same pixels.
   */
  static Job program(String program, Path video, List<String> input, String filter) {
    return () -> {
      List<String> command =
          new ArrayList<>(List.of(program, "-nostdin", "-hide_banner", "-benchmark", "-y"));
      command.addAll(List.of("-threads", "1"));
      command.addAll(input);
      command.addAll(List.of("-i", video.toString(), "-an", "-filter_threads", "1"));
      command.addAll(List.of("-vf", filter + "scale=640:-2:flags=bicubic,format=bgr24"));
      command.addAll(List.of("-vsync", "0", "-f", "rawvideo", "/dev/null"));
      long start = System.nanoTime();
      String printed = output(command);
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpu = last(printed, "utime=([0-9.]+)s") + last(printed, "stime=([0-9.]+)s");
      return new JobCost(cpu, seconds, (long) last(printed, "frame= *([0-9]+)"));
    };
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + " failed: " + printed);
    }
    return printed;
  }

  private static double last(String text, String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    String found = null;
    while (matcher.find()) {
      found = matcher.group(1);
    }
    if (found == null) {
      throw new IOException("no " + pattern + " in " + text);
    }
    return Double.parseDouble(found);
  }
}
