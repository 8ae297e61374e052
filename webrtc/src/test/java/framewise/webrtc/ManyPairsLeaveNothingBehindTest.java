package framewise.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Seen: each connection leaked 110 kB of native memory, 22 MB for a hundred pairs. The program runs
 * in a separate JVM with a pre-touched heap and a single C heap, so that any growth is a leak.
 * {@code -Pslow} makes 300 pairs and allows 15 MB from the hundredth on.
 */
class ManyPairsLeaveNothingBehindTest {
  private static final int PAIRS = Integer.getInteger("framewise.pairs", 50);

  @Test
  void memoryStaysFlatAndNoThreadStays() throws Exception {
    assumeThat(System.getProperty("os.name")).startsWith("Linux");
    Program.Run run =
        Program.run(
            List.of(
                "-Xms48m",
                "-Xmx48m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"),
            ManyPairs.class,
            String.valueOf(PAIRS));
    assertThat(run.status()).as(run.output()).isZero();

    TreeMap<Integer, long[]> left = new TreeMap<>();
    run.output()
        .lines()
        .filter(line -> line.matches("[0-9]+ [0-9]+ [0-9]+"))
        .map(line -> line.split(" ", -1))
        .forEach(
            words ->
                left.put(
                    Integer.parseInt(words[0]),
                    new long[] {Long.parseLong(words[1]), Long.parseLong(words[2])}));
    assertThat(left).containsKey(PAIRS);

    // A leak of 110 kB per connection would be 3.3 MB over 30 pairs, 22 MB over 200.
    boolean many = PAIRS >= 300;
    long[] first = left.floorEntry(many ? 100 : PAIRS - 30).getValue();
    long[] last = left.lastEntry().getValue();
    assertThat(last[0] - first[0])
        .as("kB grown since the first measure: %s", run.output())
        .isLessThan(many ? 15_000 : 3_000);
    assertThat(last[1]).as("native threads: %s", run.output()).isLessThanOrEqualTo(first[1]);
  }
}
