package framewise.server.export;

import framewise.engine.result.LoggedEvent;
import java.io.IOException;
import java.io.Writer;

/** One JSON object a line. */
final class JsonLines implements ResultFormat {
  @Override
  public void write(Writer out, LoggedEvent result) throws IOException {
    out.write(result.json());
    out.write('\n');
  }
}
