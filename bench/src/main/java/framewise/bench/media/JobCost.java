package framewise.bench.media;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The cost of one run of a job.
 *
 * @param cpuSeconds user and system time of the whole process
 * @param seconds elapsed time
 * @param pictures delivered pictures
 */
record JobCost(double cpuSeconds, double seconds, long pictures) {
  /** The median of several runs, and their range. */
  record Spread(double median, double min, double max) {
    static Spread of(List<JobCost> runs, ToDoubleFunction<JobCost> value) {
      double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
      return new Spread(
          sorted[sorted.length / 2],
          Arrays.stream(sorted).min().orElse(Double.NaN),
          Arrays.stream(sorted).max().orElse(Double.NaN));
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", median, min, max);
    }
  }

  double picturesPerCpuSecond() {
    return pictures / cpuSeconds;
  }
}
