package framewise.engine.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.SessionId;
import framewise.engine.cluster.Cluster;
import framewise.engine.store.Database;
import framewise.engine.store.Dialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;

/**
 * Outbox of notices. A notice is stored in the same transaction as its cause, so neither exists
 * without the other. Deliveries and event streams read from here. Safe for any number of threads.
 */
public final class Notices {
  /** Each entry migrates the table from its index to the next version; never change one. */
  private static final List<String> STEPS =
      List.of(
          """
          CREATE TABLE notice (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            type TEXT NOT NULL,
            at INTEGER NOT NULL,
            session_id TEXT,
            subject TEXT NOT NULL,
            data TEXT NOT NULL,
            endpoints TEXT
          ) STRICT;
          CREATE INDEX notice_by_subject ON notice (subject, number);
          CREATE INDEX notice_by_time ON notice (at);
          """);

  /** Maximum number of notices that one call returns. */
  public static final int MAX_CONCURRENT = 500;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<List<String>> IDS = new TypeReference<>() {};

  private final Database database;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long last;

  /**
   * Updates the schema. Create only one instance for each database, because an instance wakes only
   * its own waiting threads.
   */
  public Notices(Database database) {
    this.database = database;
    database.extend("notice", STEPS);
    this.last = stored();
  }

  /**
   * Stores a notice in the caller's transaction. Waiting threads wake after the commit. A rollback
   * removes the notice.
   *
   * @param handle in a transaction, from {@link Database#write} or a {@code ResultLog}
   * @return its number
   */
  public long add(Handle handle, NewNotice notice) {
    Dialect.of(handle).commitInOrder(handle);
    long number =
        handle
            .createQuery(
                """
                INSERT INTO notice (id, type, at, session_id, subject, data, endpoints)
                VALUES (:id, :type, :at, :session, :subject, :data, :endpoints) RETURNING number
                """)
            .bind("id", "msg_" + UUID.randomUUID().toString().replace("-", ""))
            .bind("type", notice.type())
            .bind("at", notice.at().toEpochMilli())
            .bind("session", notice.session().map(SessionId::toString))
            .bind("subject", notice.subject())
            .bind("data", notice.data())
            .bind("endpoints", notice.endpoints().map(Notices::write))
            .mapTo(Long.class)
            .one();
    handle.afterCommit(
        () -> {
          committed(number);
          database.cluster().ifPresent(cluster -> cluster.announce(Cluster.Topic.NOTICES));
        });
    return number;
  }

  /** Stores a notice in a transaction of its own. */
  public long add(NewNotice notice) {
    var number = new long[1];
    database.write(handle -> number[0] = add(handle, notice));
    return number[0];
  }

  /**
   * Notices after a number, oldest first.
   *
   * @param limit 1 to {@link #MAX_CONCURRENT}
   */
  public List<Notice> after(long number, int limit) {
    return database.read(handle -> after(handle, number, limit));
  }

  /** Like {@link #after(long, int)}, in the caller's transaction. */
  public List<Notice> after(Handle handle, long number, int limit) {
    return handle
        .createQuery("SELECT * FROM notice WHERE number > :number ORDER BY number LIMIT :limit")
        .bind("number", number)
        .bind("limit", Math.clamp(limit, 1, MAX_CONCURRENT))
        .map((row, context) -> read(row))
        .list();
  }

  /** The notice with this number; empty where there is none, or it was removed. */
  public Optional<Notice> find(long number) {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT * FROM notice WHERE number = :number")
                .bind("number", number)
                .map((row, context) -> read(row))
                .findOne());
  }

  /** Number of the newest committed notice; 0 before the first. */
  public long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a notice after {@code number} is committed.
   *
   * @return false on timeout
   */
  public boolean awaitAfter(long number, Duration timeout) throws InterruptedException {
    long left = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (last <= number) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes notices older than a time, and those of deleted sessions. The newest notice stays, so
   * that numbers keep increasing in every copy of the database.
   *
   * @param number notices with this number or a higher one stay, because a recipient has yet to
   *     process them
   * @return how many were removed
   */
  public int removeBefore(Instant time, long number) {
    var removed = new int[1];
    database.write(
        handle ->
            removed[0] =
                handle
                    .createUpdate(
                        """
                        DELETE FROM notice
                        WHERE number < :number AND number < (SELECT max(number) FROM notice)
                          AND (at < :time OR (session_id IS NOT NULL
                            AND session_id NOT IN (SELECT id FROM session)))
                        """)
                    .bind("number", number)
                    .bind("time", time.toEpochMilli())
                    .execute());
    return removed[0];
  }

  /** Wakes waiting threads, because another node may have stored notices. */
  public void reload() {
    committed(stored());
  }

  private long stored() {
    return database.read(
        handle ->
            handle
                .createQuery("SELECT coalesce(max(number), 0) FROM notice")
                .mapTo(Long.class)
                .one());
  }

  private void committed(long number) {
    lock.lock();
    try {
      last = Math.max(last, number);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static Notice read(ResultSet row) throws SQLException {
    return new Notice(
        row.getLong("number"),
        row.getString("id"),
        new NewNotice(
            row.getString("type"),
            Instant.ofEpochMilli(row.getLong("at")),
            Optional.ofNullable(row.getString("session_id")).flatMap(SessionId::parse),
            row.getString("subject"),
            row.getString("data"),
            Optional.ofNullable(row.getString("endpoints")).map(Notices::ids)));
  }

  private static String write(List<String> ids) {
    try {
      return JSON.writeValueAsString(ids);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> ids(String json) {
    try {
      return JSON.readValue(json, IDS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an endpoint list of a notice is damaged", e);
    }
  }
}
