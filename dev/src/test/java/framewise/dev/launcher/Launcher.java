package framewise.dev.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the file {@code framewise} as a process, with its own environment. Not thread-safe. */
final class Launcher {
  /** Its exit status and output. */
  record Ended(int status, String out, String err) {}

  private static final Path FILE =
      Path.of(System.getProperty("framewise.root", ".."), "framewise").toAbsolutePath();
  private static final long MINUTES = 2;

  private final Map<String, String> environment = new HashMap<>();
  private final Path folder;
  private final Map<Process, Long> outputs = new HashMap<>();

  /**
   * A launcher with its home and cache in a folder.
   *
   * @param folder an empty folder
   */
  Launcher(Path folder) {
    this.folder = folder;
    environment.put("HOME", folder.toString());
    environment.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
  }

  /** Sets a variable of its environment. */
  Launcher with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** The folder for downloaded JDKs. */
  Path jdks() {
    return folder.resolve(".cache/framewise/jdk");
  }

  /** Starts it; {@link #end} reads its output from files. */
  Process start(String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(FILE.toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().clear();
    builder.environment().putAll(environment);
    long number = System.nanoTime();
    Process process =
        builder
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out-" + number).toFile())
            .redirectError(folder.resolve("err-" + number).toFile())
            .start();
    outputs.put(process, number);
    return process;
  }

  /** Waits until a process ends. */
  Ended end(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the launcher did not end within " + MINUTES + " minutes");
    }
    Long number = outputs.get(process);
    return new Ended(
        process.exitValue(),
        Files.readString(folder.resolve("out-" + number), StandardCharsets.UTF_8),
        Files.readString(folder.resolve("err-" + number), StandardCharsets.UTF_8));
  }

  /** Runs it to the end. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    return end(start(arguments));
  }
}
