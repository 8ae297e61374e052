package framewise.engine.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reference to a file of a store, which may or may not exist. Methods throw {@link
 * framewise.engine.RefusedException} while a remote store is unreachable.
 *
 * @param key its name in the store
 */
public record StoredFile(FileStore store, String key) {
  /** A file in a folder of this machine. */
  public static StoredFile of(Path file) {
    Path whole = file.toAbsolutePath();
    return new StoredFile(
        new FolderStore(whole.resolveSibling(""), false), String.valueOf(whole.getFileName()));
  }

  /**
   * Whether it exists.
   *
   * @throws UncheckedIOException when that can't be determined
   */
  public boolean exists() {
    return entry().isPresent();
  }

  /**
   * Its size and time; empty where it doesn't exist.
   *
   * @throws UncheckedIOException when that can't be determined
   */
  public Optional<FileEntry> entry() {
    try {
      return store.find(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The file, or a copy, on this machine; waits for the copy.
   *
   * @throws UncheckedIOException when it can't be copied
   */
  public Path path() {
    return path(FileStore.CopyProgress.NONE);
  }

  /**
   * Like {@link #path()}, with a listener for the progress.
   *
   * @throws UncheckedIOException when it can't be copied
   */
  public Path path(FileStore.CopyProgress progress) {
    try {
      return store.local(key, progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Its content.
   *
   * @throws NoSuchFileException when it doesn't exist
   */
  public InputStream open() throws IOException {
    return read(0, Long.MAX_VALUE);
  }

  /**
   * Its whole content, for small files.
   *
   * @throws NoSuchFileException when it doesn't exist
   */
  public byte[] bytes() throws IOException {
    try (InputStream in = open()) {
      return in.readAllBytes();
    }
  }

  /**
   * A part of its content.
   *
   * @param first number of the first byte, from 0
   * @param length number of bytes; the stream ends early where the file does
   * @throws NoSuchFileException when it doesn't exist
   */
  public InputStream read(long first, long length) throws IOException {
    return store.read(key, first, length);
  }

  /** Deletes it, if it exists. */
  public void delete() throws IOException {
    store.delete(key);
  }
}
