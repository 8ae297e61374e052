package framewise.server.service.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * 300 streams, four at a time. The Java heap is touched beforehand and there are only two C heaps,
 * so that growth means a leak: a leaked connection is 110 kB, 22 MB for two hundred.
 */
@Timeout(600)
class ManyStreamsLeaveNothingBehindTest {
  private static final int STREAMS = 300;
  private static final int FIRST = 100;
  private static final long NOISE_KILOBYTES = 15_000;

  @TempDir Path folder;

  @Test
  void memoryStaysFlatAndNoThreadStays() throws Exception {
    assumeThat(System.getProperty("os.name")).startsWith("Linux");
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Xms64m",
            "-Xmx64m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ManyStreams.class.getName(),
            Integer.toString(STREAMS),
            folder.resolve("data").toString());
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();

    var left = new TreeMap<Integer, List<Long>>();
    output
        .lines()
        .filter(line -> line.matches("[0-9]+ [0-9]+ [0-9]+"))
        .map(line -> line.split(" ", -1))
        .forEach(
            words ->
                left.put(
                    Integer.parseInt(words[0]),
                    List.of(Long.parseLong(words[1]), Long.parseLong(words[2]))));
    assertThat(left).containsKeys(FIRST, STREAMS);
    List<Long> first = left.getOrDefault(FIRST, List.of());
    List<Long> last = left.getOrDefault(STREAMS, List.of());
    assertThat(last.get(0) - first.get(0))
        .as("kB grown from stream %d to %d: %s", FIRST, STREAMS, output)
        .isLessThan(NOISE_KILOBYTES);
    // The number of a pool's idle threads may vary by one or two.
    assertThat(last.get(1)).as("threads: %s", output).isLessThanOrEqualTo(first.get(1) + 4);
  }
}
