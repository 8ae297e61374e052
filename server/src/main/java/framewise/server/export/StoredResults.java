package framewise.server.export;

import framewise.engine.result.LoggedEvent;
import java.util.Iterator;
import java.util.List;

/** The results that are taken away. */
public interface StoredResults {
  /** Those of every run, the oldest first. */
  Iterator<LoggedEvent> ofEveryRun();

  /** Those of the newest run, for each prompt by itself, the oldest first. */
  List<Iterator<LoggedEvent>> ofEachPrompt();
}
