package framewise.engine.files;

import framewise.engine.store.OwnerOnlyFiles;
import framewise.time.WallClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files in a folder: a key is a path in it. Several nodes may share the folder. */
public final class FolderStore implements FileStore {
  /** Age from which a partial file counts as abandoned, whichever node wrote it. */
  private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  private static final String PARTIAL_SUFFIX = ".part";
  private static final List<String> PLACES = List.of("videos", "evidence", "incidents");

  /** Maximum folder depth of a key. */
  private static final int DEPTH = 3;

  private final Path root;
  private final boolean shared;

  /**
   * @param root created with the first file
   * @param shared whether other nodes use the folder too
   */
  public FolderStore(Path root, boolean shared) {
    this.root = root;
    this.shared = shared;
  }

  @Override
  public boolean isShared() {
    return shared;
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public void put(String key, Path file) throws IOException {
    Path target = made(key);
    try {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException otherDisk) {
      Path half = half(target);
      try {
        Files.copy(file, half, StandardCopyOption.REPLACE_EXISTING);
        Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(half);
      }
      Files.delete(file);
    }
  }

  @Override
  public void putSoon(String key, byte[] content) throws IOException {
    Path target = made(key);
    Path half = half(target);
    try {
      OwnerOnlyFiles.makeFile(half);
      Files.write(half, content);
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
  }

  @Override
  public void putSoon(String key, Path file) throws IOException {
    put(key, file);
  }

  @Override
  public Optional<FileEntry> find(String key) throws IOException {
    return entry(local(key));
  }

  @Override
  public InputStream read(String key, long first, long length) throws IOException {
    return part(local(key), first, length);
  }

  /**
   * Reads a part of a file.
   *
   * @throws NoSuchFileException when there is no such file
   */
  static InputStream part(Path file, long first, long length) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    boolean positioned = false;
    try {
      channel.position(first);
      positioned = true;
      return new LimitedInput(Channels.newInputStream(channel), length);
    } finally {
      if (!positioned) {
        channel.close();
      }
    }
  }

  @Override
  public Path local(String key, CopyProgress progress) {
    return local(key);
  }

  private Path local(String key) {
    return root.resolve(key);
  }

  @Override
  public List<FileEntry> list(String prefix) throws IOException {
    List<FileEntry> found = new ArrayList<>();
    for (Path file : files(root.resolve(prefix))) {
      if (!isHalf(file)) {
        entry(file).ifPresent(found::add);
      }
    }
    return found;
  }

  @Override
  public void delete(String key) throws IOException {
    Path file = local(key);
    Files.deleteIfExists(file);
    if (root.relativize(file).getNameCount() == DEPTH) {
      deleteEmpty(file.resolveSibling(""));
    }
  }

  @Override
  public void deleteAll(String prefix) throws IOException {
    Path folder = root.resolve(prefix);
    for (Path file : files(folder)) {
      Files.deleteIfExists(file);
    }
    deleteEmpty(folder);
  }

  @Override
  public void tidy() throws IOException {
    Instant before = shared ? WallClock.system().now().minus(ABANDONED_AFTER) : Instant.MAX;
    for (String place : PLACES) {
      for (Path file : files(root.resolve(place))) {
        if (isHalf(file) && entry(file).filter(e -> e.modified().isBefore(before)).isPresent()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  @Override
  public void close() {
    // There is nothing to close.
  }

  private Path made(String key) throws IOException {
    Path target = local(key);
    OwnerOnlyFiles.makeFolder(target.resolveSibling(""));
    return target;
  }

  private static Path half(Path target) {
    return target.resolveSibling("." + target.getFileName() + PARTIAL_SUFFIX);
  }

  private static boolean isHalf(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.startsWith(".") || name.endsWith(PARTIAL_SUFFIX);
  }

  private Optional<FileEntry> entry(Path file) throws IOException {
    try {
      BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
      return about.isRegularFile()
          ? Optional.of(
              new FileEntry(
                  root.relativize(file).toString().replace('\\', '/'),
                  about.size(),
                  about.lastModifiedTime().toInstant()))
          : Optional.empty();
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder, DEPTH - 1)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (java.io.UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) { // deleted meanwhile
        return List.of();
      }
      throw e.getCause();
    }
  }

  private static void deleteEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException used) {
      // Another file was written into the folder in the meantime.
    }
  }
}
