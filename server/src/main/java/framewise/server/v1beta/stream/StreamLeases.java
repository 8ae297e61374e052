package framewise.server.v1beta.stream;

import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.session.Session;
import framewise.engine.session.Sessions;
import framewise.engine.store.Database;
import framewise.engine.store.Dialect;
import framewise.server.http.Problem;
import framewise.time.Rounds;
import framewise.time.WallClock;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases of the streams created over v1beta: a stream whose client does not renew it within {@link
 * StreamLease#SECONDS} ends. They are stored, so that a restart neither ends a stream nor keeps it
 * open for ever. Ended ones are remembered for a while. Safe for any number of threads.
 */
public final class StreamLeases implements AutoCloseable {
  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE stream_lease (
            session_id TEXT PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            ended_at INTEGER,
            end_reason TEXT
          ) STRICT, WITHOUT ROWID;
          """,
          // Streams of earlier versions were published to over WHIP.
          "ALTER TABLE stream_lease ADD COLUMN ingest TEXT NOT NULL DEFAULT 'whip';");
  private static final Duration ROUND = Duration.ofSeconds(1);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(StreamLeases.class);

  private final Sessions sessions;
  private final Database database;
  private final WallClock clock;
  private final int most;
  private final int mostOfOne;
  private final Map<SessionId, StreamLease> leases = new ConcurrentHashMap<>();
  private final Rounds rounds;

  /** Number of streams that are being created, by caller. Guarded by this object's lock. */
  private final Map<String, Integer> opening = new HashMap<>();

  /**
   * @param most maximum number of open streams
   * @param mostOfOne maximum number of open streams of one key or account
   */
  public StreamLeases(Sessions sessions, int most, int mostOfOne, WallClock clock) {
    this.sessions = sessions;
    this.database = sessions.database();
    this.most = most;
    this.mostOfOne = mostOfOne;
    this.clock = clock;
    this.rounds =
        new Rounds(
            "v1beta-leases",
            clock,
            ROUND,
            this::sweep,
            e -> LOG.warn("Failed to check the leases: {}", e.toString()));
    database.extend("v1beta", TABLES);
    leases.putAll(database.read(StreamLeases::stored));
  }

  /** Starts to end expired leases. */
  public void start() {
    rounds.start();
  }

  @Override
  public void close() {
    rounds.close();
  }

  /** The lease of a session; empty for a session that has none. */
  public Optional<StreamLease> find(SessionId session) {
    return Optional.ofNullable(leases.get(session));
  }

  /** A stream that is being created and has no lease yet; closed once it has one or has failed. */
  interface Opening extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Reserves a place for a stream that is being created: connecting to a camera takes seconds.
   *
   * @param caller identifies the caller; empty where there are no accounts
   * @param own whether a session belongs to the caller
   * @throws framewise.server.http.ProblemException 503, when too many are open
   */
  synchronized Opening open(String caller, Predicate<SessionId> own) {
    int all = opening.values().stream().mapToInt(Integer::intValue).sum();
    requirePlace(leases, own, all, opening.getOrDefault(caller, 0));
    opening.merge(caller, 1, Integer::sum);
    var counted = new AtomicBoolean(true);
    return () -> {
      if (counted.compareAndSet(true, false)) {
        opened(caller);
      }
    };
  }

  private synchronized void opened(String caller) {
    opening.computeIfPresent(caller, (same, count) -> count > 1 ? count - 1 : null);
  }

  private void requirePlace(
      Map<SessionId, StreamLease> of, Predicate<SessionId> own, int opening, int openingOfCaller) {
    List<SessionId> open =
        of.entrySet().stream()
            .filter(lease -> lease.getValue().isOpen())
            .map(Map.Entry::getKey)
            .toList();
    if (open.size() + opening >= most) {
      throw full("%d streams are open".formatted(open.size() + opening), "FRAMEWISE_MAX_STREAMS");
    }
    long ofCaller = open.stream().filter(own).count() + openingOfCaller;
    if (ofCaller >= mostOfOne) {
      throw full(
          "%d streams of yours are open".formatted(ofCaller), "FRAMEWISE_MAX_STREAMS_PER_KEY");
    }
  }

  private static RuntimeException full(String what, String setting) {
    return Problem.of(
            503,
            "too_many_streams",
            "%s, which is the limit (%s): delete one.".formatted(what, setting))
        .asException();
  }

  /**
   * Begins the lease of a stream whose owner is stored. Checks the limits of {@link #open} again,
   * because other streams may have been opened since, also on other nodes.
   *
   * @param opened from {@link #open}; closed
   */
  synchronized StreamLease begin(
      SessionId session, Ingest ingest, Predicate<SessionId> own, Opening opened) {
    StreamLease lease = StreamLease.begin(clock.now(), ingest);
    // Owners never change: those of known streams are looked up before the transaction, for which
    // other nodes have to wait.
    Map<SessionId, Boolean> owned = new HashMap<>();
    Predicate<SessionId> isOwn = other -> owned.computeIfAbsent(other, own::test);
    requirePlace(leases, isOwn, 0, 0);
    database.write(
        handle -> {
          Dialect.of(handle).commitInOrder(handle);
          requirePlace(stored(handle), isOwn, 0, 0);
          store(handle, session, lease);
        });
    leases.put(session, lease);
    opened.close(); // it counts as open from here on, and only once
    return lease;
  }

  /** Renews a lease for its full length; one that has ended stays as it is. */
  synchronized StreamLease renew(SessionId session, StreamLease seen) {
    StreamLease lease = leases.getOrDefault(session, seen);
    return lease.isOpen() ? keep(session, lease.renewed(clock.now())) : lease;
  }

  /** Ends the stream: its session stops, and stays in the list with its results. */
  synchronized void end(SessionId session, String reason) {
    StreamLease lease = leases.get(session);
    if (lease == null || !lease.isOpen()) {
      return;
    }
    StreamLease _ = keep(session, lease.ended(clock.now(), reason));
    LOG.info("Stream {} ended: {}", session, reason);
    Thread.ofVirtual()
        .name("stream-end-" + session)
        .start(
            () -> {
              String why =
                  reason.equals("deleted")
                      ? "The client deleted the stream."
                      : "The client did not renew the lease of the stream.";
              sessions.find(session).ifPresent(running -> running.stop(why));
            });
  }

  /** Ends expired leases, and forgets those that ended long ago. */
  void sweep() {
    Instant now = clock.now();
    if (sessions.cluster().isPresent()) {
      readOthers();
    }
    leases.forEach(
        (session, lease) -> {
          if (!isHere(session)) {
            return;
          }
          if (lease.isOpen() && !lease.expiresAt().isAfter(now)) {
            end(session, "expired");
          } else if (lease
              .endedAt()
              .filter(end -> end.plus(REMEMBERED).isBefore(now))
              .isPresent()) {
            database.write(
                handle ->
                    handle.execute(
                        "DELETE FROM stream_lease WHERE session_id = ?", session.toString()));
            leases.remove(session);
            deleteUnused(session);
          }
        });
  }

  /** Takes over what other nodes have stored: this one may become the owner of their streams. */
  private void readOthers() {
    database
        .read(StreamLeases::stored)
        .forEach(
            (session, lease) ->
                leases.merge(
                    session,
                    lease,
                    (known, found) ->
                        found.expiresAt().isBefore(known.expiresAt()) ? known : found));
  }

  /** Whether the node that owns the session is this one. */
  private boolean isHere(SessionId session) {
    return sessions.cluster().isEmpty()
        || sessions.find(session).filter(Session::isOwned).isPresent();
  }

  /** Deletes the session of a stream that was never published to: it would wait for ever. */
  private void deleteUnused(SessionId session) {
    try {
      Optional<Session> unused =
          sessions.find(session).filter(found -> found.view().settings().isEmpty());
      if (unused.isPresent()) {
        sessions.delete(session);
      }
    } catch (RefusedException gone) {
      LOG.debug("session {} was already deleted", session);
    } catch (IOException e) {
      LOG.warn("session {} can't be deleted: {}", session, e.toString());
    }
  }

  private StreamLease keep(SessionId session, StreamLease lease) {
    database.write(handle -> store(handle, session, lease));
    leases.put(session, lease);
    return lease;
  }

  private static void store(Handle handle, SessionId session, StreamLease lease) {
    handle
        .createUpdate(
            """
            INSERT INTO stream_lease
              (session_id, created_at, expires_at, ended_at, end_reason, ingest)
            SELECT id, :created, :expires, :ended, :reason, :ingest FROM session WHERE id = :id
            ON CONFLICT (session_id) DO UPDATE SET created_at = excluded.created_at,
              expires_at = excluded.expires_at, ended_at = excluded.ended_at,
              end_reason = excluded.end_reason, ingest = excluded.ingest
            """)
        .bind("id", session.toString())
        .bind("created", lease.createdAt().toEpochMilli())
        .bind("expires", lease.expiresAt().toEpochMilli())
        .bind("ended", lease.endedAt().map(Instant::toEpochMilli))
        .bind("reason", lease.endReason())
        .bind("ingest", lease.ingest().wireName())
        .execute();
  }

  private static Map<SessionId, StreamLease> stored(Handle handle) {
    Map<SessionId, StreamLease> found = new HashMap<>();
    List<Map.Entry<Optional<SessionId>, StreamLease>> rows =
        handle
            .createQuery(
                """
                SELECT session_id, created_at, expires_at, ended_at, end_reason, ingest
                FROM stream_lease
                """)
            .map(
                (row, context) ->
                    Map.entry(SessionId.parse(row.getString("session_id")), lease(row)))
            .list();
    rows.forEach(row -> row.getKey().ifPresent(id -> found.put(id, row.getValue())));
    return found;
  }

  private static StreamLease lease(ResultSet row) throws SQLException {
    long ended = row.getLong("ended_at");
    return new StreamLease(
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        ended == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended)),
        Optional.ofNullable(row.getString("end_reason")),
        Ingest.ofWireName(row.getString("ingest")).orElse(Ingest.WHIP));
  }
}
