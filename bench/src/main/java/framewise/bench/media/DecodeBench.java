package framewise.bench.media;

import com.sun.management.OperatingSystemMXBean;
import framewise.media.MediaTime;
import framewise.media.NotAVideoException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bytedeco.javacpp.Loader;

/**
 * Compares reading pictures in process with the {@code ffmpeg} program: Debian's, and the one built
 * from the libraries that Framewise uses. All jobs run in turn, several times; see bench/README.md.
 */
public final class DecodeBench {
  private static final int SECONDS = 60;

  private DecodeBench() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, NotAVideoException {
    if (arguments.length == 3 && arguments[0].equals("--once")) {
      JobCost cost =
          Job.framewise(Path.of(arguments[1]), Double.parseDouble(arguments[2]), MediaTime.ZERO)
              .run();
      long cpu =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
      System.out.printf(Locale.ROOT, "cpu=%.3f pictures=%d%n", cpu / 1e9, cost.pictures());
      return;
    }
    int repetitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    Path folder = Files.createDirectories(Path.of("target", "bench-media"));
    String own = Loader.load(org.bytedeco.ffmpeg.ffmpeg.class);
    for (String bFrames : List.of("3", "0")) {
      Path video = video(folder, bFrames);
      System.out.printf(
          "%n%s: %d s, 1280x720, 30 pictures/s, key frame every 2 s, %s B frames, %.1f MB%n",
          video.getFileName(), SECONDS, bFrames, Files.size(video) / 1e6);
      report(measure(jobs(video, own), repetitions));
    }
  }

  private static Map<String, Job> jobs(Path video, String own) {
    List<String> none = List.of();
    Map<String, Job> jobs = new LinkedHashMap<>();
    jobs.put("every picture: framewise", Job.framewise(video, 1 / 30.0, MediaTime.ZERO));
    jobs.put("every picture: framewise, own process", Job.ownProcess(video, 1 / 30.0));
    jobs.put("every picture: ffmpeg, same libraries", Job.program(own, video, none, ""));
    jobs.put("every picture: ffmpeg, Debian's", Job.program("ffmpeg", video, none, ""));
    jobs.put("1 a second: framewise, exact", Job.framewise(video, 1, MediaTime.ZERO));
    for (double tolerance : new double[] {0.5, 0.75, 1}) {
      jobs.put(
          "1 a second: framewise, " + tolerance + " s tolerance",
          Job.framewise(video, 1, MediaTime.ofSeconds(tolerance)));
    }
    jobs.put("1 in 2 seconds: framewise, exact", Job.framewise(video, 2, MediaTime.ZERO));
    jobs.put("1 a second: ffmpeg, same libraries", Job.program(own, video, none, "fps=1,"));
    jobs.put(
        "key frames: ffmpeg, same libraries",
        Job.program(own, video, List.of("-skip_frame", "nokey"), ""));
    return jobs;
  }

  /** Runs every job once to warm up, then each in turn, so that a busy moment affects all alike. */
  private static Map<String, List<JobCost>> measure(Map<String, Job> jobs, int repetitions)
      throws IOException, InterruptedException, NotAVideoException {
    Map<String, List<JobCost>> costs = new LinkedHashMap<>();
    for (int i = -1; i < repetitions; i++) {
      for (Map.Entry<String, Job> job : jobs.entrySet()) {
        JobCost cost = job.getValue().run();
        if (i >= 0) {
          costs.computeIfAbsent(job.getKey(), any -> new ArrayList<>()).add(cost);
        }
      }
    }
    return costs;
  }

  private static void report(Map<String, List<JobCost>> costs) {
    List<JobCost> first = costs.values().iterator().next();
    double all = JobCost.Spread.of(first, JobCost::cpuSeconds).median();
    System.out.printf(
        "%-42s %8s %28s %28s %12s %10s%n",
        "job", "pictures", "CPU s", "wall s", "pict./CPU s", "cheaper");
    costs.forEach(
        (job, runs) -> {
          JobCost.Spread cpu = JobCost.Spread.of(runs, JobCost::cpuSeconds);
          System.out.printf(
              "%-42s %8d %28s %28s %12.0f %9.2fx%n",
              job,
              runs.getFirst().pictures(),
              cpu,
              JobCost.Spread.of(runs, JobCost::seconds),
              JobCost.Spread.of(runs, JobCost::picturesPerCpuSecond).median(),
              all / cpu.median());
        });
  }

  private static Path video(Path folder, String bFrames) throws IOException, InterruptedException {
    Path video = folder.resolve("bench-b" + bFrames + ".mp4");
    if (!Files.exists(video)) {
      Process process =
          new ProcessBuilder(
                  "ffmpeg",
                  "-nostdin",
                  "-loglevel",
                  "error",
                  "-y",
                  "-f",
                  "lavfi",
                  "-i",
                  "testsrc2=size=1280x720:rate=30:duration=" + SECONDS + ",noise=alls=6:allf=t",
                  "-c:v",
                  "libx264",
                  "-preset",
                  "medium",
                  "-crf",
                  "26",
                  "-g",
                  "60",
                  "-keyint_min",
                  "60",
                  "-sc_threshold",
                  "0",
                  "-bf",
                  bFrames,
                  "-pix_fmt",
                  "yuv420p",
                  video.toString())
              .inheritIO()
              .start();
      if (process.waitFor() != 0) {
        throw new IOException("ffmpeg could not make the video");
      }
    }
    return video;
  }
}
