package framewise.engine.result;

import framewise.engine.SessionId;
import framewise.engine.store.Dialect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Writes one session's part of the full-text index over all answers. Consecutive equal answers to
 * the same question are one row, a span. The index stores no text: a span's text is in the event of
 * its last answer.
 *
 * <p>A span's id has the session's number in the upper 32 bits and the number of the span's first
 * event in the lower 32, so that the matches of a session are adjacent. Used by one thread at a
 * time.
 */
public final class AnswerIndex {
  /** Number of bits of an event's number in a span's id. */
  public static final int SEQ_BITS = 32;

  /** Maximum number of indexed characters of an answer. */
  private static final int MAX_LENGTH = 20_000;

  private final SessionId session;
  private final Map<String, Span> newest = new HashMap<>();
  private Optional<Long> number = Optional.empty();

  /** The last span of a question, as stored. */
  private record Span(long id, int run, String prompt, String text, boolean ok, String backend) {
    boolean continuesWith(Span next) {
      return run == next.run
          && prompt.equals(next.prompt)
          && ok == next.ok
          && text.equals(next.text)
          && backend.equals(next.backend);
    }
  }

  /** Changes to apply in memory once a transaction is committed. */
  final class Change {
    private final Map<String, Span> spans = new HashMap<>();
    private Optional<Long> session = Optional.empty();

    /** Discards the changes, because the transaction is retried. */
    void reset() {
      spans.clear();
      spans.putAll(newest);
      session = number;
    }

    /** Applies the changes, because the transaction is committed. */
    void keep() {
      newest.clear();
      newest.putAll(spans);
      number = session;
    }
  }

  AnswerIndex(SessionId session) {
    this.session = session;
  }

  /** Starts collecting the changes of a transaction. */
  Change begin() {
    var change = new Change();
    change.reset();
    return change;
  }

  /** Adds a result, in the transaction of the handle. */
  void add(Handle handle, IndexedAnswer answer, Change change) {
    long own = change.session.orElseGet(() -> number(handle));
    change.session = Optional.of(own);
    String text = answer.text();
    String found = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    var next =
        new Span(
            (own << SEQ_BITS) | answer.seq(),
            answer.run(),
            answer.prompt(),
            found,
            answer.ok(),
            answer.backend());
    Span last = change.spans.get(answer.question());
    // A sweep may have deleted the last span.
    if (last == null || !last.continuesWith(next) || extend(handle, last.id(), answer) == 0) {
      insert(handle, next, answer);
      change.spans.put(answer.question(), next);
    }
  }

  /** Extends a span; returns 0 if it no longer exists, otherwise 1. */
  private static int extend(Handle handle, long id, IndexedAnswer answer) {
    return handle
        .createUpdate(
            """
            UPDATE answer_span
            SET last_seq = :seq, answers = answers + 1, end_us = :end, last_at = :at WHERE id = :id
            """)
        .bind("seq", answer.seq())
        .bind("end", answer.endMicros())
        .bind("at", answer.at().toEpochMilli())
        .bind("id", id)
        .execute();
  }

  private static void insert(Handle handle, Span span, IndexedAnswer answer) {
    handle
        .createUpdate(
            """
            INSERT INTO answer_span
              (id, run, last_seq, answers, start_us, end_us, at, last_at, ok, backend, question)
            VALUES (:id, :run, :seq, 1, :start, :end, :at, :at, :ok, :backend, :question)
            """)
        .bind("id", span.id())
        .bind("run", span.run())
        .bind("seq", answer.seq())
        .bind("start", answer.startMicros())
        .bind("end", answer.endMicros())
        .bind("at", answer.at().toEpochMilli())
        .bind("ok", span.ok())
        .bind("backend", span.backend())
        .bind("question", questionKey(answer.question()))
        .execute();
    Dialect dialect = Dialect.of(handle);
    handle
        .createUpdate(dialect.insertText())
        .bind("id", span.id())
        .bind("text", dialect.text(span.text()))
        .execute();
  }

  /** Removes spans that ended before an event, in the transaction of the handle. */
  static void deleteBefore(Handle handle, SessionId session, long seq) {
    Optional<Long> number = knownNumber(handle, session);
    if (number.isEmpty()) {
      return;
    }
    long first = number.get() << SEQ_BITS;
    long end = first + Math.min(seq, 1L << SEQ_BITS);
    String old = "id >= :first AND id < :end AND last_seq < :seq";
    handle
        .createUpdate(
            "DELETE FROM answer_text WHERE %s IN (SELECT id FROM answer_span WHERE %s)"
                .formatted(Dialect.of(handle).textId(), old))
        .bind("first", first)
        .bind("end", end)
        .bind("seq", seq)
        .execute();
    handle
        .createUpdate("DELETE FROM answer_span WHERE " + old)
        .bind("first", first)
        .bind("end", end)
        .bind("seq", seq)
        .execute();
    handle
        .createUpdate(
            """
            UPDATE tally SET answer = NULL, answer_ok = NULL WHERE session_id = :session
              AND NOT EXISTS (SELECT 1 FROM answer_span WHERE id >= :first AND id < :last)
            """)
        .bind("session", session.toString())
        .bind("first", first)
        .bind("last", first + (1L << SEQ_BITS))
        .execute();
  }

  /** Key of a question in the index: a hash, because prompts may be long. */
  public static long questionKey(String question) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(question.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private long number(Handle handle) {
    return knownNumber(handle, session)
        .orElseGet(
            () ->
                handle
                    .createQuery(
                        "INSERT INTO search_session (session_id) VALUES (:session) RETURNING"
                            + " number")
                    .bind("session", session.toString())
                    .mapTo(Long.class)
                    .one());
  }

  private static Optional<Long> knownNumber(Handle handle, SessionId session) {
    return handle
        .createQuery("SELECT number FROM search_session WHERE session_id = :session")
        .bind("session", session.toString())
        .mapTo(Long.class)
        .findOne();
  }
}
