package framewise.server.service.access;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.service.ChildService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program as a process: it prints the code in a terminal, and not into pipes and logs. */
class PhoneCodeIsForTerminalsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void aTerminalGetsBlackOnWhite() throws Exception {
    List<String> lines = terminal(Map.of("TERM", "xterm"));
    assertThat(lines).filteredOn(line -> line.contains("▀")).hasSizeGreaterThan(8);
    assertThat(lines)
        .filteredOn(line -> line.contains("▀"))
        .allMatch(line -> line.startsWith("\u001b[") && line.endsWith("\u001b[0m"));
    assertThat(lines).anyMatch(line -> line.matches("https://\\S+/sign-in/#setup=\\S+"));
  }

  @Test
  void noColorIsHonored() throws Exception {
    assertThat(terminal(Map.of("TERM", "xterm", "NO_COLOR", "1")))
        .anyMatch(line -> line.contains("▀"))
        .noneMatch(line -> line.contains("\u001b"));
  }

  @Test
  void aPipeGetsTheUrlOnly() throws Exception {
    Process process =
        ChildService.launch(
            Map.of("FRAMEWISE_TLS", "self-signed"),
            new String[] {},
            "--port",
            "0",
            "--data",
            folder.resolve("data").toString());
    endIfLate(process);
    List<String> log = until(process.errorReader(), "On a phone: https://");
    // A QR code would follow at once; the rest of the standard output ends with the process.
    var out = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
    process.toHandle().destroy();
    assertThat(out.get(30, TimeUnit.SECONDS)).isEmpty();
    assertThat(log).noneMatch(line -> line.contains("\u001b") || line.contains("▀"));
    // The line with the address is the first, although a certificate was created before it.
    assertThat(log.getFirst()).contains("is ready: https://localhost:");
    assertThat(log).anyMatch(line -> line.contains("Created a certificate for "));
    process.waitFor();
  }

  @Test
  void aMissingFileEndsTheStartWithASentence() throws Exception {
    Process process =
        ChildService.launch(Map.of("FRAMEWISE_TLS", "a.pem,b.pem"), new String[] {}, "--port", "0");
    endIfLate(process);
    try (var err = process.getErrorStream()) {
      assertThat(new String(err.readAllBytes(), StandardCharsets.UTF_8))
          .matches("framewise: FRAMEWISE_TLS: there is no file .*a\\.pem: check the path.*\n");
    }
    assertThat(process.waitFor()).isEqualTo(2);
  }

  /** Kills the process if it hangs, because whoever reads its output waits for its end. */
  private static void endIfLate(Process process) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                  process.descendants().forEach(ProcessHandle::destroyForcibly);
                  process.destroyForcibly();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static String read(InputStream in) {
    try (in) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Output up to the address below the QR code, in a terminal that script(1) provides. */
  private List<String> terminal(Map<String, String> environment) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        "exec %s --enable-native-access=ALL-UNNAMED -Dstdout.encoding=UTF-8 framewise.server.Main --port 0 --data %s"
            .formatted(java, folder.resolve("data"));
    var builder = new ProcessBuilder("script", "-qec", command, "/dev/null");
    builder.environment().keySet().removeIf(name -> name.equals("NO_COLOR"));
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("FRAMEWISE_TLS", "self-signed");
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    endIfLate(process);
    try {
      var out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      return until(out, "https://");
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.onExit().join();
    }
  }

  /** Lines up to the one that starts with these words, with or without the log's prefix. */
  private static List<String> until(BufferedReader out, String words) throws Exception {
    List<String> lines = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      lines.add(line);
      if (line.startsWith(words) || line.contains(" session=- " + words)) {
        return lines;
      }
    }
    throw new AssertionError("it did not come to " + words + ": " + lines);
  }
}
