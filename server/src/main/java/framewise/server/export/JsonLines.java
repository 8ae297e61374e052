package framewise.server.export;

import framewise.engine.result.LoggedEvent;
import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;

/** JSON Lines export. */
final class JsonLines implements ResultFormat {
  @Override
  public void write(Writer out, StoredResults results) throws IOException {
    for (Iterator<LoggedEvent> all = results.ofEveryRun(); all.hasNext(); ) {
      out.write(all.next().json());
      out.write('\n');
    }
  }
}
