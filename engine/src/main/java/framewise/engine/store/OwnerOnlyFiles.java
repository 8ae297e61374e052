package framewise.engine.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restricts files to their owner, because the data contains camera passwords, and any user who can
 * read the database can lock it. Does nothing where files have no POSIX permissions.
 */
public final class OwnerOnlyFiles {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("------rwx");
  private static final Logger LOG = LoggerFactory.getLogger(OwnerOnlyFiles.class);

  private OwnerOnlyFiles() {}

  /** Creates a folder that only the owner can open; an existing one stays as it is. */
  public static void makeFolder(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (Files.isDirectory(folder) || parent == null) {
      return;
    }
    Files.createDirectories(parent);
    try {
      Files.createDirectory(folder, attributes(folder, FOLDER));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  /** Creates an empty file that only the owner can read; an existing one stays as it is. */
  public static void makeFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      try {
        createFile(file);
      } catch (FileAlreadyExistsException made) {
        // The file exists already.
      }
    }
  }

  /**
   * Creates an empty file that only the owner can read.
   *
   * @throws FileAlreadyExistsException when it exists
   */
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, attributes(file, FILE));
  }

  /** Removes other users' permissions from a file or folder; skips a missing one. */
  public static void close(Path path) throws IOException {
    if (!hasPermissions(path) || !Files.exists(path)) {
      return;
    }
    Set<PosixFilePermission> kept = EnumSet.noneOf(PosixFilePermission.class);
    kept.addAll(Files.getPosixFilePermissions(path));
    if (!kept.removeAll(OF_OTHERS)) {
      return;
    }
    try {
      Files.setPosixFilePermissions(path, kept);
    } catch (IOException e) {
      LOG.warn(
          "Other users of this machine can read {}, which contains secrets. Restrict it:" + " {}",
          path,
          e);
    }
  }

  private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
    return hasPermissions(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean hasPermissions(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
