package framewise.engine.result;

import framewise.engine.SessionId;
import framewise.engine.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Stores events from a bundle, under their original numbers, in a session that has no events yet.
 * Used by one thread.
 */
public final class EventImport {
  private static final int BATCH = 500;
  private static final long CHARACTERS_AT_ONCE = LogPage.MAX_CHARACTERS;

  /**
   * An event from a bundle.
   *
   * @param lookback whether it belongs to a look-back
   */
  public record ImportedEvent(long seq, int run, Instant at, boolean lookback, Event event) {}

  private final SessionId session;
  private final EventStore store;
  private final List<EventStore.Entry> waiting = new ArrayList<>();
  private Tally tally = Tally.EMPTY;
  private long characters;

  public EventImport(SessionId session, Database database) {
    this.session = session;
    this.store = new EventStore(session, database);
  }

  /**
   * Adds the next event; its number is larger than the one before.
   *
   * @throws framewise.engine.RefusedException when it cannot be stored
   */
  public void add(ImportedEvent read) {
    tally = next(read);
    String json =
        EventJson.write(read.seq(), read.run(), session, read.at(), read.event(), read.lookback());
    waiting.add(
        new EventStore.Entry(
            new LoggedEvent(read.seq(), read.run(), read.event().type(), json),
            read.event(),
            read.at()));
    characters += json.length();
    if (waiting.size() >= BATCH || characters >= CHARACTERS_AT_ONCE) {
      flush();
    }
  }

  /** Stores the events added since the last transaction. */
  public void flush() {
    if (!waiting.isEmpty()) {
      store.insert(waiting, tally, handle -> {}, false);
      waiting.clear();
      characters = 0;
    }
  }

  private Tally next(ImportedEvent read) {
    boolean starts = !read.lookback() && read.run() > tally.run();
    int run = starts ? read.run() : tally.run();
    Optional<Event.Result> result =
        read.event() instanceof Event.Result one ? Optional.of(one) : Optional.empty();
    ResultCounts counts = result.map(tally.counts()::plus).orElse(tally.counts());
    Optional<NewestAnswer> newest =
        result.filter(one -> !read.lookback()).map(NewestAnswer::of).or(tally::newest);
    return new Tally(
        read.seq(),
        run,
        starts ? read.seq() : tally.runStart(),
        counts,
        read.at(),
        newest,
        Math.max(tally.lastRun(), read.run()));
  }
}
