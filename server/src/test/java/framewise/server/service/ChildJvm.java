package framewise.server.service;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * The command of JVMs that run Framewise beside the tests. A startup cache, which the launcher
 * gives the service too, saves about half of the CPU time of a start. The test JVMs of a run share
 * one: the first makes it in the background. With such a cache a class path may hold only jars, so
 * folders of classes are put into jars.
 */
final class ChildJvm {
  private static final String MAIN = "framewise.server.Main";

  /** The JVM ignores a cache that was made with other options. */
  private static final List<String> OPTIONS =
      // These processes live only seconds.
      List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final Path FOLDER = Path.of("target", "child-jvm").toAbsolutePath();
  private static final String CLASS_PATH;
  private static final Path CACHE;

  static {
    try {
      Files.createDirectories(FOLDER);
      List<Path> entries = entries();
      String digest = digest(entries);
      CACHE = FOLDER.resolve(digest + ".aot");
      try (var file =
              FileChannel.open(
                  FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var _ = file.lock()) {
        Path of = FOLDER.resolve("digest");
        boolean current = Files.exists(of) && Files.readString(of).equals(digest);
        CLASS_PATH = jars(entries, current);
        if (!current) {
          Files.writeString(of, digest);
          makeCache();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ChildJvm() {}

  /**
   * The command that runs Framewise; its own arguments follow.
   *
   * @param options of the JVM, in addition to the usual ones
   */
  static List<String> command(String... options) {
    List<String> command = java();
    if (Files.exists(CACHE)) {
      command.addAll(List.of("-XX:AOTCache=" + CACHE, "-Xlog:aot=off", "-Xlog:cds=off"));
    }
    command.addAll(List.of(options));
    command.add(MAIN);
    return command;
  }

  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", CLASS_PATH));
    return command;
  }

  /** The class path without the tests. */
  private static List<Path> entries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(entry -> !entry.endsWith("test-classes") && Files.exists(entry))
        .toList();
  }

  /**
   * The class path with a jar in place of every folder.
   *
   * @param current whether the jars were written for these files
   */
  private static String jars(List<Path> entries, boolean current) throws IOException {
    List<String> jars = new ArrayList<>();
    for (Path entry : entries) {
      Path jar = entry;
      if (Files.isDirectory(entry)) {
        jar = FOLDER.resolve(jars.size() + ".jar");
        if (!current) {
          write(entry, jar);
        }
      }
      jars.add(jar.toString());
    }
    return String.join(File.pathSeparator, jars);
  }

  /**
   * Starts the process that makes it; it may outlive this JVM. A rehearsal that failed halfway has
   * a cache as well.
   */
  private static void makeCache() throws IOException {
    for (Path old : files(FOLDER)) {
      if (old.toString().endsWith(".aot")) {
        Files.delete(old);
      }
    }
    Path unfinished = FOLDER.resolve("rehearsal.aot");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "\"$@\"; test -s \"$0\" && mv \"$0\" " + CACHE));
    command.add(unfinished.toString());
    command.addAll(java());
    command.addAll(List.of("-XX:AOTCacheOutput=" + unfinished, MAIN, "rehearse"));
    var _ =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve("rehearsal.log").toFile())
            .start();
  }

  /** Changes with every file of the class path. */
  private static String digest(List<Path> entries) throws IOException {
    var all = new StringBuilder();
    for (Path entry : entries) {
      for (Path file : files(entry)) {
        all.append(file).append(Files.getLastModifiedTime(file)).append(Files.size(file));
      }
    }
    return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static void write(Path folder, Path jar) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (Path file : files(folder)) {
        out.putNextEntry(
            new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }

  private static List<Path> files(Path entry) throws IOException {
    try (Stream<Path> files = Files.walk(entry)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
