package framewise.dev.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A machine with the programs of every Unix and no other, as far as its PATH goes; package managers
 * are scripts that write down what they were asked. Not thread-safe.
 */
final class BareMachine {
  /** What a part of the launcher ended with, and all that it printed. */
  record Ended(int status, String output) {}

  private static final Path ROOT =
      Path.of(System.getProperty("framewise.root", "..")).toAbsolutePath();
  private static final List<String> UNIX =
      List.of(
          "sh", "env", "cat", "cut", "tr", "awk", "sed", "grep", "uname", "id", "head", "tail",
          "wc", "dirname", "mkdir", "mktemp", "rm", "sleep", "find", "kill", "touch", "chmod",
          "date");

  private final Path bin;
  private final Path folder;

  /**
   * One without any package manager.
   *
   * @param folder an empty one
   */
  BareMachine(Path folder) throws IOException {
    this.folder = folder;
    bin = Files.createDirectory(folder.resolve("bin"));
    for (String program : UNIX) {
      for (String place : List.of("/usr/bin", "/bin")) {
        Path real = Path.of(place, program);
        if (Files.exists(real) && !Files.exists(bin.resolve(program))) {
          with(program, "exec %s \"$@\"".formatted(real));
        }
      }
    }
  }

  /** Adds a program, or replaces one. */
  BareMachine with(String program, String script) throws IOException {
    Path file = bin.resolve(program);
    Files.deleteIfExists(file);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
    return this;
  }

  /** Adds Debian's package manager: what it installs is there afterwards as programs. */
  BareMachine withApt() throws IOException {
    return with(
        "apt-get",
        """
        echo "$@" >>%1$s/asked
        case $1 in
          update) exit 0 ;;
        esac
        for name in ffmpeg npm curl shellcheck promtool gst-launch-1.0 gst-inspect-1.0; do
          printf '#!/bin/sh\\nexit 0\\n' >%1$s/bin/$name
          chmod +x %1$s/bin/$name
        done"""
            .formatted(folder));
  }

  /** What package managers were asked, a line a call. */
  List<String> asked() throws IOException {
    Path asked = folder.resolve("asked");
    return Files.exists(asked) ? Files.readAllLines(asked) : List.of();
  }

  /** Runs shell commands after the launcher's parts were read. */
  Ended run(String commands) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
            "/bin/sh",
            "-euc",
            """
            root=%s
            for part in words packages jdk build test; do . "$root/dev/launcher/$part.sh"; done
            %s"""
                .formatted(ROOT, commands));
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("HOME", folder.toString());
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("did not end: " + commands);
    }
    return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }
}
