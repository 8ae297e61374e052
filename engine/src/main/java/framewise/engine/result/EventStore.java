package framewise.engine.result;

import framewise.engine.SessionId;
import framewise.engine.result.packing.Dictionaries;
import framewise.engine.result.packing.Dictionaries.Dictionary;
import framewise.engine.result.packing.Dictionaries.Kind;
import framewise.engine.result.packing.EventPacker;
import framewise.engine.store.Database;
import framewise.engine.store.Dialect;
import framewise.media.MediaTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.DataFormatException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes the events of one session in the database. */
final class EventStore {
  private static final Logger LOG = LoggerFactory.getLogger(EventStore.class);

  /**
   * Rows of the first query of a page; few, because PostgreSQL's driver holds all rows of a query
   * in memory.
   */
  private static final int MIN_ROWS = 16;

  private static final int MAX_ROWS = 64;

  /** An event to store, numbered, with its JSON and its time. */
  record Entry(LoggedEvent logged, Event content, Instant at) {}

  private final SessionId session;
  private final Database database;
  private volatile Dictionaries dictionaries;
  private volatile AnswerIndex index;
  private volatile long epoch;

  EventStore(SessionId session, Database database) {
    this.session = session;
    this.database = database;
    this.dictionaries = new Dictionaries(session);
    this.index = new AnswerIndex(session);
  }

  /**
   * Becomes the writer of the session, unless another node is, and stays it until another node
   * takes over. Resets cached state of earlier writes. Returns the tally.
   */
  Tally open() {
    dictionaries = new Dictionaries(session);
    index = new AnswerIndex(session);
    return database.read(
        handle -> {
          epoch = Dialect.of(handle).epoch(handle, session.toString());
          return Tally.of(handle, session);
        });
  }

  /** Whether this node is the writer, as far as it knows. */
  boolean isOpen() {
    return epoch != Dialect.NOT_OWNED;
  }

  /** Stops writing until {@link #open}. */
  void abandon() {
    epoch = Dialect.NOT_OWNED;
  }

  Tally tally() {
    return database.read(handle -> Tally.of(handle, session));
  }

  /** Stores events and related changes in one transaction. Used by one thread at a time. */
  void insert(List<Entry> entries, Tally after, Consumer<Handle> together, boolean fromReserve) {
    Map<Kind, Dictionary> fresh = new HashMap<>();
    AnswerIndex index = this.index;
    Dictionaries dictionaries = this.dictionaries;
    AnswerIndex.Change indexed = index.begin();
    Consumer<Handle> change =
        handle -> {
          fresh.clear();
          indexed.reset();
          after.store(handle, session, epoch);
          for (Entry entry : entries) {
            insert(handle, entry, fresh);
            if (entry.content() instanceof Event.Result result) {
              index.add(handle, IndexedAnswer.of(entry.logged(), result, entry.at()), indexed);
            }
          }
          together.accept(handle);
        };
    database.append(change, handle -> isStored(handle, after), fromReserve);
    fresh.forEach(dictionaries::keep);
    indexed.keep();
    announce();
  }

  /**
   * Whether this owner has stored these events; false also if the next owner has stored events with
   * their numbers.
   */
  private boolean isStored(Handle handle, Tally after) {
    return Dialect.of(handle).epoch(handle, session.toString()) == epoch
        && Tally.of(handle, session).lastSeq() >= after.lastSeq();
  }

  /** Stores a change that belongs to no event. */
  void write(Consumer<Handle> change) {
    database.write(
        handle -> {
          Tally.requireOwner(handle, session, epoch);
          change.accept(handle);
        });
    announce();
  }

  private void announce() {
    database.cluster().ifPresent(cluster -> cluster.announce(session));
  }

  /** At most {@code limit} events; ends early once they reach this many characters. */
  LogPage after(long since, int limit, long characters) {
    return page(
        handle ->
            handle.createQuery(
                """
                SELECT seq, run, type, json, packed, dictionary FROM event
                WHERE session_id = :session AND seq > :since ORDER BY seq LIMIT :limit
                """),
        since,
        limit,
        characters);
  }

  /** Like {@link #after}, of results only. */
  LogPage resultsAfter(long since, int limit, long characters, ResultFilter which) {
    return page(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT seq, run, type, json, packed, dictionary FROM event
                    WHERE session_id = :session AND type IN ('result', :also) AND seq > :since
                      AND (CAST(:run AS BIGINT) IS NULL OR run = :run)
                      AND (CAST(:name AS TEXT) IS NULL OR coalesce(name, '') = :name
                        OR type <> 'result')
                    ORDER BY seq LIMIT :limit
                    """)
                .bind("run", which.run())
                .bind("name", which.name())
                .bind("also", which.unchanged() ? "unchanged" : "result"),
        since,
        limit,
        characters);
  }

  private LogPage page(Function<Handle, Query> query, long since, int limit, long characters) {
    return database.read(
        handle -> {
          List<LoggedEvent> events = new ArrayList<>();
          long last = since;
          long left = characters;
          int rows = MIN_ROWS;
          while (true) {
            // One more than wanted, to find out whether there are more.
            int asked = Math.min(rows, limit - events.size() + 1);
            int found = 0;
            try (ResultIterator<LoggedEvent> next =
                query
                    .apply(handle)
                    .bind("session", session.toString())
                    .bind("since", last)
                    .bind("limit", asked)
                    .map((row, context) -> read(handle, row))
                    .iterator()) {
              while (next.hasNext()) {
                if (events.size() == limit || left <= 0) {
                  return new LogPage(events, true);
                }
                LoggedEvent event = next.next();
                events.add(event);
                last = event.seq();
                left -= event.json().length();
                found++;
              }
            }
            if (found < asked) {
              return new LogPage(events, false);
            }
            rows = Math.min(2 * rows, MAX_ROWS);
          }
        });
  }

  /** One event, read with an open handle. */
  Optional<LoggedEvent> find(Handle handle, long seq) {
    return handle
        .createQuery(
            """
            SELECT seq, run, type, json, packed, dictionary FROM event
            WHERE session_id = :session AND seq = :seq
            """)
        .bind("session", session.toString())
        .bind("seq", seq)
        .map((row, context) -> read(handle, row))
        .findOne();
  }

  List<String> promptNames() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT coalesce(name, '') FROM event
                    WHERE session_id = :session AND type = 'result'
                    GROUP BY name ORDER BY min(seq)
                    """)
                .bind("session", session.toString())
                .mapTo(String.class)
                .list());
  }

  /** Start of the newest clip of each prompt, in the run that begins at an event. */
  Map<String, MediaTime> lastClips(int run, long runStart) {
    return database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT coalesce(name, '') AS name, start FROM event
                    WHERE session_id = :session AND seq IN (
                      SELECT max(seq) FROM event
                      WHERE session_id = :session AND seq >= :start AND type = 'result'
                        AND run = :run
                      GROUP BY name)
                    """)
                .bind("session", session.toString())
                .bind("start", runStart)
                .bind("run", run)
                .reduceRows(
                    new HashMap<>(),
                    (starts, row) -> {
                      starts.put(
                          row.getColumn("name", String.class),
                          new MediaTime(row.getColumn("start", Long.class)));
                      return starts;
                    }));
  }

  private void insert(Handle handle, Entry entry, Map<Kind, Dictionary> fresh) {
    LoggedEvent event = entry.logged();
    Optional<Event.Result> result =
        entry.content() instanceof Event.Result r ? Optional.of(r) : Optional.empty();
    Optional<Dictionary> dictionary =
        kind(entry.content()).map(kind -> dictionary(handle, kind, event, fresh));
    Optional<byte[]> packed =
        dictionary.map(known -> EventPacker.pack(event.json(), known.content()));
    handle
        .createUpdate(
            """
            INSERT INTO event (session_id, seq, run, type, ok, name, start, json, packed, dictionary)
            VALUES (:session, :seq, :run, :type, :ok, :name, :start, :json, :packed, :dictionary)
            """)
        .bind("session", session.toString())
        .bind("seq", event.seq())
        .bind("run", event.run())
        .bind("type", event.type())
        .bind("ok", result.map(Event.Result::ok))
        .bind("name", result.flatMap(Event.Result::name))
        .bind("start", result.map(r -> r.clip().start().micros()))
        .bind("json", packed.isPresent() ? "" : event.json())
        .bind("packed", packed.orElse(null))
        .bind("dictionary", dictionary.map(Dictionary::id))
        .execute();
  }

  /** The kind of a frequent event; empty for others, which are stored uncompressed. */
  private static Optional<Kind> kind(Event event) {
    return switch (event) {
      case Event.Result result ->
          Optional.of(
              new Kind(
                  event.type(),
                  result.name().orElse(""),
                  result.prompt(),
                  result.backend(),
                  result.model()));
      case Event.Unchanged unchanged ->
          Optional.of(new Kind(event.type(), unchanged.name().orElse(""), "", "", ""));
      default -> Optional.empty();
    };
  }

  private Dictionary dictionary(
      Handle handle, Kind kind, LoggedEvent first, Map<Kind, Dictionary> fresh) {
    return dictionaries
        .of(kind)
        .orElseGet(
            () ->
                fresh.computeIfAbsent(
                    kind,
                    missing -> dictionaries.insert(handle, EventPacker.dictionary(first.json()))));
  }

  private LoggedEvent read(Handle handle, ResultSet row) throws SQLException {
    return new LoggedEvent(
        row.getLong("seq"), row.getInt("run"), row.getString("type"), json(handle, row));
  }

  /**
   * The JSON as it was sent. An unreadable event gets a replacement, so that the others stay
   * readable.
   */
  private String json(Handle handle, ResultSet row) throws SQLException {
    byte[] packed = row.getBytes("packed");
    if (packed == null) {
      return row.getString("json");
    }
    long seq = row.getLong("seq");
    try {
      byte[] dictionary =
          dictionaries
              .content(handle, row.getLong("dictionary"))
              .orElseThrow(
                  () -> new DataFormatException("the dictionary of its compression is missing"));
      return EventPacker.unpack(packed, dictionary);
    } catch (DataFormatException e) {
      LOG.warn("event {} of session {} is damaged: {}", seq, session, e.getMessage());
      return EventJson.damaged(seq, row.getInt("run"), session, row.getString("type"));
    }
  }
}
