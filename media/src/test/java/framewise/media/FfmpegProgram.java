package framewise.media;

import framewise.testing.Machine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The operating system's {@code ffmpeg} program, which makes the files of these tests. */
final class FfmpegProgram {
  /** For this JVM only: another one may make clips of the same names at the same time. */
  private static final Path CLIPS =
      Path.of("target", "clips", System.getProperty("framewise.fork", "1"));

  private FfmpegProgram() {}

  /** Data for the program's standard input. */
  interface Input {
    Input NONE = out -> {};

    void write(OutputStream out) throws IOException;
  }

  /** The path of a clip with this name. */
  static Path clip(String name) {
    try {
      Files.createDirectories(CLIPS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return CLIPS.resolve(name).toAbsolutePath();
  }

  /** Runs the program, which overwrites {@code out}. */
  static Path make(String name, Input input, List<String> arguments) {
    Path out = clip(name);
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y"));
    command.addAll(arguments);
    command.add(out.toString());
    run(command, input);
    return out;
  }

  static Path make(String name, String... arguments) {
    return make(name, Input.NONE, List.of(arguments));
  }

  private static void run(List<String> command, Input input) {
    Path log = clip("ffmpeg-" + Thread.currentThread().threadId() + ".log");
    try {
      Process process = start(command, log);
      try (OutputStream stdin = process.getOutputStream()) {
        input.write(stdin);
      } catch (IOException e) {
        throw new AssertionError(command + " stopped reading: " + Files.readString(log), e);
      }
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " took more than 60 s");
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(command + " failed: " + Files.readString(log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private static Process start(List<String> command, Path log) {
    Machine.needs("ffmpeg");
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new AssertionError(
          "These tests make their videos with the ffmpeg program: apt-get install ffmpeg", e);
    }
  }
}
