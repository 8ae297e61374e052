package framewise.server.api;

import framewise.engine.result.LoggedEvent;
import framewise.engine.result.ResultFilter;
import framewise.engine.result.ResultLog;
import framewise.server.export.StoredResults;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;

/** Results of a session, or of one of its prompts, read from the log page by page. */
final class LoggedResults implements StoredResults {
  private static final int PAGE = 500;

  private final ResultLog log;
  private final List<String> names;
  private final Optional<String> only;

  /**
   * @param names of the prompts, in order
   * @param only name of the only prompt to include; empty for all
   */
  LoggedResults(ResultLog log, List<String> names, Optional<String> only) {
    this.log = log;
    this.names = names;
    this.only = only;
  }

  @Override
  public Iterator<LoggedEvent> ofEveryRun() {
    return new Pages(log, new ResultFilter(OptionalInt.empty(), only));
  }

  @Override
  public List<Iterator<LoggedEvent>> ofEachPrompt() {
    OptionalInt newest = OptionalInt.of(log.run());
    return only.map(List::of).orElse(names).stream()
        .<Iterator<LoggedEvent>>map(
            name -> new Pages(log, new ResultFilter(newest, Optional.of(name))))
        .toList();
  }

  private static final class Pages implements Iterator<LoggedEvent> {
    private final ResultLog log;
    private final ResultFilter which;
    private Iterator<LoggedEvent> page = List.<LoggedEvent>of().iterator();
    private long since;

    Pages(ResultLog log, ResultFilter which) {
      this.log = log;
      this.which = which;
    }

    @Override
    public boolean hasNext() {
      if (!page.hasNext()) {
        page = log.resultsAfter(since, PAGE, which).events().iterator();
      }
      return page.hasNext();
    }

    @Override
    public LoggedEvent next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      LoggedEvent next = page.next();
      since = next.seq();
      return next;
    }
  }
}
