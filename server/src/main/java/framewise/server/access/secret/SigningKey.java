package framewise.server.access.secret;

import framewise.engine.store.OwnerOnlyFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Key that signs tokens: a file in the data folder that only its owner can read, created when first
 * needed. Without it, all tokens are invalid. Safe for any number of threads.
 */
public final class SigningKey {
  private static final int LENGTH = 32;

  private final Path file;
  private volatile byte[] bytes = {};

  public SigningKey(Path file) {
    this.file = file;
  }

  /** A key that several nodes share, used instead of the one in the file. */
  public SigningKey(Path file, byte[] shared) {
    this.file = file;
    this.bytes = shared.clone();
  }

  byte[] bytes() {
    if (bytes.length == 0) {
      bytes = load();
    }
    return bytes;
  }

  private synchronized byte[] load() {
    try {
      if (!Files.exists(file)) {
        make();
      }
      // A restore by an earlier version left it readable by others.
      OwnerOnlyFiles.close(file);
      byte[] read = Files.readAllBytes(file);
      if (read.length < LENGTH) {
        throw new IOException(file + " is too short: delete it, and Framewise creates a new key");
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void make() throws IOException {
    // Temporary files are readable by their owner only.
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "access", ".tmp");
    try {
      Files.write(fresh, RandomText.bytes(LENGTH));
      // Linked, not moved: another process may have created one meanwhile.
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException made) {
      // Use the other process's key.
    } catch (UnsupportedOperationException noLinks) {
      Files.move(fresh, file);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
