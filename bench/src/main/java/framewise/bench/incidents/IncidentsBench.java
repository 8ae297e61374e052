package framewise.bench.incidents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The benchmarks of this package; see bench/README.md. Arguments: {@code kills}, {@code delay},
 * {@code known} or {@code changing}, a working folder, a seed, and the number of kills, seconds or
 * clips.
 */
public final class IncidentsBench {
  private IncidentsBench() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(args[1])), args[0]);
    long seed = Long.parseLong(args[2]);
    int much = args.length > 3 && !args[3].isBlank() ? Integer.parseInt(args[3]) : 0;
    System.out.printf("Seed %d%n", seed);
    List<String> faults =
        switch (args[0]) {
          case "kills" -> kills(folder, seed, much == 0 ? 30 : much);
          case "delay" -> delay(folder, seed, much == 0 ? 120 : much);
          case "known" -> known(folder, seed, much == 0 ? 12 : much);
          case "changing" -> changing(folder, seed, much == 0 ? 4 : much);
          default -> throw new IllegalArgumentException("unknown benchmark: " + args[0]);
        };
    faults.forEach(System.out::println);
    System.exit(faults.isEmpty() ? 0 : 1);
  }

  private static List<String> kills(Path folder, long seed, int kills) throws Exception {
    Kills.Outcome outcome = new Kills(folder, seed, System.out::println).run(kills);
    System.out.println(
        """
        | kills | in the middle of incidents | while deliveries waited | sessions | incidents | webhooks | of them repeated | superseded | faults |
        |---|---|---|---|---|---|---|---|---|\
        """);
    System.out.println(outcome.row());
    return outcome.faults();
  }

  private static List<String> delay(Path folder, long seed, int seconds) throws Exception {
    Delays.Outcome outcome = Delays.run(folder, Duration.ofSeconds(seconds), seed);
    System.out.println("| ms | webhooks | median | p95 | range |\n|---|---|---|---|---|");
    outcome.rows().forEach(System.out::println);
    return outcome.faults();
  }

  private static List<String> known(Path folder, long seed, int clips) throws Exception {
    Truths.Known known = Truths.known(folder, clips, seed);
    System.out.println(
        """
        | clips | never known in | answers | early | missed | wrong | latest, in answers |
        |---|---|---|---|---|---|---|\
        """);
    System.out.println(known.row());
    return List.of();
  }

  private static List<String> changing(Path folder, long seed, int clips) throws Exception {
    Truths.Changing changing = Truths.changing(folder, clips, seed);
    System.out.println(
        """
        | clips | changes | answers | right | stale | incidents opened or ended with a change |
        |---|---|---|---|---|---|\
        """);
    System.out.println(changing.row());
    return List.of();
  }
}
