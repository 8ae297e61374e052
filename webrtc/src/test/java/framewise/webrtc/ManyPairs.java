package framewise.webrtc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A program that makes pairs of peers one after another and prints what they leave behind, after
 * every tenth: {@code pairs rssKilobytes nativeThreads}. It ends by itself only when no thread of
 * the native library is left.
 */
public final class ManyPairs {
  private ManyPairs() {}

  public static void main(String[] args) throws Exception {
    int pairs = Integer.parseInt(args[0]);
    try (Peers peers = new Peers(PeerOptions.DEFAULTS)) {
      for (int i = 1; i <= pairs; i++) {
        try (Pair pair = new Pair(peers)) {
          pair.exchange(320, 240).close();
          if (i % 5 == 0) {
            var _ = pair.publisher.stats();
            var _ = pair.receiver.stats();
          }
        }
        if (i % 10 == 0) {
          System.gc();
          System.out.println(i + " " + status("VmRSS") + " " + threads());
        }
      }
    }
    System.out.println("closed " + status("VmRSS") + " " + threads());
  }

  private static String status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .findFirst()
        .orElseThrow();
  }

  private static long threads() throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      return tasks.count();
    }
  }
}
