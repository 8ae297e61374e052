package framewise.engine.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/** Header of a database file: https://sqlite.org/fileformat.html#the_database_header. */
final class DatabaseFile {
  private static final int HEADER = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int CHANGES_AT = 24;
  private static final int PAGES_AT = 28;
  private static final int VALID_FOR_AT = 92;
  private static final int MAX_PAGE_BYTES = 65_536;
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private DatabaseFile() {}

  /** Whether the file exists and isn't empty. */
  static boolean isThere(Path file) {
    return file.toFile().length() > 0;
  }

  /** Says that something other than a file has its name, such as a folder or a pipe; else empty. */
  static Optional<String> obstacle(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file)
        ? Optional.of("%s is not a file. Move it away, or restore a backup.".formatted(file))
        : Optional.empty();
  }

  /**
   * Checks a file before it is opened.
   *
   * @throws UnusableDataException when it is not a database, or is truncated
   */
  static void requireWhole(Path file) {
    Optional<String> obstacle = obstacle(file);
    if (obstacle.isPresent()) {
      throw new UnusableDataException(obstacle.get());
    }
    if (!isThere(file)) {
      return;
    }
    try {
      ByteBuffer header = header(file);
      if (header.limit() < HEADER || !magic(header)) {
        throw damaged(file, "it is not a SQLite database");
      }
      long pages = Integer.toUnsignedLong(header.getInt(PAGES_AT));
      boolean counted = header.getInt(CHANGES_AT) == header.getInt(VALID_FOR_AT);
      boolean hasLog = isThere(file.resolveSibling(file.getFileName() + "-wal"));
      if (counted && !hasLog && Files.size(file) < pages * pageSize(header)) {
        throw damaged(
            file,
            "it was cut off: %d of %d bytes are left"
                .formatted(Files.size(file), pages * pageSize(header)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static UnusableDataException damaged(Path file, String how) {
    return new UnusableDataException(
        "The database %s is damaged: %s. Run ./framewise doctor to see what can be saved, or restore a backup."
            .formatted(file, how));
  }

  private static long pageSize(ByteBuffer header) {
    int size = Short.toUnsignedInt(header.getShort(PAGE_SIZE_AT));
    return size == 1 ? MAX_PAGE_BYTES : size;
  }

  private static boolean magic(ByteBuffer header) {
    var start = new byte[MAGIC.length];
    header.get(0, start);
    return Arrays.equals(start, MAGIC);
  }

  private static ByteBuffer header(Path file) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
      while (header.hasRemaining() && in.read(header) >= 0) {
        // keep reading
      }
    }
    return header.flip();
  }
}
