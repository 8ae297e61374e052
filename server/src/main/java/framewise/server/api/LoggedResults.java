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

  /** Page size per prompt, where a few prompts are read side by side. */
  private static final int PAGE_OF_PROMPT = 64;

  private static final int FEW_PROMPTS = 8;

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
    return new Pages(log, new ResultFilter(OptionalInt.empty(), only), PAGE);
  }

  @Override
  public List<Iterator<LoggedEvent>> ofEachPrompt() {
    OptionalInt newest = OptionalInt.of(log.run());
    List<String> asked = only.map(List::of).orElse(names);
    int page = asked.size() <= FEW_PROMPTS ? PAGE_OF_PROMPT : 1;
    return asked.stream()
        .<Iterator<LoggedEvent>>map(
            name -> new Pages(log, new ResultFilter(newest, Optional.of(name)), page))
        .toList();
  }

  private static final class Pages implements Iterator<LoggedEvent> {
    private final ResultLog log;
    private final ResultFilter which;
    private final int limit;
    private Iterator<LoggedEvent> page = List.<LoggedEvent>of().iterator();
    private long since;

    Pages(ResultLog log, ResultFilter which, int limit) {
      this.log = log;
      this.which = which;
      this.limit = limit;
    }

    @Override
    public boolean hasNext() {
      if (!page.hasNext()) {
        page = log.resultsAfter(since, limit, which).events().iterator();
      }
      return page.hasNext();
    }

    @Override
    public LoggedEvent next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      LoggedEvent next = page.next();
      if (!page.hasNext()) {
        page = List.<LoggedEvent>of().iterator(); // the last page is not held
      }
      since = next.seq();
      return next;
    }
  }
}
