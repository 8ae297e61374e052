package framewise.server.export;

import framewise.engine.result.LoggedEvent;
import java.io.IOException;
import java.io.Writer;

/** A form in which results are taken away. Made for one download; used by one thread. */
public interface ResultFormat {
  /** What stands before the first result. */
  default void begin(Writer out) throws IOException {}

  void write(Writer out, LoggedEvent result) throws IOException;

  /** What stands after the last. */
  default void end(Writer out) throws IOException {}
}
