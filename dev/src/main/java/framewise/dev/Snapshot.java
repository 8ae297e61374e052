package framewise.dev;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The state of some files at one moment: two snapshots are equal when no file was changed, added or
 * removed between them. Reading times and sizes of a thousand files takes some milliseconds and
 * works the same on every file system, unlike watching.
 */
record Snapshot(Map<Path, Stamp> files) {

  record Stamp(long modifiedMillis, long size) {}

  /** Scans {@code roots}, files or whole folders; ignores missing ones and {@code except}. */
  static Snapshot of(Collection<Path> roots, Path except) throws IOException {
    Map<Path, Stamp> files = new HashMap<>();
    for (Path root : roots) {
      if (Files.exists(root)) {
        Files.walkFileTree(root, new Collector(files, except));
      }
    }
    return new Snapshot(Map.copyOf(files));
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final Map<Path, Stamp> files;
    private final Path except;

    Collector(Map<Path, Stamp> files, Path except) {
      this.files = files;
      this.except = except;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return folder.equals(except) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      files.put(file, new Stamp(attributes.lastModifiedTime().toMillis(), attributes.size()));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      // An editor's temporary file may disappear before it is read.
      return FileVisitResult.CONTINUE;
    }
  }
}
