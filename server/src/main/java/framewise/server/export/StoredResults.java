package framewise.server.export;

import framewise.engine.result.LoggedEvent;
import java.util.Iterator;
import java.util.List;

/** Results to export. */
public interface StoredResults {
  /** Results of all runs, the oldest first. */
  Iterator<LoggedEvent> ofEveryRun();

  /** Results of the newest run, separately for each prompt, the oldest first. */
  List<Iterator<LoggedEvent>> ofEachPrompt();
}
