package framewise.server.export;

import java.io.IOException;
import java.io.Writer;

/** A form in which results are taken away. Made for one download; used by one thread. */
public interface ResultFormat {
  /** Writes the whole file. */
  void write(Writer out, StoredResults results) throws IOException;
}
