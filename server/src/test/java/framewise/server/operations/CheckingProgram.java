package framewise.server.operations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Runs a checking program of the operating system. */
final class CheckingProgram {
  private static final long PATIENCE_SECONDS = 60;

  private CheckingProgram() {}

  /** Exit status and output. */
  record Outcome(int code, String output) {}

  static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  static Outcome run(String input, String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("tool", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command[0] + " took too long");
      }
      return new Outcome(process.exitValue(), Files.readString(out));
    } finally {
      Files.delete(out);
    }
  }
}
