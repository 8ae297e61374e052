package framewise.webrtc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a test program in a separate JVM. */
public final class Program {
  /** The exit status and output of a program. */
  public record Run(int status, String output) {}

  private Program() {}

  public static Run run(List<String> jvmOptions, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("program", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Use one C heap: otherwise glibc creates more for libwebrtc's many short-lived threads, which
    // then fragment.
    builder.environment().put("MALLOC_ARENA_MAX", "1");
    Process process = builder.redirectOutput(output.toFile()).start();
    try {
      boolean ended = process.waitFor(5, TimeUnit.MINUTES);
      String printed = Files.readString(output, StandardCharsets.UTF_8);
      return ended
          ? new Run(process.exitValue(), printed)
          : new Run(-1, printed + "\n(did not end within five minutes)");
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
