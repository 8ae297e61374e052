package framewise.engine.store.postgres;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;

/**
 * Maps errors of PostgreSQL to error messages, by their SQLSTATE
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html). None of them quotes the
 * server's message where it could contain data.
 */
final class PostgresFault {
  private PostgresFault() {}

  /** The matching refusal; empty for errors that have nothing to do with the server's state. */
  static Optional<Refusal> of(Throwable error, PostgresUrl url) {
    return cause(error).flatMap(sql -> refusal(sql, url));
  }

  private static Optional<Refusal> refusal(SQLException error, PostgresUrl url) {
    String state = state(error);
    Optional<String> why =
        switch (state) {
          case "53100" -> Optional.of("its disk is full. Free space on it");
          case "58030", "XX001", "XX002" ->
              Optional.of("it reports a damaged file or disk. See its log");
          case "42501" ->
              Optional.of(
                  "the user %s lacks permission to write to its tables. Grant that permission"
                      .formatted(url.user()));
          default -> Optional.empty();
        };
    if (why.isPresent()) {
      return Optional.of(
          Refusal.of(
              Code.STORAGE_FAILED,
              "PostgreSQL at %s can't store anything: %s.".formatted(url.shown(), why.get())));
    }
    return isOutage(error)
        ? Optional.of(
            Refusal.of(
                Code.DATABASE_UNAVAILABLE,
                "PostgreSQL at %s can't be reached. Framewise tries again every second."
                    .formatted(url.shown())))
        : Optional.empty();
  }

  /** Message that says why the database can't be opened, and what to do. */
  static String atStart(SQLException error, PostgresUrl url) {
    return switch (state(error)) {
      case "28P01" ->
          "PostgreSQL at %s refused the password of the user %s. Correct FRAMEWISE_DATABASE."
              .formatted(url.shown(), url.user());
      case "08004" ->
          "PostgreSQL at %s refused the user %s. Check the password in FRAMEWISE_DATABASE."
              .formatted(url.shown(), url.user());
      case "28000" ->
          ("PostgreSQL at %s does not allow the user %s to connect from this machine, or"
                  + " without encryption. Check pg_hba.conf and FRAMEWISE_DATABASE.")
              .formatted(url.shown(), url.user());
      case "3D000" ->
          "PostgreSQL at %s:%d has no database %s. Create it, for example with: createdb %s"
              .formatted(url.host(), url.port(), url.database(), url.database());
      case "42501" ->
          ("The user %s lacks permission to create tables in the database %s. As its"
                  + " owner, run: GRANT CREATE, USAGE ON SCHEMA public TO %s")
              .formatted(url.user(), url.database(), url.user());
      case "25006" ->
          "PostgreSQL at %s accepts no writes: it is a standby or read-only. Set FRAMEWISE_DATABASE to the primary server."
              .formatted(url.shown());
      case "53300" ->
          "PostgreSQL at %s has no free connection. Raise its max_connections."
              .formatted(url.shown());
      case "57P03" ->
          "PostgreSQL at %s is starting or stopping. Start Framewise again in a moment."
              .formatted(url.shown());
      default ->
          isOutage(error)
              ? "PostgreSQL at %s can't be reached. Start it, or correct FRAMEWISE_DATABASE."
                  .formatted(url.shown())
              : "PostgreSQL at %s can't be used (SQLSTATE %s). See its log."
                  .formatted(url.shown(), state(error));
    };
  }

  /** Whether a failed start may succeed in a moment, because the server is also starting. */
  static boolean mayBeStarting(Throwable error) {
    return cause(error)
        .map(PostgresFault::state)
        .filter(state -> state.matches("08001|08006|57P0[123]|53300"))
        .isPresent();
  }

  /** Whether the server canceled a statement that took too long. */
  static boolean isCanceled(Throwable error) {
    return cause(error).map(PostgresFault::state).filter("57014"::equals).isPresent();
  }

  static Optional<SQLException> cause(Throwable error) {
    Optional<SQLException> found = Optional.empty();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && !state(sql).isEmpty()) {
        return Optional.of(sql);
      }
      if (cause instanceof SQLTransientConnectionException waited) {
        found = Optional.of(waited); // a timeout of the pool; its cause, if any, is more specific
      }
    }
    return found;
  }

  /** Whether waiting may help: a lost connection, a restart, or a change of the primary server. */
  private static boolean isOutage(SQLException error) {
    String state = state(error);
    return error instanceof SQLTransientConnectionException
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("28")
        || state.equals("53300")
        || state.equals("25006")
        || state.equals("25P03");
  }

  private static String state(SQLException error) {
    return error.getSQLState() == null ? "" : error.getSQLState();
  }
}
