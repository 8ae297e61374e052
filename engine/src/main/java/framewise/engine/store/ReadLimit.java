package framewise.engine.store;

import framewise.time.Scheduler;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.core.DB;

/**
 * Time limit of a read of an SQLite file, until it is closed. The driver's query timeout limits
 * only the wait for a lock, so this uses <a
 * href="https://sqlite.org/c3ref/interrupt.html">sqlite3_interrupt</a>.
 */
final class ReadLimit implements AutoCloseable {
  /** An interrupt ends only the statement that runs at that moment; later ones need another. */
  private static final Duration AGAIN = Duration.ofMillis(20);

  private final DB database;
  private Runnable cancel = () -> {};
  private boolean closed;

  private ReadLimit(DB database) {
    this.database = database;
  }

  /** Starts a limit for all statements of a handle. */
  static ReadLimit on(Handle handle, Duration limit) {
    try {
      var started =
          new ReadLimit(handle.getConnection().unwrap(SQLiteConnection.class).getDatabase());
      started.interruptAfter(limit);
      return started;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether an error means that a limit was reached. */
  static boolean isReached(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return sqlite.getResultCode() == SQLiteErrorCode.SQLITE_INTERRUPT;
      }
    }
    return false;
  }

  /** Ends the limit. Afterwards the connection may be closed. */
  @Override
  public synchronized void close() {
    closed = true;
    cancel.run();
  }

  private synchronized void interruptAfter(Duration time) {
    cancel = Scheduler.system().after(time, this::interrupt);
  }

  /** Holds the lock, because the connection must not be closed meanwhile. */
  private synchronized void interrupt() {
    if (closed) {
      return;
    }
    try {
      database.interrupt();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    interruptAfter(AGAIN);
  }
}
