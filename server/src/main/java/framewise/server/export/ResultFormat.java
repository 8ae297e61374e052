package framewise.server.export;

import java.io.IOException;
import java.io.Writer;

/** Writer of one export format. Created for one download; used by one thread. */
public interface ResultFormat {
  /** Writes the whole file. */
  void write(Writer out, StoredResults results) throws IOException;
}
