package framewise.media;

import framewise.testing.TestMachine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The operating system's {@code ffmpeg} program, which makes the files of these tests. Many tests
 * use the same clips, so each is encoded once and copied.
 */
public final class FfmpegProgram {
  /** Folder of this JVM only: another one may make clips with the same names at the same time. */
  private static final Path CLIPS =
      Path.of("target", "clips", System.getProperty("framewise.fork", "1"));

  /** Folder of clips shared by all JVMs, named by the digest of their input and arguments. */
  private static final Path MADE = Path.of("target", "clips", "made");

  private FfmpegProgram() {}

  /** Data for the program's standard input. */
  public interface Input {
    Input NONE = out -> {};

    void write(OutputStream out) throws IOException;
  }

  /** The path of a clip with this name. */
  public static Path clip(String name) {
    try {
      Files.createDirectories(CLIPS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return CLIPS.resolve(name).toAbsolutePath();
  }

  /** Makes a clip with this name; overwrites an existing one. */
  public static Path make(String name, Input input, List<String> arguments) {
    Path out = clip(name);
    boolean dependsOnAnother =
        arguments.stream().anyMatch(a -> a.contains(CLIPS.toAbsolutePath().toString()));
    boolean severalFiles = name.contains("%") || name.endsWith(".m3u8");
    if (dependsOnAnother || severalFiles) {
      encode(out, input, arguments);
      return out;
    }
    try {
      Path made = MADE.resolve(digest(name, input, arguments)).toAbsolutePath();
      if (!Files.exists(made)) {
        Files.createDirectories(MADE);
        encode(out, input, arguments);
        Path copy = Files.createTempFile(MADE, null, null);
        Files.copy(out, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, made, StandardCopyOption.ATOMIC_MOVE);
        return out;
      }
      return Files.copy(made, out, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void encode(Path out, Input input, List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y"));
    command.addAll(arguments);
    command.add(out.toString());
    run(command, input);
  }

  /**
   * Digest of everything that determines a clip: the arguments, the input, and the extension, which
   * selects the container.
   */
  private static String digest(String name, Input input, List<String> arguments)
      throws IOException {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
    String ending = name.substring(name.lastIndexOf('.'));
    sha.update((String.join("\n", arguments) + "\n" + ending).getBytes(StandardCharsets.UTF_8));
    try (var bytes = new DigestOutputStream(OutputStream.nullOutputStream(), sha)) {
      input.write(bytes);
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  public static Path make(String name, String... arguments) {
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
    TestMachine.needs("ffmpeg");
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
