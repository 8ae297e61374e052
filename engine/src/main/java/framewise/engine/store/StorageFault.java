package framewise.engine.store;

import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Maps errors of the database and of files to refusals. */
public final class StorageFault {
  /**
   * The low byte of an extended result code is the primary result code:
   * https://sqlite.org/rescode.html.
   */
  private static final int FAMILY = 0xff;

  private StorageFault() {}

  /**
   * Whether a file error means that there is no space left, or that this user's disk quota is
   * exceeded.
   */
  public static boolean isFull(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left")
        || message.contains("not enough space")
        || message.contains("quota exceeded");
  }

  /** The matching refusal; empty for errors that have nothing to do with the disk. */
  static Optional<Refusal> of(Throwable error, DiskSpace space) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return of(sqlite, space);
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> of(SQLiteException error, DiskSpace space) {
    SQLiteErrorCode code = error.getResultCode();
    int family = code.code & FAMILY;
    if (code == SQLiteErrorCode.SQLITE_FULL || code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
      return Optional.of(space.refusal());
    }
    if (isDamage(error)) {
      return Optional.of(
          Refusal.of(
              Code.DATABASE_DAMAGED,
              "The database is damaged (%s). Stop Framewise and run: ./framewise doctor"
                  .formatted(code.name())));
    }
    if (family == SQLiteErrorCode.SQLITE_IOERR.code
        || family == SQLiteErrorCode.SQLITE_READONLY.code
        || family == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
      return Optional.of(
          Refusal.of(
              Code.STORAGE_FAILED,
              "The database can't be written (%s). Check the disk of the data folder."
                  .formatted(code.name())));
    }
    return Optional.empty();
  }

  /** Whether the error means that the file is damaged or not a database. */
  static boolean isDamage(SQLiteException error) {
    int family = error.getResultCode().code & FAMILY;
    return family == SQLiteErrorCode.SQLITE_CORRUPT.code
        || family == SQLiteErrorCode.SQLITE_NOTADB.code;
  }
}
