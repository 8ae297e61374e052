package framewise.engine.folder;

import java.nio.file.Path;

/** Thrown when another process uses the same data folder. */
public final class DataFolderInUseException extends RuntimeException {
  DataFolderInUseException(Path folder) {
    super(
        "Another Framewise uses the data folder %s: stop that one, or set FRAMEWISE_DATA."
            .formatted(folder));
  }
}
