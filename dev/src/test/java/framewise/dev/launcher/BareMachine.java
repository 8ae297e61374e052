package framewise.dev.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Simulates a computer with a PATH that has only the programs common to every Unix; its package
 * managers are scripts that record their arguments. Not thread-safe.
 */
final class BareMachine {
  /** The exit status and output of a part of the launcher. */
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
   * A computer without a package manager.
   *
   * @param folder an empty folder
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

  /** Adds Debian's package manager, which installs programs. */
  BareMachine withApt() throws IOException {
    return with(
        "apt-get",
        """
        echo "$@" >>%1$s/asked
        case $1 in
          update) exit 0 ;;
        esac
        for name in ffmpeg npm curl shellcheck promtool initdb turnserver gst-launch-1.0 gst-inspect-1.0; do
          printf '#!/bin/sh\\nexit 0\\n' >%1$s/bin/$name
          chmod +x %1$s/bin/$name
        done"""
            .formatted(folder));
  }

  /** The calls of package managers, one line each. */
  List<String> asked() throws IOException {
    Path asked = folder.resolve("asked");
    return Files.exists(asked) ? Files.readAllLines(asked) : List.of();
  }

  /** Runs shell commands after sourcing the launcher's parts. */
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
