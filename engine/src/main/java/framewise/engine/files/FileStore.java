package framewise.engine.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files by key, such as {@code videos/ID} or {@code evidence/ID/7.zip}. A file appears complete or
 * not at all, and never changes. Safe for any number of threads.
 *
 * <p>A remote store may be unreachable. Calls that need it then throw {@link
 * framewise.engine.RefusedException} with {@link framewise.engine.Refusal.Code#FILES_UNAVAILABLE},
 * within a minute.
 */
public interface FileStore extends AutoCloseable {
  /** Whether other nodes see the same files. */
  boolean isShared();

  /** Whether the files are on the disks of another machine, reached over the network. */
  boolean isRemote();

  /**
   * Stores a file before this returns.
   *
   * @param file moved, or unchanged when this fails
   */
  void put(String key, Path file) throws IOException;

  /**
   * Stores a file: on this machine before this returns, in a remote store as soon as it can be
   * reached.
   */
  void putSoon(String key, byte[] content) throws IOException;

  /**
   * Like {@link #putSoon(String, byte[])}, with a file.
   *
   * @param file moved, or unchanged when this fails
   */
  void putSoon(String key, Path file) throws IOException;

  /** The file with this key; empty where there is none. */
  Optional<FileEntry> find(String key) throws IOException;

  /**
   * Reads a part of a file.
   *
   * @param first number of the first byte, from 0
   * @param length number of bytes; the stream ends early where the file does
   * @throws NoSuchFileException when there is no such file
   */
  InputStream read(String key, long first, long length) throws IOException;

  /** Receives the progress of a copy. */
  interface CopyProgress {
    /** Ignores progress. */
    CopyProgress NONE = (bytes, of) -> {};

    /**
     * Bytes have arrived; also called once before the first.
     *
     * @param bytes so far
     * @param of the whole file
     */
    void copied(long bytes, long of);
  }

  /**
   * A file on this machine with the same content, for reading. A remote store copies it first,
   * which may take minutes. A copy is deleted when others need its space; callers that have it open
   * can continue to read.
   *
   * @param progress not called where nothing has to be copied
   * @throws NoSuchFileException when a remote store has no such file
   */
  Path local(String key, CopyProgress progress) throws IOException;

  /**
   * All files whose key begins with a prefix, in no order.
   *
   * @param prefix ends with a slash
   */
  List<FileEntry> list(String prefix) throws IOException;

  /**
   * Deletes a file, if there is one. In a remote store, a video is deleted before this returns,
   * unless the store is unreachable; other files are deleted soon after.
   */
  void delete(String key) throws IOException;

  /**
   * Deletes all files whose key begins with a prefix; in a remote store soon after this returns.
   *
   * @param prefix ends with a slash
   */
  void deleteAll(String prefix) throws IOException;

  /**
   * Deletes partial files of interrupted writes, if they are old enough to be abandoned for
   * certain.
   */
  void tidy() throws IOException;

  @Override
  void close();
}
