package framewise.bench.webrtc;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures the CPU of published and received streams over real sockets, each end in a separate
 * process; see bench/README.md. Arguments: loads such as {@code 640x360@5*10}; by default those of
 * the README.
 */
public final class PeerBench {
  private static final List<String> LOADS =
      List.of("640x360@5*1", "640x360@5*10", "1280x720@30*1", "640x360@1*10");

  private static final String WARM_UP_SECONDS = "5";
  private static final String MEASURE_SECONDS = "15";

  private PeerBench() {}

  public static void main(String[] args) throws Exception {
    System.out.println(
        "| streams | CPU to publish, percent of a core each | pictures/s each | RSS MB | CPU to receive, percent of a core each"
            + " | pictures/s each | RSS MB | all begun after | first picture after connecting |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    for (String load : args.length == 0 ? LOADS : List.of(args)) {
      System.out.println(run(Load.parse(load)));
    }
  }

  private static String run(Load load) throws IOException {
    try (End publishing = new End(Publishing.class, load);
        End receiving = new End(Receiving.class, load)) {
      for (int i = 0; i < load.streams(); i++) {
        receiving.write(publishing.read());
        publishing.write(receiving.read());
      }
      String[] received = receiving.read().split(" ", -1);
      String[] published = publishing.read().split(" ", -1);
      receiving.write("end");
      publishing.write("end");
      return "| %s | %s | %s | %s | %s | %s | %s | %s ms | %s ms |"
          .formatted(
              load,
              published[0],
              published[1],
              published[2],
              received[0],
              received[1],
              received[2],
              received[3],
              received[4]);
    }
  }

  /** A process with a line-based protocol. */
  private static final class End implements AutoCloseable {
    private final Process process;
    private final BufferedReader from;
    private final BufferedWriter to;

    End(Class<?> main, Load load) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:+UseSerialGC",
                  "--enable-native-access=ALL-UNNAMED",
                  "-Djava.awt.headless=true",
                  "-cp",
                  System.getProperty("java.class.path"),
                  main.getName(),
                  load.toString(),
                  WARM_UP_SECONDS,
                  MEASURE_SECONDS)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      from =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      to =
          new BufferedWriter(
              new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    String read() throws IOException {
      String line = from.readLine();
      if (line == null) {
        throw new IOException("one end stopped early");
      }
      return line;
    }

    void write(String line) throws IOException {
      to.write(line);
      to.newLine();
      to.flush();
    }

    @Override
    public void close() {
      try {
        if (process.waitFor(20, TimeUnit.SECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process.destroyForcibly();
    }
  }
}
