package framewise.engine.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remote object store. Every call ends within a bounded time. A fault of the store or of the
 * connection to it throws an {@link ObjectStoreException}. Safe for any number of threads.
 */
public interface ObjectStore extends AutoCloseable {
  /** Name of the store, for messages. */
  String shown();

  /** Checks that objects can be listed and written. */
  void check() throws IOException;

  /** Stores a file atomically. */
  void put(String key, Path file) throws IOException;

  /** Size and time of an object; empty where there is none. */
  Optional<FileEntry> find(String key) throws IOException;

  /**
   * Reads a part of an object.
   *
   * @param first number of the first byte, below the object's size
   * @param length number of bytes, at least 1; the stream ends early where the object does
   * @throws NoSuchFileException when there is no such object
   */
  InputStream read(String key, long first, long length) throws IOException;

  /** All objects whose key begins with a prefix. */
  List<FileEntry> list(String prefix) throws IOException;

  /** Deletes an object, if there is one. */
  void delete(String key) throws IOException;

  /**
   * Aborts multipart uploads that were never completed.
   *
   * @param before only uploads that began before this; later ones may be in progress
   * @return number of uploads
   */
  int deleteUnfinished(Instant before) throws IOException;

  @Override
  void close();
}
