package framewise.engine.session;

import java.nio.file.Path;

/** Another process keeps its sessions in the same folder. */
public final class DataFolderInUseException extends RuntimeException {
  DataFolderInUseException(Path folder) {
    super(
        "The data folder %s is in use by another Framewise: stop that one, or set FRAMEWISE_DATA."
            .formatted(folder));
  }
}
