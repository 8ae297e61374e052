package framewise.bench.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The benchmarks of this package; see bench/README.md. Arguments: {@code kills} or {@code load}, a
 * working folder, the number of kills or the seconds of each measurement, and a seed.
 */
public final class ClusterBench {
  private static final int KILLS = 50;
  private static final int SECONDS = 20;

  private ClusterBench() {}

  public static void main(String[] args) throws Exception {
    Path folder =
        Files.createTempDirectory(Files.createDirectories(Path.of(args[1]).toAbsolutePath()), "");
    int much = Integer.parseInt(args[2]);
    long seed = Long.parseLong(args[3]);
    List<String> faults =
        switch (args[0]) {
          case "kills" -> kills(folder, seed, much == 0 ? KILLS : much);
          case "load" -> load(folder, Duration.ofSeconds(much == 0 ? SECONDS : much));
          default -> throw new IllegalArgumentException("unknown benchmark: " + args[0]);
        };
    faults.forEach(System.out::println);
    System.exit(faults.isEmpty() ? 0 : 1);
  }

  private static List<String> kills(Path folder, long seed, int kills) throws Exception {
    System.out.printf("Seed %d%n", seed);
    OwnerKills.Outcome outcome = new OwnerKills(folder, seed, System.out::println).run(kills);
    outcome.table().forEach(System.out::println);
    return outcome.faults();
  }

  private static List<String> load(Path folder, Duration length) throws Exception {
    var load = new NodeLoads(folder, length);
    load.atWork().forEach(System.out::println);
    load.atRest().forEach(System.out::println);
    NodeLoads.announcements().forEach(System.out::println);
    return List.of();
  }
}
