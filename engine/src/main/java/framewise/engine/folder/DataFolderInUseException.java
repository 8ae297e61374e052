package framewise.engine.folder;

import java.nio.file.Path;

/** Thrown when another process uses the same data folder. */
public final class DataFolderInUseException extends RuntimeException {
  DataFolderInUseException(Path folder) {
    super(
        "The data folder %s is in use by another Framewise: stop that one, or set FRAMEWISE_DATA."
            .formatted(folder));
  }
}
