package framewise.bench.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The drives of this package; see bench/README.md. Arguments: {@code kills}, a working folder, how
 * much, and a seed.
 */
public final class ClusterBench {
  private static final int KILLS = 50;

  private ClusterBench() {}

  public static void main(String[] args) throws Exception {
    Path folder =
        Files.createTempDirectory(Files.createDirectories(Path.of(args[1]).toAbsolutePath()), "");
    int much = Integer.parseInt(args[2]);
    long seed = Long.parseLong(args[3]);
    List<String> faults =
        switch (args[0]) {
          case "kills" -> kills(folder, seed, much == 0 ? KILLS : much);
          default -> throw new IllegalArgumentException("there is no drive " + args[0]);
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
}
