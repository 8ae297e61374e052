package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Damaged offers and answers in a separate JVM: {@code a=ssrc:%n%n%n%n%n%n x} once crashed it with
 * SIGSEGV in {@code setRemoteDescription}, and {@code %p} exposed addresses of the process.
 */
class MutatedDescriptionsDoNoHarmTest {
  private static final int OFFERS = 10_000;
  private static final int ANSWERS = 200;

  /** A fixed seed gives the same damage in each run. */
  private static final long SEED = 20_261_129;

  @Test
  void theProcessSurvives() throws Exception {
    Program.Run run =
        Program.run(
            List.of("-Xmx256m"),
            MutatedDescriptions.class,
            String.valueOf(OFFERS),
            String.valueOf(ANSWERS),
            String.valueOf(SEED));
    assertThat(run.status()).as(run.output()).isZero();
    assertCounts(run.output(), "offers", OFFERS + 2 * MutatedDescriptions.hostile(), 2);
    assertCounts(run.output(), "answers", ANSWERS, 3);
  }

  /**
   * Checks that all are counted, some refused and some accepted.
   *
   * @param ways number of possible outcomes: accepted, refused, and for answers also refused by the
   *     library
   */
  private static void assertCounts(String output, String what, int all, int ways) {
    List<Integer> counts =
        output
            .lines()
            .filter(line -> line.matches(what + "( [0-9]+){3}"))
            .flatMap(line -> List.of(line.substring(what.length() + 1).split(" ", -1)).stream())
            .map(Integer::valueOf)
            .toList();
    assertThat(counts).as(output).hasSize(3);
    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(all);
    assertThat(counts.subList(0, ways)).allMatch(count -> count > all / 100);
  }
}
